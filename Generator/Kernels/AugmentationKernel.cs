using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Changes images at random: one call of the runtime, which knows how.</summary>
internal static class AugmentationKernel
{
    /// <summary>The images.</summary>
    public static Kernel Forward(RandomImage op) => Make(
        "augment", op, $"y = x changed at random ({Words(op.Change)}) in training.",
        [new("x", op.Inputs[0]), new("y", op.Output)], "Forward",
        "ref x, ref y", op.Stream, op.Change);

    /// <summary>Their gradients.</summary>
    public static Kernel Backward(RandomImageGradient op) => Make(
        "augment_backward", op, $"dx = what dy says of x, which was changed at random ({Words(op.Change)}) in training.",
        [new("dy", op.Inputs[0]), new("x", op.Inputs[1]), new("dx", op.Output)], "Backward", "ref dy, ref x, ref dx", op.Stream, op.Change);

    private static Kernel Make(
        string role, Op op, string summary, IReadOnlyList<Operand> operands, string method, string references, int stream,
        ImageChange change) =>
        new(
            role, op.Layer, summary, operands,
            [
                .. Kernel.Blocks, new("bool isTraining", "step.IsTraining"), new("uint stream", Int(stream) + "u"),
                new("uint step", "step.Number"), new("ulong seed", "step.Seed"),
            ],
            writer =>
            {
                string ints = string.Join(", ", change.Numbers.Select(number => Int(number)));
                string floats = string.Join(", ", change.Factors.Select(factor => Float(factor)));
                writer.Line($"global::System.ReadOnlySpan<int> numbers = new int[] {{ {ints} }};");
                writer.Line($"global::System.ReadOnlySpan<float> factors = new float[] {{ {floats} }};");
                writer.Line($"global::CompiledNets.Numerics.AugmentationKernel.{method}<T>({references}, stride, first, last, isTraining, "
                    + "stream, step, seed, numbers, factors);");
            });

    private static string Words(ImageChange change) => change.Kind.ToString().ToLowerInvariant();
}
