using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>One expression for each element, over blocks.</summary>
internal static class PointwiseKernel
{
    public static Kernel Make(Pointwise op, string role)
    {
        Operand[] operands = ElementNest.Operands(op.Inputs, op.Output);
        string[] names = [.. op.Inputs.Select(input => operands.First(o => o.Value == input).Name + (input.Space == Space.Sample && input.Shape.Equals(op.Output.Shape) ? "[f]" : ""))];
        return new(role, op.Layer, $"{operands[operands.Length - 1].Name}[f] = {op.Expression.Format(names)} for {op.Output.Shape.Size} features.",
            [.. operands.GroupBy(o => o.Name).Select(g => g.First())], Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                ElementNest.Write(writer, op.Inputs, op.Expression, op.Broadcast, "b * stride", (value, at) => writer.Line($"{Expression.Receiver(value)}.Store(ref {operands[operands.Length - 1].Name}, {at});"));
                writer.Close();
            });
    }
}
