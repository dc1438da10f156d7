using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Puts a <see cref="Turn"/> before each weight gradient, so that its vectors run over outputs. A layer with few outputs is summed lane by lane instead: nothing would fill a vector.
/// </summary>
internal static class TurnGradients
{
    public static void Run(TrainingGraph graph)
    {
        for (int i = 0; i < graph.Backward.Count; i++)
        {
            if (graph.Backward[i] is not ContractionWeightGradient gradient || !WeightGradientKernel.NeedsTurn(gradient.Output.Shape.Last)) continue;
            var turn = new Turn(gradient.Layer, gradient.Upstream);
            graph.Backward[i] = new ContractionWeightGradient(gradient.Layer, [gradient.X, WeightGradientKernel.ByLanes(gradient.Output.Shape.Last) > 0 ? gradient.Upstream : turn.Output, turn.Output], gradient.Outputs);
            graph.Backward.Insert(i, turn);
            i++;
        }
    }
}
