using System.Text;

namespace CompiledNets;

/// <summary>Text whose characters may be bold or have a colour.</summary>
internal sealed class StyledText
{
    /// <summary>The colours of Keras's summary: of 256, class names, numbers, None, and what does not train.</summary>
    public const string ClassName = "38;5;33", Number = "38;5;34", None = "38;5;45", Bold = "1", BoldYes = "1;38;5;34", BoldNo = "1;38;5;9";

    private readonly StringBuilder characters = new();
    private readonly List<string?> styles = [];

    /// <summary>The characters.</summary>
    public string Plain => characters.ToString();

    /// <summary>How many there are.</summary>
    public int Length => characters.Length;

    /// <summary>Adds text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">How it looks, as a terminal takes it (<c>1;38;5;34</c>); null for plain.</param>
    public StyledText Add(string text, string? style = null)
    {
        characters.Append(text);
        for (int i = 0; i < text.Length; i++) styles.Add(style);
        return this;
    }

    /// <summary>Adds what another one has.</summary>
    public StyledText Add(StyledText other)
    {
        characters.Append(other.characters);
        styles.AddRange(other.styles);
        return this;
    }

    /// <summary>The text with escape codes for a terminal, or without.</summary>
    public string ToString(bool hasColors)
    {
        if (!hasColors) return Plain;
        var text = new StringBuilder();
        string plain = Plain;
        for (int start = 0, end; start < plain.Length; start = end)
        {
            for (end = start + 1; end < plain.Length && styles[end] == styles[start];) end++;
            if (styles[start] is not { } style) text.Append(plain, start, end - start);
            else text.Append("\u001b[").Append(style).Append('m').Append(plain, start, end - start).Append("\u001b[0m");
        }

        return text.ToString();
    }

    /// <summary>
    /// Breaks the text at blanks into lines of a width. A word that is wider is cut, with an ellipsis as its last character. The rules are
    /// those of the Python library rich, which Keras prints with.
    /// </summary>
    public IReadOnlyList<StyledText> Wrap(int width)
    {
        string plain = Plain;
        var starts = new List<int> { 0 };
        int used = 0;
        foreach ((int start, int end) in Words(plain))
        {
            int word = plain.AsSpan(start, end - start).TrimEnd().Length;
            if (width - used >= word)
            {
                used += end - start;
            }
            else if (start > 0 && (word > width || used > 0))
            {
                starts.Add(start);
                used = end - start;
            }
            else if (word > width)
            {
                used = end - start;
            }
        }

        return [.. starts.Select((start, i) => Line(plain, start, i + 1 < starts.Count ? starts[i + 1] : plain.Length, width))];
    }

    private StyledText Line(string plain, int start, int end, int width)
    {
        while (end > start && end - start > width && char.IsWhiteSpace(plain[end - 1])) end--;
        var line = new StyledText();
        int kept = end - start > width ? width - 1 : end - start;
        for (int i = start; i < start + kept; i++) line.Add(plain[i].ToString(), styles[i]);
        if (kept < end - start) line.Add("…", styles[start + kept]);
        return line;
    }

    // Each word with the blanks around it.
    private static IEnumerable<(int Start, int End)> Words(string text)
    {
        for (int start = 0, at = 0; start < text.Length; start = at)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) yield break;
            while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            yield return (start, at);
        }
    }
}
