using System.Globalization;
using System.Text;

namespace CompiledNets.Data;

/// <summary>The text of a file, before it is cut into fields.</summary>
/// <param name="Text">The text, without a byte order mark.</param>
/// <param name="Flaw">A character that stands where the text is damaged; null where it is whole.</param>
/// <param name="Expected">What a message says of a field with such a character; {0} is the field.</param>
internal sealed record CsvText(string Text, char? Flaw, string Expected)
{
    // A code point that is no character: it stands for bytes that are none in the file's encoding.
    private const char NoCharacter = '\uFFFF';

    // UTF-32 first: its mark begins as that of UTF-16 does.
    private static readonly Encoding[] Marked =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true), new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true), new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
    ];

    /// <summary>Decodes a file: as its byte order mark says, else as the user says, else as UTF-8.</summary>
    public static CsvText Of(ReadOnlySpan<byte> bytes, Encoding? encoding)
    {
        foreach (Encoding marked in Marked)
        {
            if (!bytes.StartsWith(marked.Preamble)) continue;
            encoding = marked;
            bytes = bytes[marked.Preamble.Length..];
            break;
        }

        Encoding strict = (Encoding)(encoding ?? Encoding.UTF8).Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        string name = strict.WebName.ToUpperInvariant();
        string text;
        try
        {
            text = strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            strict.DecoderFallback = new DecoderReplacementFallback(NoCharacter.ToString());
            text = strict.GetString(bytes);
            string found = $"expected text in {name}, but found bytes that are none at each \uFFFD in '{{0}}'.";
            const string latin = "If the file has another encoding, name it, such as encoding: Encoding.Latin1.";
            if (!text.Contains('\0')) return new(text, NoCharacter, $"{found} {latin}");
        }

        string nul = $"expected text in {name}, but found a character NUL at each \uFFFD in '{{0}}'.";
        const string wide = "A file in UTF-16 has them when it is read otherwise: name its encoding, such as encoding: Encoding.Unicode.";
        return new(text, text.Contains('\0') ? '\0' : null, $"{nul} {wide}");
    }

    /// <summary>Takes text that somebody else has decoded, who has put U+FFFD where bytes were no text.</summary>
    public static CsvText Of(TextReader reader)
    {
        string text = reader.ReadToEnd();
        if (text.StartsWith('\uFEFF')) text = text[1..];
        char? flaw = text.Contains('\uFFFD') ? '\uFFFD' : text.Contains('\0') ? '\0' : null;
        const string expected = "expected text, but its reader found bytes that are none, or a character NUL, at each \uFFFD in '{0}'.";
        return new(text, flaw, $"{expected} Give the reader the encoding of the file.");
    }

    /// <summary>
    /// Refuses rows with a character NUL before they are cut into fields: their quotes and line ends are not what they seem.
    /// </summary>
    public void CheckNul(string rows, string name, int linesBefore, char separator)
    {
        int nul = Flaw == '\0' ? rows.IndexOf('\0', StringComparison.Ordinal) : -1;
        if (nul < 0) return;
        string[] lines = rows[..nul].ReplaceLineEndings("\n").Split('\n');
        string where = string.Create(
            CultureInfo.InvariantCulture, $"{name}, line {linesBefore + lines.Length}, column {lines[^1].Count(c => c == separator)}");
        int first = nul - lines[^1].Length, end = rows.AsSpan(nul).IndexOfAny('\r', '\n');
        throw Refusal(where, end < 0 ? rows[first..] : rows[first..(nul + end)]);
    }

    /// <summary>The error of a field that is damaged.</summary>
    public InvalidDataException Refusal(string where, string field)
    {
        string expected = Expected.Replace("{0}", field.Length > 40 ? $"{field[..40]}..." : field, StringComparison.Ordinal);
        return new($"{where}: {expected}".Replace(Flaw!.Value, '\uFFFD'));
    }

    /// <summary>The text without its first lines, and with nothing in lines that are comments, which keep their place.</summary>
    public string Rows(int skipLines, char? comment)
    {
        ReadOnlySpan<char> rest = Text;
        for (; skipLines > 0; skipLines--) Line(ref rest);
        if (comment is null) return rest.ToString();

        StringBuilder rows = new(rest.Length);
        bool quoted = false;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> line = Line(ref rest);
            // Within quotes a line belongs to a field that spans several.
            if (!quoted && line.TrimStart(' ').StartsWith(comment.Value))
            {
                rows.Append('\n');
                continue;
            }

            quoted ^= line.Count('"') % 2 == 1;
            rows.Append(line);
        }

        return rows.ToString();
    }

    // The first line with its end, which the rest loses.
    private static ReadOnlySpan<char> Line(ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAny('\r', '\n');
        int length = end < 0 ? rest.Length : end + (rest[end..].StartsWith("\r\n") ? 2 : 1);
        ReadOnlySpan<char> line = rest[..length];
        rest = rest[length..];
        return line;
    }
}
