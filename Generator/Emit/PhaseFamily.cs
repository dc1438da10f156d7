using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// Phases whose calls differ in numbers and in where values lie alone, as those of a block of layers that a network repeats: one method
/// that takes those. What all of them agree in stays.
/// </summary>
internal sealed class PhaseFamily
{
    /// <summary>Characters that have to be saved for phases to share a method.</summary>
    private const int LeastSaved = 500;

    // A place in an arena, or a whole number that is no part of a name.
    private static readonly Regex Slot = new(
        @"\b(?:TrainingBlock|InferenceBlock|Parameter|SharedValue|RowScratch|Packed)\.@?\w+(?: \+ \d+)?|(?<![\w.@])\d{1,9}(?!\w|\.\d)",
        RegexOptions.CultureInvariant);

    private readonly List<string[]> columns = [];
    private readonly List<string> names = [];

    private PhaseFamily(IReadOnlyList<IReadOnlyList<KernelCall>> phases, IReadOnlyList<string> taken)
    {
        string[][] slots = [.. phases.Select(calls => Slot.Matches(Text(calls)).Cast<Match>().Select(match => match.Value).ToArray())];
        string text = Text(phases[0]);
        var used = new HashSet<string>(taken, StringComparer.Ordinal);
        // Parameters of kernels, which their arguments are named after, are no names here.
        foreach (Match word in Regex.Matches(text, @"\b[A-Za-z_]\w*\b(?!: )")) used.Add(word.Value);
        Match[] places = [.. Slot.Matches(text).Cast<Match>()];
        for (int i = 0; i < places.Length; i++)
        {
            string[] values = [.. slots.Select(slot => slot[i])];
            if (values.All(value => value == values[0]) || NameOf(values) is not null) continue;
            columns.Add(values);
            names.Add(Free(Wanted(text.Substring(0, places[i].Index), values), used));
        }

        int next = 0;
        Calls = [.. phases[0].Select(call => call with { Condition = Replace(call.Condition), Text = Replace(call.Text) })];

        string Replace(string part) => Slot.Replace(part, match => Known(match.Value));

        string Known(string value)
        {
            string[] values = [.. slots.Select(slot => slot[next])];
            next++;
            return NameOf(values) ?? value;
        }
    }

    /// <summary>The calls, in terms of the parameters.</summary>
    public IReadOnlyList<KernelCall> Calls { get; }

    /// <summary>The parameters, behind those that every phase has.</summary>
    public string Parameters => string.Concat(names.Select(name => $", int {name}"));

    /// <summary>What a phase hands over for them.</summary>
    public string Arguments(int phase) => string.Concat(columns.Select(column => ", " + column[phase]));

    /// <summary>The phases that share a method, by their numbers, with it.</summary>
    /// <param name="phases">By phase, its calls.</param>
    /// <param name="taken">Names of parameters that every phase has.</param>
    public static IEnumerable<(IReadOnlyList<int> Phases, PhaseFamily Family)> Of(
        IReadOnlyList<IReadOnlyList<KernelCall>> phases, IReadOnlyList<string> taken)
    {
        // Its name, and what every phase hands over.
        int call = 20 + taken.Sum(name => name.Length + 2);
        foreach (IGrouping<string, int> group in Enumerable.Range(0, phases.Count)
            .GroupBy(i => Slot.Replace(Text(phases[i]), "#"), StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            PhaseFamily family = new([.. group.Select(i => phases[i])], taken);
            int saved = (group.Count() - 1) * Text(phases[group.First()]).Length;
            saved -= Enumerable.Range(0, group.Count()).Sum(i => call + family.Arguments(i).Length);
            if (saved >= LeastSaved) yield return ([.. group], family);
        }
    }

    private static string Text(IReadOnlyList<KernelCall> calls)
    {
        var text = new StringBuilder();
        foreach (KernelCall call in calls) text.Append(call.Condition).Append('\n').Append(call.Text).Append('\n');
        return text.ToString();
    }

    private string? NameOf(string[] values)
    {
        int column = columns.FindIndex(known => known.SequenceEqual(values));
        return column < 0 ? null : names[column];
    }

    // What the names of the places end in together, after the last number; what a number is an argument for, or an element of.
    private static string Wanted(string before, string[] values)
    {
        if (char.IsDigit(values[0][0]))
        {
            Match argument = Regex.Match(before, @"(?:(\w+): |\b(\w+)\[)$");
            return argument.Groups[1].Success ? argument.Groups[1].Value : argument.Groups[2].Value switch
            {
                "Serves" => "served",
                "Frozen" => "layer",
                _ => "number",
            };
        }

        string[][] words = [.. values.Select(value => Regex.Replace(value, @"^\w+\.@?| \+ \d+$", "").Split('_'))];
        int common = 0, least = words.Min(name => name.Length);
        while (common < least && words.All(name => Last(name) is { } word && word == Last(words[0]) && !word.Any(char.IsDigit))) common++;
        string ending = string.Join("_", words[0].Skip(words[0].Length - common)).Trim('_');
        return ending.Length > 0 ? Identifier.Camel(ending) : "place";

        string Last(string[] name) => name[name.Length - 1 - common];
    }

    private static string Free(string wanted, HashSet<string> used)
    {
        string name = wanted;
        for (int i = 1; SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || !used.Add(name); i++) name = wanted + Int(i);
        return name;
    }
}
