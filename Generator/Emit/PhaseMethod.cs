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

/// <summary>What a method of a program does in one of its phases, or for one group of weights.</summary>
/// <param name="Condition">What has to hold besides; empty for nothing.</param>
/// <param name="Calls">The calls.</param>
internal sealed record PhaseCalls(string Condition, IReadOnlyList<KernelCall> Calls);

/// <summary>
/// A method of a program: kernels called one after the other, by phase. Many calls are cut into several methods, since the JIT does not
/// optimize one of some thousand instructions: phases that follow each other share one until it is full.
/// </summary>
/// <param name="Signature">The method.</param>
/// <param name="Part">Name of the methods that it is cut into, before their numbers.</param>
/// <param name="Parameters">What a call may need, as parameters.</param>
/// <param name="Passed">The same as arguments.</param>
/// <param name="Phase">The parameter that tells phases apart.</param>
/// <param name="Locals">Declares what is read of the arenas.</param>
internal sealed record PhaseMethod(string Signature, string Part, string Parameters, string Passed, string Phase,
    Func<Arenas, IEnumerable<string>> Locals)
{
    /// <summary>Calls of a method.</summary>
    private const int MostCalls = 40;

    /// <summary>Writes the method, and after it those that it is cut into and those that phases share.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="phases">The phases by their numbers.</param>
    public void Write(CodeWriter writer, IReadOnlyList<PhaseCalls> phases)
    {
        List<Section> sections = [.. phases.Select((phase, p) =>
            new Section(p, And(phases.Count > 1 ? $"{Phase} == {Int(p)}" : "", phase.Condition), phase.Calls))
            .Where(section => section.Calls.Count > 0)];
        List<(string Name, PhaseFamily Family, IEnumerable<int> Phases)> shared = Share(sections);
        writer.Line("/// <inheritdoc/>").Line("[@MethodImpl(Optimized)]").Open(Signature);
        if (sections.Sum(section => section.Calls.Count) <= MostCalls)
        {
            Body(writer, sections);
            writer.Close().Line();
            Shared(writer, shared);
            return;
        }

        List<List<Section>> parts = Parts(sections);
        for (int i = 0; i < parts.Count; i++)
        {
            int from = parts[i][0].Phase, to = parts[i][parts[i].Count - 1].Phase;
            // Several parts of one phase follow each other, under its condition.
            string condition = phases.Count == 1 || parts[i].Count == 1 ? parts[i][0].Condition
                : to == phases.Count - 1 ? $"{Phase} >= {Int(from)}"
                : from == 0 ? $"{Phase} <= {Int(to)}" : $"{Phase} is >= {Int(from)} and <= {Int(to)}";
            writer.Line($"{(condition.Length > 0 ? $"if ({condition}) " : "")}{Part}{Int(i)}({Passed});");
        }

        writer.Close().Line();
        for (int i = 0; i < parts.Count; i++)
        {
            writer.Line("[@MethodImpl(Optimized)]").Open($"private static void {Part}{Int(i)}({Parameters})");
            Body(writer, parts[i].Count > 1 ? parts[i] : [parts[i][0] with { Condition = "" }]);
            writer.Close().Line();
        }

        Shared(writer, shared);
    }

    // Calls of phases that share a method become a call of that.
    private List<(string Name, PhaseFamily Family, IEnumerable<int> Phases)> Share(List<Section> sections)
    {
        var shared = new List<(string, PhaseFamily, IEnumerable<int>)>();
        string[] taken = [.. OfPhase(Parameters).Split(',').Select(parameter => parameter.Substring(parameter.LastIndexOf(' ') + 1))];
        foreach ((IReadOnlyList<int> members, PhaseFamily family) in PhaseFamily.Of([.. sections.Select(section => section.Calls)], taken))
        {
            if (family.Calls.Count > MostCalls) continue;
            string name = $"{Part}As{Int(sections[members[0]].Phase)}";
            shared.Add((name, family, [.. members.Select(member => sections[member].Phase)]));
            for (int i = 0; i < members.Count; i++)
                sections[members[i]] = sections[members[i]] with
                {
                    Calls = [new("", $"{name}({OfPhase(Passed)}{family.Arguments(i)});", Arenas.None)],
                };
        }

        return shared;
    }

    private void Shared(CodeWriter writer, List<(string Name, PhaseFamily Family, IEnumerable<int> Phases)> shared)
    {
        foreach ((string name, PhaseFamily family, IEnumerable<int> phases) in shared)
        {
            writer.Line($"// What {Phase} {Int(phases.First())} does and {Int(phases.Count() - 1)} more do, with values at other places.");
            writer.Line("[@MethodImpl(Optimized)]").Open($"private static void {name}({OfPhase(Parameters)}{family.Parameters})");
            Declare(writer, family.Calls);
            Calls(writer, family.Calls, "");
            writer.Close().Line();
        }
    }

    // Parameters or arguments without the phase.
    private string OfPhase(string list)
    {
        int start = list.IndexOf(", ", StringComparison.Ordinal);
        return start > 0 && list.Substring(0, start).EndsWith(Phase, StringComparison.Ordinal) && Phase.Length > 0
            ? list.Substring(start + 2) : list;
    }

    private static List<List<Section>> Parts(List<Section> sections)
    {
        var parts = new List<List<Section>>();
        int calls = MostCalls;
        foreach (Section section in sections)
        {
            if (section.Calls.Count > MostCalls)
            {
                for (int from = 0; from < section.Calls.Count; from += MostCalls)
                    parts.Add([section with { Calls = [.. section.Calls.Skip(from).Take(MostCalls)] }]);
                calls = MostCalls;
                continue;
            }

            calls += section.Calls.Count;
            if (calls > MostCalls)
            {
                parts.Add([]);
                calls = section.Calls.Count;
            }

            parts[parts.Count - 1].Add(section);
        }

        return parts;
    }

    private void Body(CodeWriter writer, IReadOnlyList<Section> sections)
    {
        Declare(writer, sections.SelectMany(section => section.Calls));
        foreach (Section section in sections)
        {
            if (section.Condition.Length == 0) Calls(writer, section.Calls, "");
            else if (section.Calls.Count == 1) Calls(writer, section.Calls, section.Condition);
            else
            {
                writer.Open($"if ({section.Condition})");
                Calls(writer, section.Calls, "");
                writer.Close();
            }
        }
    }

    private void Declare(CodeWriter writer, IEnumerable<KernelCall> calls)
    {
        foreach (string local in Locals(calls.Aggregate(Arenas.None, (all, call) => all | call.Arenas))) writer.Line(local);
    }

    // Calls that are made when one condition holds stand together.
    private static void Calls(CodeWriter writer, IReadOnlyList<KernelCall> calls, string outer)
    {
        for (int i = 0, next; i < calls.Count; i = next)
        {
            string condition = calls[i].Condition;
            next = i + 1;
            while (next < calls.Count && calls[next].Condition == condition) next++;
            condition = And(outer, condition);
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

    private static string And(string condition, string more) =>
        condition.Length == 0 ? more : more.Length == 0 ? condition : $"{condition} && {more}";

    /// <summary>Calls of a phase, all or some.</summary>
    /// <param name="Phase">The phase.</param>
    /// <param name="Condition">When they are made; empty for always.</param>
    /// <param name="Calls">The calls.</param>
    private sealed record Section(int Phase, string Condition, IReadOnlyList<KernelCall> Calls);
}
