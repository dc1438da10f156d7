using System.Globalization;

namespace CompiledNets.Data;

/// <summary>How the text of a table is to be read; <see cref="CsvData"/> says what each means.</summary>
internal sealed record CsvFormat(
    bool HasHeader, char? Separator, bool DecimalComma, char? Comment, int SkipLines, IReadOnlySet<string> MissingTexts)
{
    private static readonly NumberFormatInfo Point = NumberFormatInfo.InvariantInfo;
    private static readonly NumberFormatInfo Comma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>Texts that stand for a missing value where nothing else is said: those of R, pandas, SQL and of the UCI archive.</summary>
    public static IReadOnlySet<string> UsualMissingTexts { get; } =
        new HashSet<string>(["", "?", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null"], StringComparer.Ordinal);

    /// <summary>Checks what a user asks for.</summary>
    /// <exception cref="ArgumentException">Characters that cannot serve, or fewer than no lines to skip.</exception>
    public static CsvFormat Of(
        bool hasHeader, char? separator, bool decimalComma, char? comment, int skipLines, IEnumerable<string>? missingTexts)
    {
        Character(separator, nameof(separator));
        Character(comment, nameof(comment));
        if (separator is not null && separator == comment)
            throw new ArgumentException(
                $"Expected a comment character that is not the separator. Received: '{comment}' for both", nameof(comment));
        if (skipLines < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(skipLines), string.Create(
                    CultureInfo.InvariantCulture, $"Expected a number of lines to skip, from 0. Received: {skipLines}"));
        }

        IReadOnlySet<string> missing = missingTexts is null ? UsualMissingTexts : missingTexts.ToHashSet(StringComparer.Ordinal);
        return new(hasHeader, separator, decimalComma, comment, skipLines, missing);
    }

    /// <summary>Reads a number; an infinite one where it is too large.</summary>
    public bool TryNumber(string text, out float number) =>
        float.TryParse(text, NumberStyles.Float, DecimalComma ? Comma : Point, out number) && !float.IsNaN(number);

    /// <summary>Whether the text were a number with the other decimal separator.</summary>
    public bool IsNumberOtherwise(string text) => float.TryParse(text, NumberStyles.Float, DecimalComma ? Point : Comma, out _);

    /// <summary>Whether the text is a number with a separator between its thousands, which is not taken: 1,234 and 1,234.5.</summary>
    public bool HasThousands(string text)
    {
        (char group, char point) = DecimalComma ? ('.', ',') : (',', '.');
        string[] groups = text.Split(point)[0].Split(group);
        return groups.Length > 1 && groups[0].TrimStart('-', '+').Length is > 0 and <= 3 && groups.Skip(1).All(part => part.Length == 3)
            && TryNumber(text.Replace(group.ToString(), "", StringComparison.Ordinal), out _);
    }

    private static void Character(char? character, string argument)
    {
        if (character is not ('"' or '\r' or '\n' or '\0')) return;
        throw new ArgumentException(
            $"Expected a {argument} character that is no quote and no end of a line. Received: '{character}'", argument);
    }
}
