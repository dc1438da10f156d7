using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Draws random numbers: four features from one counter, so that those of an element depend on neither lane width nor thread.
/// </summary>
internal static class RandomKernel
{
    private static readonly IReadOnlyList<Argument> Step = [new("uint step", "step.Number"), new("ulong seed", "step.Seed")];

    /// <summary>Zeros with a probability.</summary>
    public static Kernel Mask(DropoutMask op) => Make(
        "mask", op, $"mask[f] = 0 with probability {Text(op.Rate)}, else {Text(op.Kept)}, for {op.Output.Shape.Size} features; " +
            $"{(op.Idle == 1 ? "ones" : Text(op.Idle))} where nothing is dropped.", op.Stream,
        $"T rate = T.Splat(isTraining ? {Float(op.Rate)} : 0f), keep = T.Splat(isTraining ? {Float(op.Kept)} : {Float(op.Idle)});",
        (writer, letter, count) =>
        {
            for (int i = 0; i < count; i++)
                Store(writer, "mask", letter, i, $"T.SelectGreaterOrEqual({letter}{Int(i)}, rate, keep, T.Zero)");
        });

    /// <summary>Normal numbers.</summary>
    public static Kernel Normal(NormalNumbers op) => Make(
        "noise", op,
            $"noise[f] = a normal number of mean {Text(op.Mean)} and deviation {Text(op.Deviation)}, for {op.Output.Shape.Size} " +
            $"features; the mean where there is no noise.", op.Stream,
        $"T mean = T.Splat({Float(op.Mean)}), deviation = T.Splat(isTraining ? {Float(op.Deviation)} : 0f);",
        (writer, letter, count) =>
        {
            for (int i = 0; i < count; i += 2)
            {
                string second = i + 1 < count ? $"out T {letter}Normal{Int(i + 1)}" : "out _";
                writer.Line($"LaneMath.Normal({letter}{Int(i)}, {letter}{Int(i + 1)}, out T {letter}Normal{Int(i)}, {second});");
                for (int j = i; j < Math.Min(i + 2, count); j++)
                    Store(writer, "noise", letter, j, $"T.Fma({letter}Normal{Int(j)}, deviation, mean)");
            }
        });

    private static Kernel Make(string role, Op op, string summary, int stream, string constants, Action<CodeWriter, string, int> use)
    {
        int size = op.Output.Shape.Size;
        return new(role, op.Layer, summary, [new(role, op.Output)],
            [.. Kernel.Blocks, new("bool isTraining", "step.IsTraining"), new("uint stream", Int(stream) + "u"), .. Step],
            writer =>
            {
                writer.Line(constants);
                writer.Open("for (int b = first; b < last; b++)");
                if (size >= 4)
                {
                    writer.Open($"for (int f = 0; f < {Int(size / 4 * 4)}; f += 4)");
                    Draw("f", 4);
                    writer.Close();
                }

                if (size % 4 > 0)
                {
                    writer.Line($"{(size >= 4 ? "" : "const ")}int tail = {Int(size / 4 * 4)};");
                    Draw("tail", size % 4);
                }

                writer.Close();

                void Draw(string feature, int count)
                {
                    string letter = feature.Substring(0, 1);
                    string[] names = [.. Enumerable.Range(0, 4)
                        .Select(i => i < (role == "mask" ? count : (count + 1) / 2 * 2) ? $"out T {letter}{Int(i)}" : "out _")];
                    writer.Line($"T.Uniform((uint){feature} / 4, stream, (uint)(b * T.Count), step, unchecked((uint)seed), (uint)(seed " +
                        $">> 32), {string.Join(", ", names)});");
                    use(writer, letter, count);
                }
            });
    }

    private static void Store(CodeWriter writer, string target, string letter, int i, string value) =>
        writer.Line($"{value}.Store(ref {target}, (b * stride) + (({(letter == "f" ? "f" : "tail")} + {Int(i)}) * T.Count));");

    private static string Text(double value) => Float(value).TrimEnd('f');
}
