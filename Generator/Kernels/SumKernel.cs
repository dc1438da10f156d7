using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Sums over all samples: each block leaves a vector of sums, lane by lane; once all are there, blocks and lanes are added in order.
/// </summary>
internal static class SumKernel
{
    public static Kernel Blocks(SumOverSamples op)
    {
        Operand[] operands = Operand.Of(op.Inputs, null);
        string[] names = [.. op.Inputs.Select(input => operands.First(o => o.Value == input).Name)];
        return new("sums", op.Layer,
            $"sums[c] = Σ {op.Expression.Format(names)} over the elements of a sample that meet {Int(op.Output.Shape.Size)} numbers.",
            [.. operands, new("sums", op.Output, IsPartial: true)], Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                ElementNest nest = new(op.Elements, op.Inputs, op.Accesses, op.Expression, op.Target);
                bool takesUp = nest.SumsFarApart;
                if (takesUp || !op.Target.Covers(op.Elements, op.Output.Shape.Size))
                    SpreadKernel.Clear(writer, "sums", op.Output.Shape.Size);
                if (takesUp)
                {
                    // In the order of memory: the sums of all numbers of a row stay in the cache.
                    new ElementNest(op.Elements, op.Inputs, op.Accesses, op.Expression, op.Target, takesUp: true).Write(writer,
                        "b * stride", (value, at) => writer.Line($"(T.Load(ref sums, {at}) + {value}).Store(ref sums, {at});"));
                }
                else
                {
                    nest.Write(writer, "b * stride", (value, _) => writer.Line($"sum += {value};"),
                        begin: _ => writer.Line("T sum = T.Zero;"),
                        end: place => writer.Line($"sum.Store(ref sums, {place});"));
                }

                writer.Close();
            });
    }

    public static Kernel After(SumOverSamples op) =>
        new("total", op.Layer, $"total[c] = Σ sums[c] over blocks and lanes, for {Int(op.Output.Shape.Size)} numbers.",
            [new("sums", op.Output, IsPartial: true), new("total", op.Output)], Kernel.After,
            writer =>
            {
                writer.Open($"for (int c = 0; c < {Int(op.Output.Shape.Size)}; c++)");
                writer.Line("T sum = T.Zero;");
                writer.Line("for (int b = 0; b < blockCount; b++) sum += T.Load(ref sums, (b * stride) + (c * T.Count));");
                writer.Line("Unsafe.Add(ref total, c) = T.Sum(sum);");
                writer.Close();
            });
}
