using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Draws dropout masks: four features from one counter, so that the mask of an element depends on neither lane width nor thread.</summary>
internal static class DropoutKernel
{
    public static Kernel Make(DropoutMask op)
    {
        int size = op.Output.Shape.Size;
        return new("mask", op.Layer, $"mask[f] = 0 with probability {Float(op.Rate).TrimEnd('f')}, else {Float(1 / (1 - op.Rate)).TrimEnd('f')}, for {size} features; ones where nothing is dropped.",
            [new("mask", op.Output)], [.. Kernel.Blocks, new("bool drop", "step.IsTraining"), new("uint stream", Int(op.Stream) + "u"), new("uint step", "step.Number"), new("ulong seed", "step.Seed")],
            writer =>
            {
                writer.Line($"T rate = T.Splat(drop ? {Float(op.Rate)} : 0f), keep = T.Splat(drop ? {Float(1 / (1 - op.Rate))} : 1f);");
                writer.Open("for (int b = first; b < last; b++)");
                if (size >= 4)
                {
                    writer.Open($"for (int f = 0; f < {Int(size / 4 * 4)}; f += 4)");
                    Draw(writer, 4, "f");
                    writer.Close();
                }

                if (size % 4 > 0)
                {
                    writer.Line($"{(size >= 4 ? "" : "const ")}int tail = {Int(size / 4 * 4)};");
                    Draw(writer, size % 4, "tail");
                }

                writer.Close();
            });
    }

    private static void Draw(CodeWriter writer, int count, string feature)
    {
        string[] names = [.. Enumerable.Range(0, 4).Select(i => i < count ? $"out T {feature[0]}{i}" : "out _")];
        writer.Line($"T.Uniform((uint){feature} / 4, stream, (uint)(b * T.Count), step, unchecked((uint)seed), (uint)(seed >> 32), {string.Join(", ", names)});");
        for (int i = 0; i < count; i++)
            writer.Line($"T.SelectGreaterOrEqual({feature[0]}{i}, rate, keep, T.Zero).Store(ref mask, (b * stride) + (({feature} + {i}) * T.Count));");
    }
}
