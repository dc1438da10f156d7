using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Sums and means over elements of a sample.</summary>
internal static class ReduceKernel
{
    /// <summary>Over blocks.</summary>
    public static Kernel Blocks(Reduce op)
    {
        Operand[] operands = Operand.Of(op.Inputs, op.Output);
        return new(op.Output.Role == Value.GradientRole ? "backward" : "reduce", op.Layer, Summary(op, operands), operands, Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                if (!op.IsWhole) SpreadKernel.Clear(writer, operands[operands.Length - 1].Name, op.Output.Shape.Size);
                Nest(op, keepsOrder: false).Write(writer, "b * stride", (value, _) => writer.Line($"sum += {value};"),
                    begin: _ => writer.Line("T sum = T.Zero;"),
                    end: place => writer.Line($"{Result(op)}.Store(ref {operands[operands.Length - 1].Name}, {place});"));
                writer.Close();
            });
    }

    /// <summary>Over a single sample.</summary>
    public static Kernel Single(Reduce op)
    {
        Operand[] operands = Operand.Of(op.Inputs, op.Output);
        ElementNest nest = Nest(op, keepsOrder: true);
        bool isVector = SingleNest.IsVector(nest, op.Inputs.Count) && nest.Loops[nest.Loops.Count - 1].Target == 0;
        return new("row", op.Layer, Summary(op, operands), operands, [],
            writer => SingleNest.Write(writer, nest, op.Inputs.Count, op.Expression, (value, _) =>
                {
                    ElementNest.Loop? last = nest.Loops.Count > 0 ? nest.Loops[nest.Loops.Count - 1] : null;
                    writer.Line(isVector ? $"sum += T.SelectGreater(T.Splat({Int(last!.Size)} - {last.Name}), T.Indices, {value}, T.Zero);"
                        : $"sum += {value};");
                },
                begin: () => writer.Line("T sum = T.Zero;"),
                end: place =>
                {
                    if (isVector) writer.Line("sum = T.Splat(T.Sum(sum));");
                    writer.Line($"{Result(op)}.Store(ref {operands[operands.Length - 1].Name}, {place});");
                }));
    }

    private static ElementNest Nest(Reduce op, bool keepsOrder) =>
        new(op.Elements, op.Inputs, op.Accesses, op.Expression, op.Target, keepsOrder);

    private static string Result(Reduce op) => op.Divisor == 1 ? "sum" : $"(sum / T.Splat({Float(op.Divisor)}))";

    private static string Summary(Reduce op, Operand[] operands)
    {
        string[] names = [.. op.Inputs.Select(input => operands.First(o => o.Value == input).Name)];
        return $"{operands[operands.Length - 1].Name} = Σ " +
            $"{op.Expression.Format(names)}{(op.Divisor == 1 ? "" : " / " + Int(op.Divisor))}: {Int(op.Elements.Size)} elements to " +
            $"{Int(op.Output.Shape.Size)}.";
    }
}
