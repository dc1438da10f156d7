using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Has convolutions worked by Winograd's F(2x2, 3x3) where <see cref="Winograd"/> says how. Those in a scan stay as they are: the room
/// would be needed in each of its steps.
/// </summary>
internal static class ChooseWinograd
{
    /// <summary>Chooses for a training graph, whose weight gradients read their upstream turned.</summary>
    public static void Run(TrainingGraph graph)
    {
        Run(graph.Forward.Ops);
        Run(graph.Backward);
        // A gradient that is a sum of several has no room: its rows are added up as they come.
        HashSet<Value> alone = [.. graph.WeightGradients.Values.Where(gradients => gradients.Count == 1).Select(gradients => gradients[0])];
        for (int i = 0; i < graph.Backward.Count; i++)
        {
            if (graph.Backward[i] is ConvolutionWeightGradient c && alone.Contains(c.Output) && PositionGradientKernel.Suits(c)
                && Winograd.Of(c) is { } winograd)
                graph.Backward[i] = new ConvolutionWeightGradient(c.Layer, c.Window, c.X, c.Upstream, c.Outputs) { Winograd = winograd };
        }
    }

    /// <summary>Chooses for ops over samples.</summary>
    public static void Run(List<Op> ops)
    {
        for (int i = 0; i < ops.Count; i++)
        {
            ops[i] = ops[i] switch
            {
                Convolution c when Winograd.Of(c) is { } winograd =>
                    new Convolution(c.Layer, c.Window, c.Inputs, c.Output, c.Epilogue) { Winograd = winograd },
                ConvolutionInputGradient c when Winograd.Of(c) is { } winograd =>
                    new ConvolutionInputGradient(c.Layer, c.Window, c.Inputs, c.Output, c.Epilogue) { Winograd = winograd },
                var other => other,
            };
        }
    }
}
