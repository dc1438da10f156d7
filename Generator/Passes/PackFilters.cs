using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Has convolutions of single samples read their kernels packed, takes a batch normalization after one into its kernel, and zeros around
/// the image before it into its window. Contractions over several positions are convolutions with a kernel of one place here. What is in a scan
/// reads its kernel as it lies.
/// </summary>
internal static class PackFilters
{
    /// <summary>The ops of a single sample.</summary>
    /// <param name="inference">Those of inference, as the layers made them; they stay as they are.</param>
    public static Graph ForSingles(Graph inference)
    {
        Graph graph = Simplify.ForPredictions(inference);
        var singles = new Graph { Inputs = graph.Inputs, Heads = graph.Heads, States = graph.States };
        var kept = new HashSet<Value>(singles.Roots);
        Dictionary<Value, int> uses = Graph.Uses(graph.Ops);
        var places = new Dictionary<Value, int>();
        foreach (Op op in graph.Ops)
        {
            if (op is ChannelScaling { Scale.IsOfWeights: true, Inputs: [var x, ..] } scaling && uses[x] == 1 && !kept.Contains(x)
                && IsLast(scaling) && places.TryGetValue(x, out int at)
                && singles.Ops[at] is Convolution { Packing: { Scale: null } packing } maker)
            {
                singles.Ops[at] = new Convolution(maker.Layer, maker.Window, maker.Inputs, op.Output, null)
                {
                    Packing = packing with { Scale = scaling.Scale },
                };
                places[op.Output] = at;
                continue;
            }

            foreach (Value output in op.Outputs) places[output] = singles.Ops.Count;
            Op own = Packed(op);
            if (own is Convolution { Packing: { } ofPadded } padded && places.TryGetValue(padded.X, out int before)
                && singles.Ops[before] is Spread spread && Padded(padded.Window, spread) is { } window)
                own = new Convolution(padded.Layer, window, [spread.Inputs[0], padded.Weights], padded.Output, null) { Packing = ofPadded };
            singles.Ops.Add(own);
        }

        Simplify.Run(singles);

        // Weights of channels lie side by side as they are.
        for (int i = 0; i < singles.Ops.Count; i++)
        {
            if (singles.Ops[i] is not Convolution { Packing: { Scale: null } packing } c || !DepthwiseRowKernel.Suits(c)) continue;
            Value[] bias = packing.Bias is null ? [] : [packing.Bias];
            singles.Ops[i] = new Convolution(c.Layer, c.Window, [.. c.Inputs, .. bias], c.Output, null);
        }

        return singles;
    }

    private static Op Packed(Op op)
    {
        Convolution? convolution = op is Contraction contraction
            ? ConvolutionRowKernel.OverPositions(contraction, ConvolutionRowKernel.NarrowVector) : op as Convolution;
        return convolution is { Weights.Space: Space.Weight } && (DepthwiseRowKernel.Suits(convolution)
            || ConvolutionRowKernel.ReadsPacked(convolution))
            ? new Convolution(convolution.Layer, convolution.Window, [convolution.X, convolution.Weights], convolution.Output, null)
            {
                Packing = new(convolution.Weights, convolution.Bias, null),
            }
            : op;
    }

    // The window over what a spread has zeros around; null where it does something else.
    private static Window? Padded(Window window, Spread spread)
    {
        Shape image = spread.Output.Shape, elements = spread.Elements;
        int rest = spread.Target.Start;
        if (elements.Rank != image.Rank || elements.Last != image.Last || window.Axes.Count != image.Rank - 1
            || !spread.Target.Steps.Equals(Access.Whole(image).Steps) || !elements.Equals(spread.Inputs[0].Shape)) return null;
        var axes = new List<WindowAxis>();
        for (int axis = 0; axis < window.Axes.Count; axis++)
        {
            int step = image.Axes.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
            WindowAxis own = window.Axes[axis];
            axes.Add(own with { Size = elements[axis], Before = own.Before + (rest / step) });
            rest %= step;
        }

        return window with { Axes = axes };
    }

    // Filters are the last axis.
    private static bool IsLast(ChannelScaling scaling) =>
        scaling.ReadsWhole(0) && scaling.Accesses[1].Equals(Access.Along(scaling.Output.Shape, scaling.Output.Shape.Rank - 1));
}
