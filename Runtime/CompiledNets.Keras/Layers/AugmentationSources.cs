using System.Text.Json;

namespace CompiledNets.Keras.Layers;

/// <summary>What the attributes of layers take that change images at random.</summary>
internal static class AugmentationSources
{
    /// <summary>Images that are mirrored.</summary>
    public static void Flip(KerasObject layer, AttributeSource attribute)
    {
        string mode = layer.Text("mode") ?? "horizontal_and_vertical";
        if (mode is not ("horizontal" or "vertical" or "horizontal_and_vertical")) throw layer.Wrong("mode", layer.Take("mode"));
        if (mode != "horizontal_and_vertical") attribute.With($"{nameof(FlipMode)}.{LayerNames.Pascal(mode)}");
    }

    /// <summary>Images that are moved or resized, along each axis by itself.</summary>
    public static void TwoFactors(KerasObject layer, AttributeSource attribute)
    {
        double[] height = Numbers(layer, "height_factor"), width = Numbers(layer, "width_factor");
        bool hasWidth = width.Length > 0 || layer.ClassName == "RandomTranslation";
        attribute.With(hasWidth ? $"{First(height)}, {First(width)}" : First(height));
        WithRange(attribute, "HeightRange", height);
        WithRange(attribute, "WidthRange", width);
        Warp(layer, attribute);
    }

    /// <summary>Images that are turned.</summary>
    public static void Rotation(KerasObject layer, AttributeSource attribute)
    {
        attribute.With(List(Numbers(layer, "factor")));
        Warp(layer, attribute);
    }

    /// <summary>Images whose numbers are changed.</summary>
    public static void Tone(KerasObject layer, AttributeSource attribute)
    {
        attribute.With(List(Numbers(layer, "factor")));
        double[] range = Numbers(layer, "value_range");
        if (range.Length > 0 && range is not [0, 255]) attribute.With($"ValueRange = [{List(range)}]");
    }

    private static void Warp(KerasObject layer, AttributeSource attribute)
    {
        string fill = layer.Text("fill_mode") ?? "reflect", interpolation = layer.Text("interpolation") ?? "bilinear";
        if (fill is not ("constant" or "nearest" or "reflect" or "wrap")) throw layer.Wrong("fill_mode", layer.Take("fill_mode"));
        if (interpolation is not ("bilinear" or "nearest")) throw layer.Wrong("interpolation", layer.Take("interpolation"));
        if (fill != "reflect") attribute.With($"FillMode = {nameof(FillMode)}.{LayerNames.Pascal(fill)}");
        if (interpolation != "bilinear") attribute.With($"Interpolation = {nameof(Interpolation)}.{nameof(Interpolation.Nearest)}");
        attribute.With("FillValue", layer.Number("fill_value", 0), 0);
    }

    private static string First(double[] factor) => AttributeSource.Number(factor is [double one] ? Math.Abs(one) : 0);

    private static void WithRange(AttributeSource attribute, string argument, double[] factor)
    {
        if (factor.Length == 2) attribute.With($"{argument} = [{List([.. factor.Order()])}]");
    }

    private static string List(double[] numbers) => string.Join(", ", numbers.Select(AttributeSource.Number));

    // A number, or a list of them.
    private static double[] Numbers(KerasObject layer, string argument) => layer.Take(argument) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Number } one => [one.GetDouble()],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) =>
            [.. list.EnumerateArray().Select(item => item.GetDouble())],
        var other => throw layer.Wrong(argument, other),
    };
}
