using System.Text.Json;

namespace CompiledNets.Harness.Goldens;

/// <summary>One case of a family: what was computed, and the arrays that went in and came out.</summary>
/// <param name="Name">Its name in the family.</param>
/// <param name="Info">Its entry in the family's JSON: class, config, arguments.</param>
/// <param name="Arrays">Its arrays in the order of the file, by name without the case's.</param>
public sealed record GoldenCase(string Name, JsonElement Info, IReadOnlyDictionary<string, NamedArray> Arrays)
{
    /// <summary>An array that the case must have.</summary>
    /// <exception cref="InvalidDataException">It has none of that name.</exception>
    public NamedArray this[string array] =>
        Arrays.TryGetValue(array, out NamedArray? found) ? found
            : throw new InvalidDataException($"Case '{Name}' has no array '{array}', only {string.Join(", ", Arrays.Keys)}.");

    /// <summary>The arrays <c>PREFIX0</c>, <c>PREFIX1</c>, ... as far as they go.</summary>
    public IReadOnlyList<NamedArray> Numbered(string prefix)
    {
        List<NamedArray> found = [];
        while (Arrays.TryGetValue($"{prefix}{found.Count}", out NamedArray? next)) found.Add(next);
        return found;
    }

    /// <summary>A text of the entry; null where it is missing or null.</summary>
    public string? Text(string property) =>
        Info.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A part of the entry; null where it is missing or null.</summary>
    public JsonElement? Part(string property) =>
        Info.TryGetProperty(property, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
