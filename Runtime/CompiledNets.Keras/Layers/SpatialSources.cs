using System.Text.Json;
using CompiledNets.Keras.Graphs;

namespace CompiledNets.Keras.Layers;

/// <summary>What the attributes of layers take that work along the axes of an image, a series or a volume.</summary>
internal static class SpatialSources
{
    /// <summary>Zeros around a sample.</summary>
    public static void ZeroPadding(KerasObject layer, AttributeSource attribute) => Margins(attribute, Numbers(layer, "padding"), 1);

    /// <summary>A sample without its borders.</summary>
    public static void Cropping(KerasObject layer, AttributeSource attribute) =>
        Margins(attribute, Numbers(layer, "cropping"), layer.ClassName == "Cropping2D" ? 0 : 1);

    /// <summary>A sample made larger.</summary>
    public static void UpSampling(KerasObject layer, AttributeSource attribute)
    {
        Sizes(attribute, Numbers(layer, "size"), 2);
        string interpolation = layer.Text("interpolation") ?? "nearest";
        if (interpolation is not ("nearest" or "bilinear" or "bicubic")) throw layer.Wrong("interpolation", layer.Take("interpolation"));
        if (interpolation != "nearest") attribute.With($"Interpolation = {nameof(Interpolation)}.{LayerNames.Pascal(interpolation)}");
    }

    /// <summary>Images of a height and a width.</summary>
    public static void Size(KerasObject layer, AttributeSource attribute) =>
        attribute.With(LayerSources.List([layer.Int("height", 0), layer.Int("width", 0)]));

    /// <summary>Images of another size.</summary>
    public static void Resizing(KerasObject layer, AttributeSource attribute)
    {
        Size(layer, attribute);
        string interpolation = layer.Text("interpolation") ?? "bilinear";
        if (interpolation is not ("nearest" or "bilinear" or "bicubic" or "area" or "lanczos3" or "lanczos5"))
            throw layer.Wrong("interpolation", layer.Take("interpolation"));
        if (interpolation != "bilinear") attribute.With($"Interpolation = {nameof(Interpolation)}.{LayerNames.Pascal(interpolation)}");
        if (layer.Text("fill_mode") is not (null or "constant")) throw layer.Wrong("fill_mode", layer.Take("fill_mode"));
        attribute.With("CropToAspectRatio", layer.Bool("crop_to_aspect_ratio", false), false)
            .With("PadToAspectRatio", layer.Bool("pad_to_aspect_ratio", false), false)
            .With("FillValue", layer.Number("fill_value", 0), 0)
            .With("Antialias", layer.Bool("antialias", false), false);
    }

    /// <summary>A number for each channel.</summary>
    public static void GlobalPooling(KerasObject layer, AttributeSource attribute) =>
        attribute.With("KeepDims", layer.Bool("keepdims", false), false);

    /// <summary>Windows that move over a sample.</summary>
    public static void Pooling(KerasObject layer, AttributeSource attribute)
    {
        int[] size = Numbers(layer, "pool_size"), strides = Numbers(layer, "strides");
        Sizes(attribute, size, layer.ClassName.StartsWith("Max", StringComparison.Ordinal) ? 2 : null);
        if (!strides.SequenceEqual(size)) attribute.With("Strides", strides);
        string padding = layer.Text("padding") ?? "valid";
        if (padding is not ("valid" or "same")) throw layer.Wrong("padding", layer.Take("padding"));
        if (padding == "same") attribute.With($"Padding = {nameof(Padding)}.{nameof(Padding.Same)}");
    }

    /// <summary>So many windows.</summary>
    public static void AdaptivePooling(KerasObject layer, AttributeSource attribute) =>
        Sizes(attribute, Numbers(layer, "output_size"), null);

    // One number where all sides have it, one an axis where both of its sides do, else one a side.
    private static void Margins(AttributeSource attribute, int[] sides, int initial)
    {
        if (sides.All(side => side == initial)) return;
        bool isEven = sides.Length > 2 && sides.Chunk(2).All(pair => pair[0] == pair[1]);
        IEnumerable<int> written = sides.Distinct().Count() == 1 ? sides[..1] : isEven ? sides.Where((_, side) => side % 2 == 0) : sides;
        attribute.With(LayerSources.List(written));
    }

    // One number where all axes have it.
    private static void Sizes(AttributeSource attribute, int[] sizes, int? initial)
    {
        if (sizes.Length == 0 || sizes.All(size => size == initial)) return;
        attribute.With(LayerSources.List(sizes.Distinct().Count() == 1 ? sizes[..1] : sizes));
    }

    // A number, numbers, or lists of numbers, one after the other.
    private static int[] Numbers(KerasObject layer, string argument)
    {
        return layer.Take(argument) is { } value ? [.. Of(value)] : [];

        IEnumerable<int> Of(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Of),
            JsonValueKind.Number when value.TryGetInt32(out int number) => [number],
            JsonValueKind.Null => [],
            _ => throw layer.Wrong(argument, value),
        };
    }
}
