using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CompiledNets;

/// <summary>
/// Names of files with figures in them, as Python formats them: <c>{epoch:02d}-{val_loss:.2f}.safetensors</c>. Two braces are one.
/// </summary>
internal static partial class FileTemplate
{
    /// <summary>Fills a name in.</summary>
    /// <param name="template">The name.</param>
    /// <param name="figures">The figures, and the numbers of the epoch and the batch, from 1.</param>
    /// <exception cref="ArgumentException">A field is not there, or its form is none.</exception>
    public static string Fill(string template, IEnumerable<KeyValuePair<string, double>> figures)
    {
        Dictionary<string, double> values = new(figures, StringComparer.Ordinal);
        return Field().Replace(template, match => match.Value switch
        {
            "{{" => "{",
            "}}" => "}",
            _ when match.Groups["name"].Value is var name && values.TryGetValue(name, out double value) =>
                Text(template, value, match, name),
            _ => throw new ArgumentException(
                $"Failed to format this callback filepath: \"{template}\". Reason: there is no '{match.Groups["name"].Value}'. " +
                $"There are: {string.Join(", ", values.Keys)}."),
        });
    }

    // A whole number is one where no form asks for more: {epoch}.
    private static string Text(string template, double value, Match match, string name)
    {
        int precision = match.Groups["precision"].Success ? int.Parse(match.Groups["precision"].Value, CultureInfo.InvariantCulture) : 6;
        bool isCount = name is "epoch" or "batch";
        string text = match.Groups["type"].Value switch
        {
            "" when !match.Groups["precision"].Success =>
                isCount ? ((long)value).ToString(CultureInfo.InvariantCulture) : PythonNumber.Text(value),
            "d" when value == Math.Floor(value) => ((long)value).ToString(CultureInfo.InvariantCulture),
            "f" => value.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            "e" => value.ToString("0." + new string('0', precision) + "e+00", CultureInfo.InvariantCulture),
            "" or "g" => value.ToString("G" + Math.Max(1, precision).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            _ => throw new ArgumentException(
                $"Failed to format this callback filepath: \"{template}\". Reason: {PythonNumber.Text(value)} of '{name}' is no whole " +
                    $"number."),
        };
        if (!match.Groups["width"].Success) return text;
        int width = int.Parse(match.Groups["width"].Value, CultureInfo.InvariantCulture);
        var padded = new StringBuilder(text);
        if (match.Groups["zero"].Success)
        {
            int at = text.StartsWith('-') ? 1 : 0;
            padded.Insert(at, new string('0', Math.Max(0, width - text.Length)));
        }
        else
        {
            padded.Insert(0, new string(' ', Math.Max(0, width - text.Length)));
        }

        return padded.ToString();
    }

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>\w+)(?::(?<zero>0)?(?<width>[1-9][0-9]*)?(?:\.(?<precision>[0-9]+))?(?<type>[dfeg])?)?\}")]
    private static partial Regex Field();
}
