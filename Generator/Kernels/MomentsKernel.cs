using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Mean and variance of a batch: the mean first, then the squares of the distances from it, which stays exact where the mean is large
/// beside the spread.
/// </summary>
internal static class MomentsKernel
{
    /// <summary>
    /// Where more than one element of a sample meets a mean: mean and sum of squared distances of each sample, lane by lane. Null where
    /// one does.
    /// </summary>
    public static Kernel? Blocks(BatchMoments op)
    {
        int elements = op.ElementsPerChannel, channels = op.Mean.Shape.Size;
        if (elements == 1) return null;
        ElementNest nest = new(op.X.Shape, [op.X], [Access.Whole(op.X.Shape)], Scalar.Operand(0), op.Channels);
        return new("moments", op.Layer,
            $"means[c] = Σ x / {elements}, means[{channels} + c] = Σ (x - means[c])² over the {elements} elements of a sample in each " +
            $"of {channels} channels.",
            [new("x", op.X), new("means", op.Mean, IsPartial: true)], Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                nest.Write(writer, "b * stride", (value, _) => writer.Line($"sum += {value};"),
                    begin: _ => writer.Line("T sum = T.Zero;"),
                    end: place => writer.Line($"(sum / T.Splat({Float(elements)})).Store(ref means, {place});"));
                nest.Write(writer, "b * stride",
                    (value, _) => writer.Line($"T distance = {value} - mean; squares = T.Fma(distance, distance, squares);"),
                    begin: place => writer.Line($"T squares = T.Zero, mean = T.Load(ref means, {place});"),
                    end: place => writer.Line($"squares.Store(ref means, {place} + ({Int(channels)} * T.Count));"));
                writer.Close();
            });
    }

    public static Kernel After(BatchMoments op)
    {
        int elements = op.ElementsPerChannel, channels = op.Mean.Shape.Size;
        Operand source = elements == 1 ? new("x", op.X) : new("x", op.Mean, IsPartial: true);
        return new("statistics", op.Layer,
            $"mean[c] and variance[c] of the batch for {channels} channels{(elements == 1 ? "" : $" of {elements} elements")}; the moving " +
            $"ones follow with momentum {Format(op.Momentum)}.",
            [source, new("movingMean", op.Inputs[1]), new("movingVariance", op.Inputs[2]), new("mean", op.Mean),
                new("variance", op.Variance), new("weight", op.ElementWeight)],
            [.. Kernel.After, new("int samples", "step.Samples"),
                new("bool moving", $"!step.IsTraining || step.Frozen[{Int(op.LayerIndex)}]")],
            writer =>
            {
                writer.Line($"float share = moving ? 0f : 1f / ({(elements == 1 ? "samples" : $"samples * {Float(elements)}")});");
                writer.Line("// Lanes behind the last sample are padding and count for nothing.");
                writer.Line("for (int b = 0; b < blockCount; b++) T.SelectGreater(T.Splat(samples - (b * T.Count)), T.Indices, " +
                    "T.Splat(share), T.Zero).Store(ref weight, b * stride);");
                writer.Open($"for (int c = 0; c < {Int(channels)}; c++)");
                KeepMoving(writer);
                writer.Line("T sum = T.Zero, squares = T.Zero;");
                writer.Open("for (int b = 0; b < blockCount; b++)");
                writer.Line("T value = T.Load(ref x, (b * stride) + (c * T.Count));");
                writer.Line("sum += T.SelectGreater(T.Splat(samples - (b * T.Count)), T.Indices, value, T.Zero);");
                writer.Close();
                writer.Line("float center = T.Sum(sum) / samples;");
                writer.Open("for (int b = 0; b < blockCount; b++)");
                writer.Line("T distance = T.Load(ref x, (b * stride) + (c * T.Count)) - T.Splat(center);");
                string square = elements == 1 ? "distance * distance"
                    : $"T.Fma(T.Splat({Float(elements)}) * distance, distance, T.Load(ref x, (b * stride) + ((c + {Int(channels)}) * " +
                        $"T.Count)))";
                writer.Line($"squares += T.SelectGreater(T.Splat(samples - (b * T.Count)), T.Indices, {square}, T.Zero);");
                writer.Close();
                Settle(writer, op.Momentum);
                writer.Close();
            });
    }

    /// <summary>Writes what is done for a channel where the moments are the moving ones: nothing else.</summary>
    internal static void KeepMoving(CodeWriter writer)
    {
        writer.Open("if (moving)");
        writer.Line("Unsafe.Add(ref mean, c) = Unsafe.Add(ref movingMean, c);");
        writer.Line("Unsafe.Add(ref variance, c) = Unsafe.Add(ref movingVariance, c);");
        writer.Line("continue;");
        writer.Close();
        writer.Line();
    }

    /// <summary>Writes what the center of a channel and its squared distances become: moments, which the moving ones follow.</summary>
    internal static void Settle(CodeWriter writer, double momentum)
    {
        writer.Line("float spread = T.Sum(squares) * share;");
        writer.Line("Unsafe.Add(ref mean, c) = center;");
        writer.Line("Unsafe.Add(ref variance, c) = spread;");
        writer.Line($"Unsafe.Add(ref movingMean, c) = (Unsafe.Add(ref movingMean, c) * {Float(momentum)}) + (center * " +
            $"{Float(1 - momentum)});");
        writer.Line($"Unsafe.Add(ref movingVariance, c) = (Unsafe.Add(ref movingVariance, c) * {Float(momentum)}) + (spread " +
            $"* {Float(1 - momentum)});");
    }

    internal static string Format(double number) => Float(number).TrimEnd('f');
}
