using System.Text.Json;

namespace CompiledNets.Harness.Goldens;

/// <summary>A family of goldens: <c>NAME.json</c> with the cases and <c>NAME.npz</c> with their arrays.</summary>
/// <param name="Name">Name of the family.</param>
/// <param name="Cases">Its cases, in the order of the file.</param>
public sealed record GoldenFamily(string Name, IReadOnlyList<GoldenCase> Cases)
{
    /// <summary>
    /// The names of the families in a folder, sorted: of each JSON file with a list of cases, and of each file of arrays. Reading one
    /// whose other half is missing fails.
    /// </summary>
    public static IReadOnlyList<string> FindIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Where(HasCases).Concat(Directory.EnumerateFiles(folder, "*.npz"))
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads one family.</summary>
    /// <exception cref="InvalidDataException">The files are not of the form.</exception>
    public static GoldenFamily Read(string folder, string name)
    {
        using FileStream json = File.OpenRead(Path.Combine(folder, name + ".json"));
        using JsonDocument document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("cases", out JsonElement entries) || entries.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException($"{name}.json has no list of cases.");
        }

        Dictionary<string, Dictionary<string, NamedArray>> arrays = ArraysByCase(NpzArchive.Read(Path.Combine(folder, name + ".npz")));
        List<GoldenCase> cases = [];
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            string caseName = entry.GetProperty("case").GetString()
                ?? throw new InvalidDataException($"{name}.json has a case without a name.");
            cases.Add(new(caseName, entry.Clone(), arrays.GetValueOrDefault(caseName) ?? []));
        }

        return new(name, cases);
    }

    private static bool HasCases(string file)
    {
        using FileStream json = File.OpenRead(file);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("cases", out _);
        }
        catch (JsonException)
        {
            // What is wrong is said when it is read.
            return true;
        }
    }

    private static Dictionary<string, Dictionary<string, NamedArray>> ArraysByCase(Dictionary<string, NamedArray> arrays)
    {
        Dictionary<string, Dictionary<string, NamedArray>> byCase = new(StringComparer.Ordinal);
        foreach ((string path, NamedArray array) in arrays)
        {
            int slash = path.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0) throw new InvalidDataException($"Array '{path}' is not named CASE/ARRAY.");
            string caseName = path[..slash];
            if (!byCase.TryGetValue(caseName, out Dictionary<string, NamedArray>? ofCase))
                byCase.Add(caseName, ofCase = new(StringComparer.Ordinal));
            string name = path[(slash + 1)..];
            ofCase.Add(name, array with { Name = name });
        }

        return byCase;
    }
}
