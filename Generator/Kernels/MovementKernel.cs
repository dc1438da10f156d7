using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Turns features and samples of each block, by register transposes.</summary>
internal static class MovementKernel
{
    public static Kernel Turn(Turn op)
    {
        Shape shape = op.Inputs[0].Shape;
        int rowLength = Ops.Turn.RowLength(shape);
        return new("turn", op.Layer, $"rows[sample, n] = dy[n, sample] for {shape.Last} outputs, in panels of one vector a sample.",
            [new("dy", op.Inputs[0]), new("rows", op.Output)], Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                if (shape.Positions > 1) writer.Open($"for (int p = 0; p < {Int(shape.Positions)}; p++)");
                string from = shape.Positions > 1 ? $"(((p * {Int(shape.Last)}) + n) * T.Count)" : "(n * T.Count)";
                string to = shape.Positions > 1 ? $"(((p * {Int(rowLength)}) + n) * T.Count)" : "(n * T.Count)";
                writer.Open($"for (int n = 0; n < {Int(shape.Last)}; n += T.Count)");
                writer.Line($"T.Transpose(ref dy, (b * stride) + {from}, T.Count, ref rows, (b * stride) + {to}, T.Count);");
                writer.Close();
                if (shape.Positions > 1) writer.Close();
                writer.Close();
            });
    }
}
