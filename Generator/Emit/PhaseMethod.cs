using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>What a call of a kernel reads beside numbers.</summary>
[Flags]
internal enum Arenas
{
    None = 0,
    Blocks = 1,
    Parameters = 2,
    Shared = 4,
    Stride = 8,
    Panels = 16,
}

/// <summary>A call of a kernel.</summary>
/// <param name="Condition">When it is made; empty for always.</param>
/// <param name="Text">The call.</param>
/// <param name="Arenas">What it reads.</param>
internal sealed record KernelCall(string Condition, string Text, Arenas Arenas);

/// <summary>
/// A method of a program: kernels called one after the other, by phase. Many calls are cut into several methods, since the JIT does not
/// optimize one of some thousand instructions.
/// </summary>
/// <param name="Signature">The method.</param>
/// <param name="Part">Name of the methods that it is cut into, before their numbers.</param>
/// <param name="Parameters">What a call may need, as parameters.</param>
/// <param name="Passed">The same as arguments.</param>
/// <param name="Locals">Declares what is read of the arenas.</param>
internal sealed record PhaseMethod(string Signature, string Part, string Parameters, string Passed, Func<Arenas,
    IEnumerable<string>> Locals)
{
    /// <summary>Calls of a method.</summary>
    private const int MostCalls = 40;

    /// <summary>Writes the method, and after it those that it is cut into.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="phases">By phase, when it is worked, and its calls.</param>
    public void Write(CodeWriter writer, IReadOnlyList<(string Condition, IReadOnlyList<KernelCall> Calls)> phases)
    {
        bool isCut = phases.Sum(phase => phase.Calls.Count) > MostCalls;
        var parts = new List<IReadOnlyList<KernelCall>>();
        writer.Line("/// <inheritdoc/>").Line("[@MethodImpl(Optimized)]").Open(Signature);
        if (!isCut) Declare(writer, phases.SelectMany(phase => phase.Calls));
        foreach ((string condition, IReadOnlyList<KernelCall> calls) in phases)
        {
            if (calls.Count == 0) continue;
            if (condition.Length > 0) writer.Open($"if ({condition})");
            if (isCut)
            {
                for (int from = 0; from < calls.Count; from += MostCalls)
                {
                    writer.Line($"{Part}{Int(parts.Count)}({Passed});");
                    parts.Add([.. calls.Skip(from).Take(MostCalls)]);
                }
            }
            else
            {
                Calls(writer, calls);
            }

            if (condition.Length > 0) writer.Close();
        }

        writer.Close().Line();
        for (int i = 0; i < parts.Count; i++)
        {
            writer.Line("[@MethodImpl(Optimized)]").Open($"private static void {Part}{Int(i)}({Parameters})");
            Declare(writer, parts[i]);
            Calls(writer, parts[i]);
            writer.Close().Line();
        }
    }

    private void Declare(CodeWriter writer, IEnumerable<KernelCall> calls)
    {
        foreach (string local in Locals(calls.Aggregate(Arenas.None, (all, call) => all | call.Arenas))) writer.Line(local);
    }

    // Calls that are made when one condition holds stand together.
    private static void Calls(CodeWriter writer, IReadOnlyList<KernelCall> calls)
    {
        for (int i = 0, next; i < calls.Count; i = next)
        {
            string condition = calls[i].Condition;
            next = i + 1;
            while (next < calls.Count && calls[next].Condition == condition) next++;
            if (condition.Length > 0 && next == i + 1 && !calls[i].Text.Contains('\n'))
            {
                writer.Line($"if ({condition}) {calls[i].Text}");
                continue;
            }

            if (condition.Length > 0) writer.Open($"if ({condition})");
            for (int c = i; c < next; c++) writer.Lines(calls[c].Text);
            if (condition.Length > 0) writer.Close();
        }
    }
}
