namespace CompiledNets.Data;

/// <summary>How a text is taken apart: Keras's <c>split</c>.</summary>
public enum TextSplit
{
    /// <summary>At white space, of any kind and length.</summary>
    Whitespace,

    /// <summary>Into characters: code points, white space among them.</summary>
    Character,

    /// <summary>Not at all: a text is a token.</summary>
    None,
}
