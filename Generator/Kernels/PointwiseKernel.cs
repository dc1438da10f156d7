using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>One expression for each element: over blocks, over a single sample, or over what all samples share.</summary>
internal static class PointwiseKernel
{
    /// <summary>Over blocks.</summary>
    public static Kernel Blocks(Pointwise op)
    {
        Operand[] operands = Operand.Of(op.Inputs, op.Output);
        string y = operands[operands.Length - 1].Name;
        ElementNest nest = new(op.Output.Shape, op.Inputs, op.Accesses, op.Expression, Access.Whole(op.Output.Shape));
        return new(op.Output.Role == Value.GradientRole ? "backward" : "forward", op.Layer,
            Summary(op, operands, nest.Sizes ?? $"{Int(op.Output.Shape.Size)} features"), operands, Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                nest.Write(writer, "b * stride", (value, at) => writer.Line($"{Expression.Receiver(value)}.Store(ref {y}, {at});"));
                writer.Close();
            });
    }

    /// <summary>Over a single sample, or once over values that all samples share: vectors run over elements.</summary>
    public static Kernel Single(Pointwise op)
    {
        Operand[] operands = Operand.Of(op.Inputs, op.Output);
        string y = operands[operands.Length - 1].Name;
        ElementNest nest = new(op.Output.Shape, op.Inputs, op.Accesses, op.Expression, Access.Whole(op.Output.Shape), keepsOrder: true);
        string size = Int(op.Output.Shape.Size);
        return new("row", op.Layer,
            Summary(op, operands,
                op.Output.IsSample ? $"{nest.Sizes ?? size + " features"}, one sample" : $"{size} numbers that all samples share"),
            operands, [],
            writer =>
            {
                SingleNest.Write(writer, nest, op.Inputs.Count, op.Expression,
                    (value, element) => writer.Line($"{Expression.Receiver(value)}.Store(ref {y}, {element});"));
            });
    }

    private static string Summary(Pointwise op, Operand[] operands, string what)
    {
        string[] names = [.. op.Inputs.Select((input, i) => operands.First(o => o.Value == input).Name + (op.ReadsWhole(i) ? "[f]" : ""))];
        return $"{operands[operands.Length - 1].Name}[f] = {op.Expression.Format(names)} for {what}.";
    }
}
