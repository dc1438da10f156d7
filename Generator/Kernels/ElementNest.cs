using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The loops over the elements of a value, and what an expression reads of its operands in them. Shared operands are the outer loop, so that what depends on them alone is computed once.
/// </summary>
internal static class ElementNest
{
    /// <summary>Parameters for the inputs of an expression and its result, which comes last: x, x1, ... for sample values, p, p1, ... for shared ones.</summary>
    public static Operand[] Operands(IReadOnlyList<Value> inputs, Value? output)
    {
        var operands = new List<Operand>();
        int samples = 0, shared = 0;
        foreach (Value input in inputs)
        {
            if (operands.Exists(o => o.Value == input)) continue;
            operands.Add(input.Space == Space.Sample
                ? new("x" + (samples++ == 0 ? "" : Int(samples - 1)), input)
                : new("p" + (shared++ == 0 ? "" : Int(shared - 1)), input));
        }

        if (output is not null) operands.Add(new("y", output));
        return [.. operands];
    }

    /// <summary>Writes the loops.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="inputs">Operands of the expression.</param>
    /// <param name="expression">What to compute for each element.</param>
    /// <param name="broadcast">How shared operands meet the elements.</param>
    /// <param name="start">Offset of the first element of the block.</param>
    /// <param name="take">Writes what is done with a value at an offset.</param>
    /// <param name="beginChannel">Writes what stands before the elements that meet one element of the shared operands.</param>
    /// <param name="endChannel">Writes what stands behind them.</param>
    public static void Write(
        CodeWriter writer, IReadOnlyList<Value> inputs, Scalar expression, Broadcast broadcast, string start, Action<string, string> take,
        Action? beginChannel = null, Action? endChannel = null)
    {
        Operand[] operands = Operands(inputs, null);
        string Name(int index) => operands.First(o => o.Value == inputs[index]).Name;
        var declared = new Dictionary<int, string>();
        var print = new Expression(writer, index => declared[index]);
        bool channels = !broadcast.IsScalar || beginChannel is not null;

        foreach (int i in SharedOperands(inputs, number: true)) Declare(i, $"T.Broadcast(ref {Name(i)}, 0)");
        int features = broadcast.Outer * broadcast.Count * broadcast.Inner;
        for (int i = 0; i < inputs.Count; i++)
            if (inputs[i].Space == Space.Sample && inputs[i].Shape.Size < features) Declare(i, $"T.Load(ref {Name(i)}, {start})");
        if (channels) writer.Open($"for (int c = 0; c < {Int(broadcast.Count)}; c++)");
        foreach (int i in SharedOperands(inputs, number: false)) Declare(i, $"T.Broadcast(ref {Name(i)}, c)");
        if (channels)
        {
            foreach (Scalar part in SharedParts(expression, inputs)) print.Hoist(part);
            beginChannel?.Invoke();
        }

        int inner = channels ? broadcast.Inner : features;
        bool outer = channels && broadcast.Outer > 1;
        if (outer) writer.Open($"for (int o = 0; o < {Int(broadcast.Outer)}; o++)");
        string element = !channels ? "f" : ElementIndex(broadcast, outer);
        if (inner > 1) writer.Open($"for (int {(channels ? "i" : "f")} = 0; {(channels ? "i" : "f")} < {Int(inner)}; {(channels ? "i" : "f")}++)");
        writer.Line($"int at = ({start}) + ({(inner > 1 || channels ? element : "0")} * T.Count);");
        for (int i = 0; i < inputs.Count; i++)
            if (inputs[i].Space == Space.Sample && !declared.ContainsKey(i)) Declare(i, $"T.Load(ref {Name(i)}, at)");
        take(print.Write(expression), "at");
        if (inner > 1) writer.Close();
        if (outer) writer.Close();
        endChannel?.Invoke();
        if (channels) writer.Close();

        void Declare(int index, string text)
        {
            string local = Name(index) + "v";
            if (!declared.ContainsValue(local)) writer.Line($"T {local} = {text};");
            declared[index] = local;
        }
    }

    private static string ElementIndex(Broadcast b, bool outer)
    {
        string channel = outer ? $"((o * {Int(b.Count)}) + c)" : "c";
        return b.Inner > 1 ? $"(({channel} * {Int(b.Inner)}) + i)" : channel;
    }

    private static IEnumerable<int> SharedOperands(IReadOnlyList<Value> inputs, bool number) =>
        Enumerable.Range(0, inputs.Count).Where(i => inputs[i].Space == Space.Shared && inputs[i].Shape.Size == 1 == number);

    // The largest parts that read shared operands only.
    private static IEnumerable<Scalar> SharedParts(Scalar expression, IReadOnlyList<Value> inputs)
    {
        var operands = new HashSet<int>();
        expression.CollectOperands(operands);
        if (operands.Count > 0 && expression.Parts.Count > 0 && operands.All(i => inputs[i].Space == Space.Shared)) return [expression];
        return expression.Parts.SelectMany(part => SharedParts(part, inputs)).Distinct();
    }
}
