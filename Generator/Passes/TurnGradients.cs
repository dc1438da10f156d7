using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Puts a <see cref="Turn"/> before each weight gradient, so that its vectors run over outputs. A layer with few outputs, or a convolution
/// in groups, is summed lane by lane instead: nothing would fill a vector. Gradients of tables read whole rows of samples, by places that a
/// <see cref="RowPlaces"/> finds.
/// </summary>
internal static class TurnGradients
{
    public static void Run(TrainingGraph graph)
    {
        Op[] ops = [.. graph.Backward];
        graph.Backward.Clear();
        var turned = new Dictionary<(Value, TurnLayout), Turn>();
        var places = new Dictionary<(Value, int), RowPlaces>();
        foreach (Op op in ops)
        {
            if ((op is ContractionWeightGradient dense && PositionGradientKernel.Suits(dense))
                || (op is ConvolutionWeightGradient convolution && PositionGradientKernel.Suits(convolution)))
            {
                Turn turn = Turned(op.Layer, op.Inputs[1], TurnLayout.PanelsFirst);
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
                Turn turn = Turned(op.Layer, lookup.Upstream, TurnLayout.Rows);
                RowPlaces found = Places(lookup);
                graph.Backward.Add(
                    new GatherGradient(op.Layer, [lookup.Indices, turn.Output, found.First, found.Next], op.Output)
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
        Turn Turned(string layer, Value upstream, TurnLayout layout = TurnLayout.Panels)
        {
            if (turned.TryGetValue((upstream, layout), out Turn? known)) return known;
            graph.Backward.Add(known = turned[(upstream, layout)] = new(layer, upstream, layout));
            return known;
        }

        // So may several tables have the same indices.
        RowPlaces Places(GatherGradient lookup)
        {
            (Value, int) key = (lookup.Indices, lookup.Output.Shape.Positions);
            if (places.TryGetValue(key, out RowPlaces? known)) return known;
            graph.Backward.Add(known = places[key] = new(lookup.Layer, lookup.Indices, key.Item2));
            return known;
        }
    }
}
