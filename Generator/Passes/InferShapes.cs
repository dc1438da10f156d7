using System.Globalization;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Every layer's shape, from the input on.</summary>
internal static class InferShapes
{
    /// <summary>Features that a value may have: a block of it, and of what belongs to it, must stay within an array.</summary>
    private const int MostFeatures = 1 << 24;

    /// <summary>The network with its shapes; null, and findings, where a layer cannot take what the one before it gives.</summary>
    public static Network? Run(NetworkDeclaration declaration, IReadOnlyList<Layer> layers, FindingList findings)
    {
        int[] axes = declaration.Layers[0].Arguments.FirstOrDefault(argument => argument.Name == "Shape")?.Value is EquatableArray<object?> items
            ? [.. items.Select(item => item as int? ?? 0)] : [];
        if (axes.Length == 0 || axes.Any(axis => axis <= 0))
        {
            findings.Add(DiagnosticDescriptors.NotPositive.Id, 0, axes.Length == 0 ? null : "Shape", "Shape", "Input",
                axes.Length == 0 ? "empty. Give the sizes of a sample's axes." : string.Join(", ", axes.Select(axis => axis.ToString(CultureInfo.InvariantCulture))) + ".");
            return null;
        }

        if (findings.HasErrors) return null;
        var shape = new Shape(axes);
        if (IsTooLarge(shape, 0, "Input", findings)) return null;
        Shape input = shape;
        var chain = new List<(Layer, Shape)>();
        string before = "Input";
        foreach (Layer layer in layers)
        {
            chain.Add((layer, shape));
            if (layer.InferShape(shape, new(findings, layer.Index, layer.Name, before)) is not { } next) return null;
            if (IsTooLarge(next, layer.Index, layer.Name, findings)) return null;
            shape = next;
            before = layer.Name;
        }

        if (ParameterLayout.Plan(chain) is { } parameters) return new(declaration.Name.TrimStart('@'), input, chain, shape, parameters);
        findings.Add(DiagnosticDescriptors.TooLarge.Id, -1, null, declaration.Name, "more than 500 million parameters", "number");
        return null;
    }

    private static bool IsTooLarge(Shape shape, int index, string name, FindingList findings)
    {
        double size = shape.Axes.Aggregate(1.0, (product, axis) => product * axis);
        if (size <= MostFeatures) return false;
        findings.Add(DiagnosticDescriptors.TooLarge.Id, index, null, name, size.ToString("0", CultureInfo.InvariantCulture) + " elements", MostFeatures.ToString(CultureInfo.InvariantCulture));
        return true;
    }
}
