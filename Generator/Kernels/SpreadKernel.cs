using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Elements at places of a larger value, zeros beside them.</summary>
internal static class SpreadKernel
{
    /// <summary>Over blocks.</summary>
    public static Kernel Blocks(Spread op)
    {
        Operand[] operands = Operand.Of(op.Inputs, op.Output);
        string y = operands[1].Name;
        return new("spread", op.Layer, Summary(op, operands, ""), operands, Kernel.Blocks, writer =>
        {
            writer.Open("for (int b = first; b < last; b++)");
            Clear(writer, y, op.Output.Shape.Size);
            Nest(op).Write(writer, "b * stride", (value, at) => writer.Line($"{value}.Store(ref {y}, {at});"));
            writer.Close();
        });
    }

    /// <summary>
    /// Over a single sample. A vector that reaches beyond its run would write over zeros: the end of a run is copied number by number.
    /// </summary>
    public static Kernel Single(Spread op)
    {
        Operand[] operands = Operand.Of(op.Inputs, op.Output);
        return new("spread", op.Layer, Summary(op, operands, ", one sample"), operands, [], writer =>
        {
            writer.Line($"for (int c = 0; c < {Int(op.Output.Shape.Size)}; c += T.Count) T.Zero.Store(ref y, c);");
            ElementNest nest = Nest(op);
            foreach (ElementNest.Loop loop in nest.Loops.Take(nest.Loops.Count - 1))
                writer.Open($"for (int {loop.Name} = 0; {loop.Name} < {Int(loop.Size)}; {loop.Name}++)");
            string from = nest.ElementOf(0), to = nest.Element(op.Target.Start, loop => loop.Target);
            if (nest.Loops.Count == 0)
            {
                writer.Line($"Skip(ref y, {to}) = x;");
                return;
            }

            ElementNest.Loop run = nest.Loops[nest.Loops.Count - 1];
            bool isVector = run.Target == 1;
            if (isVector)
            {
                writer.Line($"int {run.Name} = 0;");
                string vectors = $"for (; {run.Name} <= {Int(run.Size)} - T.Count; {run.Name} += T.Count)";
                writer.Line($"{vectors} T.Load(ref x, {from}).Store(ref y, {to});");
            }

            string begin = isVector ? "" : $"int {run.Name} = 0";
            writer.Line($"for ({begin}; {run.Name} < {Int(run.Size)}; {run.Name}++) Skip(ref y, {to}) = Skip(ref x, {from});");
            for (int i = 0; i < nest.Loops.Count - 1; i++) writer.Close();
        });
    }

    /// <summary>Writes zeros over a value of a block.</summary>
    public static void Clear(CodeWriter writer, string y, int size) =>
        writer.Line($"for (int f = 0; f < {Int(size)}; f++) T.Zero.Store(ref {y}, (b * stride) + (f * T.Count));");

    private static ElementNest Nest(Spread op) =>
        new(op.Elements, op.Inputs, [Access.Whole(op.Elements)], Scalar.Operand(0), op.Target, keepsOrder: true);

    private static string Summary(Spread op, Operand[] operands, string end) =>
        $"{operands[1].Name}[place(f)] = {operands[0].Name}[f] for {Int(op.Elements.Size)} of {Int(op.Output.Shape.Size)} features, "
        + $"and 0 beside them{end}.";
}
