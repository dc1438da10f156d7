using System.Text.RegularExpressions;
using CompiledNets.Harness;

namespace CompiledNets.Keras.Tests.Parity;

/// <summary>An argument of Keras: its name and its default as Python writes it; null where it is required.</summary>
internal sealed record KerasArgument(string Name, string? Initial)
{
    public override string ToString() => Initial is null ? Name : $"{Name}={Initial}";
}

/// <summary>A line of <c>keras.txt</c>: what Keras has.</summary>
internal sealed partial record KerasEntry(string Kind, string Name, IReadOnlyList<KerasArgument> Arguments)
{
    /// <summary>All lines.</summary>
    public static IReadOnlyList<KerasEntry> All { get; } =
    [
        .. File.ReadLines(Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Keras", "Parity", "keras.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(Parse),
    ];

    public override string ToString() => $"{Name}({string.Join(", ", Arguments)})";

    private static KerasEntry Parse(string line)
    {
        Match match = Form().Match(line);
        if (!match.Success) throw new FormatException($"keras.txt: {line}");
        IEnumerable<KerasArgument> arguments = Separator().Split(match.Groups[3].Value).Where(text => text.Length > 0)
            .Select(text => text.Split('=', 2)).Select(
            parts => new KerasArgument(parts[0], parts.Length > 1 ? parts[1] : null));
        return new(match.Groups[1].Value, match.Groups[2].Value, [.. arguments]);
    }

    [GeneratedRegex(@"^(\w+) (\w+)\((.*)\)$")]
    private static partial Regex Form();

    // Commas before the next name; those of tuples stand before numbers and parentheses.
    [GeneratedRegex(@", (?=[a-z_])")]
    private static partial Regex Separator();
}
