using System.Globalization;
using System.Text.RegularExpressions;
using CompiledNets.Keras;

namespace CompiledNets.Conformance.Judges;

/// <summary>
/// Callbacks as goldens note them: <c>EarlyStopping(patience 3, restore_best_weights)</c>. A note of another form is a remark.
/// </summary>
internal static partial class CallbackNote
{
    /// <summary>The callbacks of a note.</summary>
    /// <exception cref="KerasUnsupportedException">The product does not have such a callback.</exception>
    public static Callback[] Read(string? note)
    {
        if (note is null || Form().Match(note) is not { Success: true } match) return [];
        Dictionary<string, string> arguments = match.Groups[2].Value.Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(argument => argument.Split(' ', 2))
                .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "True", StringComparer.Ordinal);
        if (match.Groups[1].Value != "EarlyStopping") throw new KerasUnsupportedException($"callback {match.Groups[1].Value}");
        EarlyStopping stopping = new(
            Take("monitor") ?? "val_loss", Number("min_delta") ?? 0, (int)(Number("patience") ?? 0), mode: Take("mode") is string mode
                ? Enum.Parse<MonitorMode>(mode, ignoreCase: true) : MonitorMode.Auto, baseline: Number("baseline"),
            restoreBestWeights: Take("restore_best_weights") == "True", startFromEpoch: (int)(Number("start_from_epoch") ?? 0));
        return arguments.Count == 0 ? [stopping]
            : throw new KerasUnsupportedException($"EarlyStopping with {string.Join(", ", arguments.Keys)}");

        string? Take(string name) => arguments.Remove(name, out string? value) ? value : null;

        double? Number(string name) => Take(name) is string value ? double.Parse(value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"^([A-Z]\w+)\((.*)\)$")]
    private static partial Regex Form();
}
