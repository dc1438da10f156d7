using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The loops over the elements of one sample, with vectors along the innermost axis. What does not lie side by side there is read number
/// by number: a vector of one number then, of which the next one overwrites all but the first.
/// </summary>
internal static class SingleNest
{
    /// <summary>Whether vectors run along the innermost loop.</summary>
    public static bool IsVector(ElementNest nest, int operands) =>
        nest.Loops.Count > 0 && Enumerable.Range(0, operands).All(i => nest.Loops[nest.Loops.Count - 1].Steps[i] is 0 or 1);

    /// <summary>Writes the loops.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="nest">The loops, in the order of the axes.</param>
    /// <param name="operands">How many operands there are.</param>
    /// <param name="expression">What to compute.</param>
    /// <param name="take">Writes what is done with a vector and the number of its first element.</param>
    /// <param name="begin">Writes what stands before the elements that meet one of the result.</param>
    /// <param name="end">Writes what stands after them, with the number of the result.</param>
    public static void Write(CodeWriter writer, ElementNest nest, int operands, Scalar expression, Action<string, string> take,
        Action? begin = null, Action<string>? end = null)
    {
        bool isVector = IsVector(nest, operands);
        string target = nest.Element(0, loop => loop.Target);
        int kept = nest.Loops.Count(loop => loop.Target != 0);
        for (int i = 0; i < nest.Loops.Count; i++)
        {
            if (i == kept) begin?.Invoke();
            ElementNest.Loop loop = nest.Loops[i];
            bool isLast = i == nest.Loops.Count - 1;
            writer.Open($"for (int {loop.Name} = 0; {loop.Name} < {Int(loop.Size)}; " +
                $"{(isLast && isVector ? $"{loop.Name} += T.Count" : loop.Name + "++")})");
        }

        if (kept == nest.Loops.Count) begin?.Invoke();
        var print = new Expression(writer, i =>
            isVector && nest.Loops[nest.Loops.Count - 1].Steps[i] == 1 ? $"T.Load(ref {nest.NameOf(i)}, {nest.ElementOf(i)})"
                : $"T.Broadcast(ref {nest.NameOf(i)}, {nest.ElementOf(i)})");
        take(print.Write(expression), target);
        if (kept == nest.Loops.Count) end?.Invoke(target);
        for (int i = nest.Loops.Count - 1; i >= 0; i--)
        {
            writer.Close();
            if (i == kept) end?.Invoke(target);
        }
    }
}
