using System.Text.RegularExpressions;

namespace CompiledNets.Keras.Files;

/// <summary>What configs of Keras 1 and 2 say in other words than those of Keras 3.</summary>
internal static partial class Keras2Config
{
    /// <summary>A network's JSON as Keras 3 would have written it.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="version">
    /// The version of Keras that wrote it: <c>2.4.0</c>; null for one that does not tell, as the oldest do not.
    /// </param>
    public static string AsKeras3(string text, string? version)
    {
        if (version is not (null or ['1' or '2', ..])) return text;
        // Before reset_after there was one form, which Keras 3 has by that argument.
        if (!text.Contains("\"reset_after\"", StringComparison.Ordinal)) text = GatedUnits().Replace(text, "$0\"reset_after\": false, ");
        return HardSigmoid().Replace(text, $"$1\"{Activation.Keras2HardSigmoid}\"");
    }

    [GeneratedRegex("(activation\"\\s*:\\s*)\"hard_sigmoid\"")]
    private static partial Regex HardSigmoid();

    [GeneratedRegex("\"class_name\"\\s*:\\s*\"GRU\"\\s*,\\s*\"config\"\\s*:\\s*\\{")]
    private static partial Regex GatedUnits();
}
