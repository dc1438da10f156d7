using CompiledNets.Harness.Goldens;

namespace CompiledNets.Conformance;

/// <summary>The command line.</summary>
/// <param name="Folder">The folder with the goldens; the project's own where none is given.</param>
/// <param name="Family">The only family to judge; null for all.</param>
/// <param name="Case">The only case to judge; null for all.</param>
/// <param name="Json">The file for results in JSON; null for none.</param>
public sealed record ConformanceOptions(string Folder, string? Family, string? Case, string? Json)
{
    /// <summary>How the program is called.</summary>
    public const string Usage = "Conformance [FOLDER] [--family NAME] [--case NAME] [--json FILE]";

    /// <summary>Reads the command line; null where it is wrong.</summary>
    public static ConformanceOptions? Parse(IReadOnlyList<string> args)
    {
        bool hasFolder = args.Count % 2 == 1;
        if (hasFolder && args[0].StartsWith('-')) return null;
        ConformanceOptions options = new(hasFolder ? args[0] : GoldenFolder.FullPath, null, null, null);
        for (int i = hasFolder ? 1 : 0; i < args.Count; i += 2)
        {
            switch (args[i])
            {
                case "--family":
                    options = options with { Family = args[i + 1] };
                    break;
                case "--case":
                    options = options with { Case = args[i + 1] };
                    break;
                case "--json":
                    options = options with { Json = args[i + 1] };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
