namespace CompiledNets.Generator.Layers;

/// <summary>All layers, by the name of their attribute; sorted.</summary>
internal static class LayerTable
{
    public static readonly (string Attribute, Func<Arguments, Layer> Resolve)[] Layers =
    [
        ("Activation", Activation.Resolve),
        ("ActivityRegularization", ActivityRegularization.Resolve),
        ("Add", Add.Resolve),
        ("AlphaDropout", AlphaDropout.Resolve),
        ("Average", Average.Resolve),
        ("BatchNormalization", BatchNormalization.Resolve),
        ("Concatenate", Concatenate.Resolve),
        ("Dense", Dense.Resolve),
        ("Dot", Dot.Resolve),
        ("Dropout", Dropout.Resolve),
        ("ELU", ELU.Resolve),
        ("Flatten", Flatten.Resolve),
        ("GaussianDropout", GaussianDropout.Resolve),
        ("GaussianNoise", GaussianNoise.Resolve),
        ("GroupNormalization", GroupNormalization.Resolve),
        ("Identity", Identity.Resolve),
        ("LayerNormalization", LayerNormalization.Resolve),
        ("LeakyReLU", LeakyReLU.Resolve),
        ("Maximum", Maximum.Resolve),
        ("Minimum", Minimum.Resolve),
        ("Multiply", Multiply.Resolve),
        ("Normalization", Normalization.Resolve),
        ("PReLU", PReLU.Resolve),
        ("Permute", Permute.Resolve),
        ("RMSNormalization", RMSNormalization.Resolve),
        ("ReLU", ReLU.Resolve),
        ("RepeatVector", RepeatVector.Resolve),
        ("Rescaling", Rescaling.Resolve),
        ("Reshape", Reshape.Resolve),
        ("Softmax", Softmax.Resolve),
        ("SpectralNormalization", SpectralNormalization.Resolve),
        ("Subtract", Subtract.Resolve),
        ("UnitNormalization", UnitNormalization.Resolve),
    ];

    private static readonly string[] Wrappers = ["SpectralNormalization"];

    /// <summary>Whether the layer of an attribute wraps the one that stands after it.</summary>
    public static bool Wraps(string attribute) => Wrappers.Contains(attribute);

    /// <summary>How the layer of an attribute is made; null where no attribute of that name is known.</summary>
    public static Func<Arguments, Layer>? Find(string attribute) => Array.Find(Layers, entry => entry.Attribute == attribute).Resolve;
}
