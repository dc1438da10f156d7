using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The gradients of a batch normalization's beta and gamma: each block leaves a vector of either sum for each channel, lane by lane; once
/// all are there, blocks and lanes are added in order.
/// </summary>
internal static class ScalingSumsKernel
{
    public static Kernel Blocks(BatchScalingSums op)
    {
        int channels = op.OfBeta.Shape.Size, elements = op.Upstream.Shape.Size / channels;
        Access whole = Access.Whole(op.Upstream.Shape);
        ElementNest nest = new(op.Upstream.Shape, [.. op.Inputs.Take(3)], [whole, op.Channels, op.Channels], op.Normalized, op.Channels);
        return new("sums", op.Layer,
            $"sums[c] = Σ dy, sums[{channels} + c] = Σ dy {op.Normalized.Format(["x", "mean", "variance"])} " +
            $"{(elements == 1 ? "" : $"over the {elements} elements of a sample ")}in each of {channels} channels.",
            [new("x", op.Inputs[0]), new("mean", op.Inputs[1]), new("variance", op.Inputs[2]), new("dy", op.Upstream),
                new("sums", op.OfBeta, IsPartial: true)],
            Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                nest.Write(writer, "b * stride",
                    (value, _) =>
                    {
                        writer.Line($"T dyv = T.Load(ref dy, (b * stride) + ({nest.ElementOf(0)} * T.Count));");
                        writer.Line("ofBeta += dyv;");
                        writer.Line($"ofGamma = T.Fma({value}, dyv, ofGamma);");
                    },
                    begin: _ => writer.Line("T ofBeta = T.Zero, ofGamma = T.Zero;"),
                    end: place =>
                    {
                        writer.Line($"ofBeta.Store(ref sums, {place});");
                        writer.Line($"ofGamma.Store(ref sums, {place} + ({Int(channels)} * T.Count));");
                    });
                writer.Close();
            });
    }

    public static Kernel After(BatchScalingSums op)
    {
        int channels = op.OfBeta.Shape.Size;
        return new("totals", op.Layer,
            $"dbeta[c] = Σ sums[c], dgamma[c] = Σ sums[{channels} + c] over blocks and lanes, for {channels} channels.",
            [new("sums", op.OfBeta, IsPartial: true), new("dbeta", op.OfBeta), new("dgamma", op.OfGamma)], Kernel.After,
            writer =>
            {
                writer.Open($"for (int c = 0; c < {Int(channels)}; c++)");
                writer.Line("T ofBeta = T.Zero, ofGamma = T.Zero;");
                writer.Open("for (int b = 0; b < blockCount; b++)");
                writer.Line("ofBeta += T.Load(ref sums, (b * stride) + (c * T.Count));");
                writer.Line($"ofGamma += T.Load(ref sums, (b * stride) + ((c + {Int(channels)}) * T.Count));");
                writer.Close();
                writer.Line("Unsafe.Add(ref dbeta, c) = T.Sum(ofBeta);");
                writer.Line("Unsafe.Add(ref dgamma, c) = T.Sum(ofGamma);");
                writer.Close();
            });
    }
}
