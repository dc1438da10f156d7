namespace CompiledNets.Data;

/// <summary>Finds what stands between fields.</summary>
internal static class CsvSeparator
{
    /// <summary>Characters that are looked for.</summary>
    public static ReadOnlySpan<char> Known => ['\t', ';', '|', ','];

    // As many rows as are looked at.
    private const int Most = 100;

    /// <summary>
    /// The one that each of the first rows has equally often, outside of quotes. Where a comma and another one are, a comma between digits,
    /// at most one in a field, is a decimal comma; otherwise the more frequent is taken.
    /// </summary>
    public static char Find(string text, bool decimalComma)
    {
        List<int[]> rows = Count(text);
        char[] steady = [.. Known.ToArray().Where((_, i) => rows.Count > 0 && rows[0][i] > 0 && rows.All(row => row[i] == rows[0][i]))];
        // With decimal commas, commas separate only fields that are quoted.
        if (decimalComma && !text.Contains('"')) steady = [.. steady.Where(separator => separator != ',')];
        if (steady.Length == 0)
        {
            // Rows that differ in length: the one that most of them have, so that the message of their lengths is about it.
            char[] candidates = decimalComma ? [.. Known[..^1]] : [.. Known];
            char likely = candidates.MaxBy(separator => rows.Count(row => row[Known.IndexOf(separator)] > 0));
            return rows.Any(row => row[Known.IndexOf(likely)] > 0) ? likely : candidates[^1];
        }

        if (steady.Length > 1 && steady[^1] == ',')
        {
            char other = steady[..^1].MaxBy(separator => rows[0][Known.IndexOf(separator)]);
            if (CommasAreDecimal(text, other)) return other;
        }

        return steady.MaxBy(separator => rows[0][Known.IndexOf(separator)]);
    }

    /// <summary>What a separator is called in a message.</summary>
    public static string Name(char separator) =>
        separator switch { '\t' => "a tab ('\\t')", ';' => "a semicolon (';')", ',' => "a comma (',')", _ => $"'{separator}'" };

    // How often each separator is in each of the first rows that are not blank.
    private static List<int[]> Count(string text)
    {
        List<int[]> rows = [];
        int[] counts = new int[Known.Length];
        bool quoted = false, blank = true;
        for (int i = 0; i <= text.Length && rows.Count < Most; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (c is '\n' or '\r' && !quoted)
            {
                if (!blank) rows.Add(counts);
                (counts, blank) = (new int[Known.Length], true);
                continue;
            }

            blank &= c == ' ';
            quoted ^= c == '"';
            int at = quoted ? -1 : Known.IndexOf(c);
            if (at >= 0) counts[at]++;
        }

        return rows;
    }

    private static bool CommasAreDecimal(string text, char separator)
    {
        int rows = 0;
        bool quoted = false, comma = false;
        for (int i = 0; i < text.Length && rows < Most; i++)
        {
            char c = text[i];
            quoted ^= c == '"';
            if (quoted) continue;
            if (c is '\n' or '\r') rows++;
            if (c is '\n' or '\r' || c == separator) comma = false;
            if (c != ',') continue;
            if (comma || i == 0 || i + 1 == text.Length || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])) return false;
            comma = true;
        }

        return true;
    }
}
