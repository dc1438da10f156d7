using CompiledNets.Harness.Goldens;

namespace CompiledNets.Conformance;

/// <summary>The command line.</summary>
/// <param name="Folder">The folder with the goldens; the project's own where none is given.</param>
/// <param name="Family">The only family to judge; null for all.</param>
/// <param name="Case">The only case to judge; null for all.</param>
/// <param name="Json">The file for results in JSON; null for none.</param>
/// <param name="Files">The folder with model files to judge instead of families; null for none.</param>
/// <param name="Expected">The folder with what they should predict.</param>
public sealed record ConformanceOptions(string Folder, string? Family, string? Case, string? Json, string? Files = null,
    string? Expected = null)
{
    /// <summary>How the program is called.</summary>
    public const string Usage =
        "Conformance [FOLDER] [--family NAME] [--case NAME] [--json FILE]\nConformance --files FOLDER --expected FOLDER [--json FILE]";

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
                case "--files":
                    options = options with { Files = args[i + 1] };
                    break;
                case "--expected":
                    options = options with { Expected = args[i + 1] };
                    break;
                case "--json":
                    options = options with { Json = args[i + 1] };
                    break;
                default:
                    return null;
            }
        }

        bool isOfFiles = options.Files is not null;
        bool isWrong = isOfFiles != options.Expected is not null
            || (isOfFiles && (hasFolder || options.Family is not null || options.Case is not null));
        return isWrong ? null : options;
    }
}
