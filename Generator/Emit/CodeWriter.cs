using System.Globalization;
using System.Text;

namespace CompiledNets.Generator.Emit;

/// <summary>Writes indented C#; always '\n' and invariant numbers, so that the same input gives the same bytes everywhere.</summary>
/// <param name="columns">Columns of a line, for the writer of a file; those whose text another writer takes over leave lines whole.</param>
internal sealed class CodeWriter(int columns = int.MaxValue)
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Columns of a line in generated files.</summary>
    public const int Columns = 140;

    /// <summary>
    /// Writes a line; an empty one has no indentation. One that is too long goes on in the next, after a comma or, in a comment, after a
    /// word.
    /// </summary>
    public CodeWriter Line(string line = "")
    {
        string rest = line.TrimStart(' ');
        int indentation = rest.Length == 0 ? 0 : (depth * 4) + line.Length - rest.Length;
        string comment = rest.StartsWith("/// ", StringComparison.Ordinal) ? "/// " : rest.StartsWith("// ", StringComparison.Ordinal)
            ? "// " : "";
        int further = comment.Length == 0 ? 4 : 0;
        bool isWhole = rest.StartsWith("#", StringComparison.Ordinal);
        if (!isWhole && comment.Length == 0 && rest.Length > columns - indentation && CommentAfter(rest) is > 0 and var start)
        {
            // What does not fit behind the code stands above it.
            Line(line.Substring(0, line.Length - rest.Length) + rest.Substring(start));
            rest = rest.Substring(0, start).TrimEnd(' ');
        }

        while (!isWhole && rest.Length > columns - indentation && Break(rest, columns - indentation, comment.Length) is var end
            && end < rest.Length)
        {
            text.Append(' ', indentation).Append(rest, 0, end).Append('\n');
            rest = comment + rest.Substring(end).TrimStart(' ');
            indentation += further;
            further = 0;
        }

        text.Append(' ', indentation).Append(rest).Append('\n');
        return this;
    }

    /// <summary>Writes a line and opens a block; <see cref="Close"/> ends it.</summary>
    public CodeWriter Open(string line)
    {
        if (line.Length > 0) Line(line);
        Line("{");
        depth++;
        return this;
    }

    /// <summary>Ends a block.</summary>
    public CodeWriter Close(string suffix = "")
    {
        depth--;
        return Line("}" + suffix);
    }

    /// <summary>Writes several lines at the current depth.</summary>
    public CodeWriter Lines(string block)
    {
        foreach (string line in block.TrimEnd('\n').Split('\n')) Line(line);
        return this;
    }

    /// <summary>Writes several lines at the current depth as they are, such as those of a raw string.</summary>
    public CodeWriter Raw(string block)
    {
        foreach (string line in block.Split('\n')) text.Append(' ', depth * 4).Append(line).Append('\n');
        return this;
    }

    /// <summary>Writes a summary for documentation.</summary>
    public CodeWriter Summary(string summary) => Line($"/// <summary>{Escape(summary)}</summary>");

    /// <summary>Text as it may stand in an XML comment.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A number as C# writes it.</summary>
    public static string Int(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A float literal that reads back as the same bits.</summary>
    public static string Float(double value)
    {
        float single = (float)value;
        if (float.IsNaN(single)) return "float.NaN";
        if (float.IsInfinity(single)) return single > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        string digits = single.ToString("R", CultureInfo.InvariantCulture);
        if (float.Parse(digits, CultureInfo.InvariantCulture) != single) digits = single.ToString("G9", CultureInfo.InvariantCulture);
        return (single == 0 && 1 / single < 0 ? "-0" : digits) + "f";
    }

    /// <summary>A string literal.</summary>
    public static string String(string value)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') literal.Append('\\').Append(c);
            else if (c < ' ' || c > '~') literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    // Where the comment behind code begins; -1 where there is none.
    private static int CommentAfter(string line)
    {
        bool isText = false;
        for (int i = 1; i < line.Length - 1; i++)
        {
            if (line[i] == '"' && line[i - 1] != '\\') isText = !isText;
            if (!isText && line[i] == '/' && line[i + 1] == '/' && line[i - 1] == ' ') return i;
        }

        return -1;
    }

    // The last place before a column where a line may end: after a word of a comment; after a comma of code, of the outermost call if
    // possible. Texts are never cut.
    private static int Break(string line, int column, int comment)
    {
        int best = line.Length, bestNesting = int.MaxValue, nesting = 0;
        bool isText = false;
        for (int i = comment; i < line.Length - 1; i++)
        {
            if (comment == 0 && line[i] == '"' && (i == 0 || line[i - 1] != '\\')) isText = !isText;
            if (comment == 0 && !isText) nesting += line[i] is '(' or '[' or '{' ? 1 : line[i] is ')' or ']' or '}' ? -1 : 0;
            bool mayEnd = comment > 0 ? line[i + 1] == ' ' : !isText && line[i] == ',' && line[i + 1] == ' ';
            if (!mayEnd) continue;
            if (i + 1 > column && best < line.Length) break;
            if (nesting > bestNesting) continue;
            (best, bestNesting) = (i + 1, nesting);
        }

        return best;
    }

    public override string ToString() => text.ToString();
}
