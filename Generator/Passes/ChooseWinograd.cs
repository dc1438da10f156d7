using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Has convolutions worked by Winograd's F(2x2, 3x3) where <see cref="Winograd"/> says how. Those in a scan stay as they are: the room
/// would be needed in each of its steps.
/// </summary>
internal static class ChooseWinograd
{
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
