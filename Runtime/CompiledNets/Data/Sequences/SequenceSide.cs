namespace CompiledNets.Data;

/// <summary>Which side of a sequence is filled up or cut: Keras's <c>"pre"</c> and <c>"post"</c>.</summary>
public enum SequenceSide
{
    /// <summary>Before the sequence.</summary>
    Pre,

    /// <summary>Behind the sequence.</summary>
    Post,
}
