namespace CompiledNets.Data;

/// <summary>What is done to a text before it is taken apart: Keras's <c>standardize</c>.</summary>
public enum TextStandardization
{
    /// <summary>ASCII letters become small, and ASCII punctuation is left out: "Don't!" is "dont".</summary>
    LowerAndStripPunctuation,

    /// <summary>ASCII letters become small.</summary>
    Lower,

    /// <summary>ASCII punctuation is left out.</summary>
    StripPunctuation,

    /// <summary>Nothing.</summary>
    None,
}
