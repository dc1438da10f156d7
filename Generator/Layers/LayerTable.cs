namespace CompiledNets.Generator.Layers;

/// <summary>All layers, by the name of their attribute; sorted.</summary>
internal static class LayerTable
{
    public static readonly (string Attribute, Func<Arguments, Layer> Resolve)[] Layers =
    [
        ("Activation", Activation.Resolve),
        ("BatchNormalization", BatchNormalization.Resolve),
        ("Dense", Dense.Resolve),
        ("Dropout", Dropout.Resolve),
        ("Flatten", Flatten.Resolve),
        ("Identity", Identity.Resolve),
        ("Normalization", Normalization.Resolve),
        ("Rescaling", Rescaling.Resolve),
        ("Reshape", Reshape.Resolve),
    ];

    /// <summary>How the layer of an attribute is made; null where no attribute of that name is known.</summary>
    public static Func<Arguments, Layer>? Find(string attribute) => Array.Find(Layers, entry => entry.Attribute == attribute).Resolve;
}
