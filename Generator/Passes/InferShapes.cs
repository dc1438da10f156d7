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

    private const string ThatFit = " that an arena can hold. Make its layers smaller.";

    /// <summary>The network with its shapes; null, and findings, where a layer cannot take what it is applied to.</summary>
    public static Network? Run(NetworkDeclaration declaration, Wiring wiring, FindingList findings)
    {
        Port[] inputs = [.. wiring.Inputs.Select(input => Input(declaration, input.Name, input.Attribute, findings)).OfType<Port>()];
        if (findings.HasErrors || inputs.Length < wiring.Inputs.Count) return null;
        var calls = new List<Call>();
        var owners = new (Layer Layer, IReadOnlyList<Shape> Inputs)?[wiring.Layers.Count];
        int taken = 0;
        var masks = new MaskFlow();
        foreach (WiredCall call in wiring.Calls)
        {
            if (!AreTaken(calls.Count)) return null;
            Layer layer = wiring.Layers[call.Layer];
            Shape[] shapes = [.. call.Inputs.Select(source => source.IsInput
                ? inputs[source.Index].Shape : calls[source.Call].Outputs[source.Index])];
            // What is to be warned of inside of a nested network is said where that is declared.
            ShapeContext context = new(call.IsNested ? new() : findings, call.Attribute, layer.Name, call.Names);
            if (!masks.Goes(layer, call, context)
                || (layer.IndexLimit is { } limit && !IndexInputs.Limit(limit, call, wiring, inputs, context)))
            {
                if (call.IsNested) findings.Take(context.Findings);
                return null;
            }

            if (layer.InferShapes(shapes, context) is not { } outputs)
            {
                if (call.IsNested) findings.Take(context.Findings);
                return null;
            }

            foreach (Shape output in outputs)
                if (IsTooLarge(output, call.Attribute, layer.Name, findings)) return null;
            // Weights are those of the first call; they must suit the others.
            if (owners[call.Layer] is not { } owner) owners[call.Layer] = (layer, shapes);
            else if (!Weights(layer, owner.Inputs).SequenceEqual(Weights(layer, shapes)))
            {
                findings.Add(DiagnosticDescriptors.WrongShape.Id, call.Attribute, null, layer.Name,
                    $"{owner.Inputs[0]}, to which it is applied elsewhere", call.Names[0], shapes[0].ToString(),
                    "Shared layers take values of one shape.");
                return null;
            }

            calls.Add(new(call.Layer, call.Inputs, outputs));
        }

        if (!AreTaken(calls.Count)) return null;
        if (ParameterLayout.Plan([.. owners.Select(owner => owner!.Value)]) is not { } parameters)
        {
            findings.Add(DiagnosticDescriptors.TooLarge.Id, -1, null, declaration.Name, "more than 500 million parameters",
                "number" + ThatFit);
            return null;
        }

        Shape Of(Source source) => source.IsInput ? inputs[source.Index].Shape : calls[source.Call].Outputs[source.Index];
        return new(declaration.Name.TrimStart('@'), inputs, wiring.Layers, calls,
            [.. wiring.Outputs.Select(output => new OutputPort(output.Name, output.Source, Of(output.Source)))], parameters)
        {
            Nodes = [.. wiring.Nodes.Select(node => new Port(node.Name, Of(node.Source)))],
            IsGraph = declaration.IsGraph,
            Networks = wiring.Networks,
            Graph = wiring.Graph,
        };

        // Whether nested networks get values of their inputs' shapes, as far as a call.
        bool AreTaken(int call)
        {
            for (; taken < wiring.NestedInputs.Count && wiring.NestedInputs[taken].Call <= call; taken++)
            {
                NestedInput input = wiring.NestedInputs[taken];
                Shape wanted = new(AxesOf(input.Input)), given = Of(input.Source);
                if (wanted.Equals(given) || (IsAnySize(input.Input) && wanted.Rank == given.Rank && wanted.Last == given.Last)) continue;
                findings.Add(DiagnosticDescriptors.WrongShape.Id, input.Attribute, null, input.Network, wanted.ToString(), input.Name,
                    given.ToString(),
                    "A network takes values of its input's shape.");
                return false;
            }

            return true;
        }
    }

    private static Port? Input(NetworkDeclaration declaration, string name, int attribute, FindingList findings)
    {
        int[] axes = AxesOf(declaration.Layers[attribute]);
        if (axes.Length == 0 || axes.Any(axis => axis <= 0))
        {
            findings.Add(DiagnosticDescriptors.NotPositive.Id, attribute, axes.Length == 0 ? null : "Shape", "Shape", "Input",
                axes.Length == 0 ? "empty. Give the sizes of a sample's axes."
                    : string.Join(", ", axes.Select(axis => axis.ToString(CultureInfo.InvariantCulture))) + ".");
            return null;
        }

        var shape = new Shape(axes);
        return IsTooLarge(shape, attribute, "Input", findings) ? null : new(name, shape);
    }

    private static bool IsAnySize(LayerDeclaration input) => input["AnySize"] is true;

    private static int[] AxesOf(LayerDeclaration input) => input["Shape"] is EquatableArray<object?> items
        ? [.. items.Select(item => item as int? ?? 0)] : [];

    private static IEnumerable<(string, Shape)> Weights(Layer layer, IReadOnlyList<Shape> inputs) =>
        layer.Weights(inputs).Select(weight => (weight.Name, weight.Shape));

    private static bool IsTooLarge(Shape shape, int index, string name, FindingList findings)
    {
        double size = shape.Axes.Aggregate(1.0, (product, axis) => product * axis);
        if (size <= MostFeatures) return false;
        findings.Add(DiagnosticDescriptors.TooLarge.Id, index, null, name, size.ToString("0", CultureInfo.InvariantCulture) + " elements",
            MostFeatures.ToString(CultureInfo.InvariantCulture) + ThatFit);
        return true;
    }
}
