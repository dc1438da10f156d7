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
        var input = new Port("input", new Shape(axes));
        if (IsTooLarge(input.Shape, 0, "Input", findings)) return null;
        var calls = new List<Call>();
        var source = Source.Input(0);
        Shape shape = input.Shape;
        string before = "Input";
        for (int i = 0; i < layers.Count; i++)
        {
            Layer layer = layers[i];
            if (layer.InferShapes([shape], new(findings, layer.Index, layer.Name, before)) is not { } next) return null;
            foreach (Shape output in next)
                if (IsTooLarge(output, layer.Index, layer.Name, findings)) return null;
            calls.Add(new(i, [source], next));
            source = new(i, 0);
            shape = next[0];
            before = layer.Name;
        }

        (Layer, IReadOnlyList<Shape>)[] owners = [.. layers.Select((layer, i) => (layer, (IReadOnlyList<Shape>)[i == 0 ? input.Shape : calls[i - 1].Outputs[0]]))];
        if (ParameterLayout.Plan(owners) is { } parameters)
            return new(declaration.Name.TrimStart('@'), [input], layers, calls, [new("output", source, shape)], parameters);
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
