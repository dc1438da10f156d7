using System.Globalization;
using System.Text.RegularExpressions;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Starting;

/// <summary>Methods that the JIT compiles in a start, by whose they are.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Count">How many.</param>
/// <param name="IlBytes">Their size before.</param>
/// <param name="CodeBytes">Their size behind.</param>
internal sealed partial record CompiledMethods(string Owner, int Count, int IlBytes, int CodeBytes)
{
    /// <summary>
    /// Reads what the runtime writes about each: <c>12: JIT compiled Name.Of.Type:Method() [Tier0, IL size=5, code size=20]</c>.
    /// </summary>
    public static IEnumerable<CompiledMethods> Read(string file) => File.ReadLines(file)
        .Select(line => Line().Match(line))
        .Where(match => match.Success)
        .GroupBy(match => OwnerOf(match.Groups["name"].Value))
        .Select(group => new CompiledMethods(group.Key, group.Count(), Sum(group, "il"), Sum(group, "code")))
        .OrderByDescending(methods => methods.CodeBytes);

    // The program of a network is in a namespace that is named for it.
    private static string OwnerOf(string name) =>
        name.Contains(nameof(IonosphereNet), StringComparison.Ordinal) ? "the network"
        : name.StartsWith("CompiledNets.Benchmarks.", StringComparison.Ordinal) || name.StartsWith("Program:", StringComparison.Ordinal)
            ? "this program"
        : name.StartsWith("CompiledNets.", StringComparison.Ordinal) ? "CompiledNets"
        : name.Contains("CompiledNets.", StringComparison.Ordinal) ? "the framework, with types of CompiledNets"
        : "the framework";

    private static int Sum(IEnumerable<Match> methods, string size) =>
        methods.Sum(match => int.Parse(match.Groups[size].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"JIT compiled (?<name>.+) \[.*IL size=(?<il>\d+), code size=(?<code>\d+)")]
    private static partial Regex Line();
}
