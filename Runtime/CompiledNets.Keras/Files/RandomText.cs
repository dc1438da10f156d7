using System.Globalization;
using System.Text.Json;
using CompiledNets.Files;

namespace CompiledNets.Keras.Files;

/// <summary>
/// Where the random numbers of a training are, as a text that Keras passes over: an attribute in HDF5, a property of <c>metadata.json</c>.
/// </summary>
internal static class RandomText
{
    /// <summary>Its name.</summary>
    public const string Attribute = "compilednets_random";

    /// <summary>Seed, shuffles and steps: <c>7 2 120</c>.</summary>
    public static string Write(RandomState state) =>
        string.Create(CultureInfo.InvariantCulture, $"{state.Seed} {state.Shuffles} {state.Steps}");

    /// <summary>Reads the text; null for one that is none.</summary>
    public static RandomState? Read(string text) => text.Split(' ') is [var seed, var shuffles, var steps]
        && int.TryParse(seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int first)
        && uint.TryParse(shuffles, NumberStyles.None, CultureInfo.InvariantCulture, out uint second)
        && uint.TryParse(steps, NumberStyles.None, CultureInfo.InvariantCulture, out uint third) ? new(first, second, third) : null;

    /// <summary>Reads it of a <c>metadata.json</c>; null where it has none.</summary>
    public static RandomState? Read(JsonElement? metadata) => metadata is { ValueKind: JsonValueKind.Object } given
        && given.TryGetProperty(Attribute, out JsonElement text) && text.ValueKind == JsonValueKind.String ? Read(text.GetString()!) : null;
}
