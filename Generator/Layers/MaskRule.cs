namespace CompiledNets.Generator.Layers;

/// <summary>What a layer does with the mask of what it takes, as in Keras.</summary>
internal enum MaskRule
{
    /// <summary>It knows nothing of masks: what it gives has none, and the user is told so.</summary>
    Drops,

    /// <summary>What it gives has the mask of what it takes.</summary>
    Passes,

    /// <summary>It works by the mask, or makes one of its own.</summary>
    Uses,

    /// <summary>It would be wrong with a mask.</summary>
    Refuses,
}
