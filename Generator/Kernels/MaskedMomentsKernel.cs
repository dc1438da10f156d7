using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Mean and variance of the steps of a batch that are there: mean and squared distances of each sample first, then those of the batch,
/// which stay exact where the mean is large beside the spread.
/// </summary>
internal static class MaskedMomentsKernel
{
    /// <summary>How many elements of a sample are there, their mean and the sum of squared distances from it, lane by lane.</summary>
    public static Kernel Blocks(BatchMoments op)
    {
        int channels = op.Mean.Shape.Size, steps = op.Mask!.Shape.Size, elements = op.ElementsPerChannel / steps;
        Access[] accesses = [Access.Whole(op.X.Shape), op.Weights];
        ElementNest nest = new(op.X.Shape, [op.X, op.Mask], accesses, Scalar.Operand(0) * Scalar.Operand(1), op.Channels);
        string x = nest.NameOf(0), mask = nest.NameOf(1);
        return new("moments", op.Layer,
            $"means[c] = Σ mask x / count, means[{channels} + c] = Σ mask (x - means[c])² over the {op.ElementsPerChannel} elements of " +
            $"a sample in each of {channels} channels; count is the last of them.",
            [new(x, op.X), new(mask, op.Mask), new("means", op.Mean, IsPartial: true)], Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                writer.Line("T count = T.Zero;");
                writer.Line($"for (int s = 0; s < {Int(steps)}; s++) count += T.Load(ref {mask}, (b * stride) + (s * T.Count));");
                if (elements > 1) writer.Line($"count *= T.Splat({Float(elements)});");
                writer.Line($"count.Store(ref means, (b * stride) + ({Int(2 * channels)} * T.Count));");
                writer.Line("T least = T.Max(count, T.Splat(1f));");
                nest.Write(writer, "b * stride", (value, _) => writer.Line($"sum += {value};"),
                    begin: _ => writer.Line("T sum = T.Zero;"),
                    end: place => writer.Line($"(sum / least).Store(ref means, {place});"));
                nest.Write(writer, "b * stride",
                    (_, _) =>
                    {
                        writer.Line($"T distance = {x}v - mean;");
                        writer.Line($"squares = T.Fma({mask}v, distance * distance, squares);");
                    },
                    begin: place => writer.Line($"T squares = T.Zero, mean = T.Load(ref means, {place});"),
                    end: place => writer.Line($"squares.Store(ref means, {place} + ({Int(channels)} * T.Count));"));
                writer.Close();
            });
    }

    public static Kernel After(BatchMoments op)
    {
        int channels = op.Mean.Shape.Size, steps = op.Mask!.Shape.Size;
        string count = $"T.Load(ref means, (b * stride) + ({Int(2 * channels)} * T.Count))";
        return new("statistics", op.Layer,
            $"mean[c] and variance[c] of the steps of the batch that are there, for {channels} channels; the moving ones follow with " +
            $"momentum {MomentsKernel.Format(op.Momentum)}.",
            [new("mask", op.Mask), new("means", op.Mean, IsPartial: true), new("movingMean", op.Inputs[1]),
                new("movingVariance", op.Inputs[2]), new("mean", op.Mean), new("variance", op.Variance), new("weight", op.ElementWeight)],
            [.. Kernel.After, new("int samples", "step.Samples"),
                new("bool moving", $"!step.IsTraining || step.Frozen[{Int(op.LayerIndex)}]")],
            writer =>
            {
                writer.Line("// Lanes behind the last sample are padding and count for nothing.");
                writer.Line("T counts = T.Zero;");
                writer.Line("for (int b = 0; b < blockCount; b++) counts += T.SelectGreater(T.Splat(samples - (b * T.Count)), T.Indices, " +
                    $"{count}, T.Zero);");
                writer.Line($"float share = moving ? 0f : 1f / (T.Sum(counts) + {Float(BatchMoments.LeastCount)});");
                writer.Open("for (int b = 0; b < blockCount; b++)");
                writer.Line("T own = T.SelectGreater(T.Splat(samples - (b * T.Count)), T.Indices, T.Splat(share), T.Zero);");
                writer.Line($"for (int s = 0; s < {Int(steps)}; s++) (own * T.Load(ref mask, (b * stride) + (s * T.Count)))" +
                    ".Store(ref weight, (b * stride) + (s * T.Count));");
                writer.Close().Line();
                writer.Open($"for (int c = 0; c < {Int(channels)}; c++)");
                MomentsKernel.KeepMoving(writer);
                writer.Line("T sum = T.Zero, squares = T.Zero;");
                writer.Open("for (int b = 0; b < blockCount; b++)");
                writer.Line($"T value = {count} * T.Load(ref means, (b * stride) + (c * T.Count));");
                writer.Line("sum += T.SelectGreater(T.Splat(samples - (b * T.Count)), T.Indices, value, T.Zero);");
                writer.Close();
                writer.Line("float center = T.Sum(sum) * share;");
                writer.Open("for (int b = 0; b < blockCount; b++)");
                writer.Line("T distance = T.Load(ref means, (b * stride) + (c * T.Count)) - T.Splat(center);");
                writer.Line($"T value = T.Fma({count} * distance, distance, T.Load(ref means, (b * stride) + ((c + {Int(channels)}) * " +
                    "T.Count)));");
                writer.Line("squares += T.SelectGreater(T.Splat(samples - (b * T.Count)), T.Indices, value, T.Zero);");
                writer.Close();
                MomentsKernel.Settle(writer, op.Momentum);
                writer.Close();
            });
    }
}
