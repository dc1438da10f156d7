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
        Callback callback = match.Groups[1].Value switch
        {
            "EarlyStopping" => new EarlyStopping(
                Take("monitor") ?? "val_loss", Number("min_delta") ?? 0, Whole("patience") ?? 0, mode: Mode(), baseline: Number("baseline"),
                restoreBestWeights: Take("restore_best_weights") == "True", startFromEpoch: Whole("start_from_epoch") ?? 0),
            "ReduceLROnPlateau" => new ReduceLROnPlateau(
                Take("monitor") ?? "val_loss", Number("factor") ?? 0.1, Whole("patience") ?? 10, mode: Mode(),
                minDelta: Number("min_delta") ?? 1e-4, cooldown: Whole("cooldown") ?? 0, minLr: Number("min_lr") ?? 0),
            "SwapEMAWeights" => new SwapEMAWeights(Take("swap_on_epoch") == "True"),
            "TerminateOnNaN" => new TerminateOnNaN(),
            string other => throw new KerasUnsupportedException($"callback {other}"),
        };
        return arguments.Count == 0 ? [callback]
            : throw new KerasUnsupportedException($"{match.Groups[1].Value} with {string.Join(", ", arguments.Keys)}");

        MonitorMode Mode() => Take("mode") is string mode ? Enum.Parse<MonitorMode>(mode, ignoreCase: true) : MonitorMode.Auto;

        int? Whole(string name) => (int?)Number(name);

        string? Take(string name) => arguments.Remove(name, out string? value) ? value : null;

        double? Number(string name) => Take(name) is string value ? double.Parse(value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"^([A-Z]\w+)\((.*)\)$")]
    private static partial Regex Form();
}
