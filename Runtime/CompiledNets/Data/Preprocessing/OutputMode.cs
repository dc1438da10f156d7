namespace CompiledNets.Data;

/// <summary>What becomes of the numbers of categories: Keras's <c>output_mode</c>.</summary>
public enum OutputMode
{
    /// <summary>The numbers themselves, in the shape that came.</summary>
    Int,

    /// <summary>A row of zeros with a one at the number, for each number: a last axis more, or in place of a last axis of 1.</summary>
    OneHot,

    /// <summary>A row for each sample with a one at each number that the sample has.</summary>
    MultiHot,

    /// <summary>A row for each sample with how often it has each number.</summary>
    Count,

    /// <summary>
    /// As <see cref="Count"/>, each count times the weight of its token: ln(1 + documents / (1 + documents with the token)).
    /// </summary>
    TfIdf,
}
