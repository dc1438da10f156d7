using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Puts a <see cref="Turn"/> before each weight gradient, so that its vectors run over outputs. A layer with few outputs, or a convolution
/// in groups, is summed lane by lane instead: nothing would fill a vector. Gradients of tables read whole rows of samples.
/// </summary>
internal static class TurnGradients
{
    public static void Run(TrainingGraph graph)
    {
        Op[] ops = [.. graph.Backward];
        graph.Backward.Clear();
        var turned = new Dictionary<(Value, bool), Turn>();
        foreach (Op op in ops)
        {
            if ((op is ContractionWeightGradient dense && PositionGradientKernel.Suits(dense))
                || (op is ConvolutionWeightGradient convolution && PositionGradientKernel.Suits(convolution)))
            {
                Turn turn = Turned(op.Layer, op.Inputs[1], panelsFirst: true);
                graph.Backward.Add(op is ConvolutionWeightGradient c
                    ? new ConvolutionWeightGradient(c.Layer, c.Window, c.X, turn.Output, c.Outputs)
                    : new ContractionWeightGradient(op.Layer, [op.Inputs[0], turn.Output, turn.Output], op.Outputs)
                    {
                        PositionsWithout = ((ContractionWeightGradient)op).PositionsWithout,
                    });
            }
            else if (op is ContractionWeightGradient gradient && WeightGradientKernel.NeedsTurn(gradient.Columns))
            {
                Turn turn = Turned(gradient.Layer, gradient.Upstream);
                bool alsoAsItIs = WeightGradientKernel.ByLanes(gradient.Columns) > 0;
                graph.Backward.Add(new ContractionWeightGradient(gradient.Layer,
                    [gradient.X, alsoAsItIs ? gradient.Upstream : turn.Output, turn.Output], gradient.Outputs));
            }
            else if (op is GatherGradient lookup)
            {
                graph.Backward.Add(
                    new GatherGradient(lookup.Layer, [lookup.Indices, Turned(lookup.Layer, lookup.Upstream).Output], lookup.Output)
                    {
                        SumsSquares = graph.WeightGradients.Values.Any(gradients => gradients is [var only] && only == lookup.Output),
                    });
            }
            else
            {
                graph.Backward.Add(op);
            }
        }

        // Several weights may have one gradient behind them: those of a scan do.
        Turn Turned(string layer, Value upstream, bool panelsFirst = false)
        {
            if (turned.TryGetValue((upstream, panelsFirst), out Turn? known)) return known;
            graph.Backward.Add(known = turned[(upstream, panelsFirst)] = new(layer, upstream, panelsFirst));
            return known;
        }
    }
}
