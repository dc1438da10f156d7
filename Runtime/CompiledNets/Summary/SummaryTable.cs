using System.Text;

namespace CompiledNets;

/// <summary>How text stands in a column.</summary>
internal enum Alignment
{
    Left,
    Center,
    Right,
}

/// <summary>
/// A table with a heavy head and a rule between rows, laid out as the Python library rich lays out the one of Keras's summary.
/// </summary>
/// <param name="columns">Header, width without padding, and alignment of each column.</param>
/// <param name="width">Columns of the terminal that the table takes, its borders included.</param>
internal sealed class SummaryTable((string Header, int Width, Alignment Alignment)[] columns, int width)
{
    private const int Padding = 2;

    private readonly int[] widths = Fit([.. columns.Select(column => column.Width + Padding)], width - columns.Length - 1);
    private readonly List<StyledText[]> rows = [];

    /// <summary>Adds a row: a cell for each column.</summary>
    public void Add(params StyledText[] cells) => rows.Add(cells);

    /// <summary>The lines, each ended by a line feed.</summary>
    public string ToString(bool hasColors)
    {
        var text = new StringBuilder();
        Rule(text, '┏', '━', '┳', '┓');
        Write(text, [.. columns.Select(column => new StyledText().Add(column.Header, StyledText.Bold))], '┃', StyledText.Bold, hasColors);
        Rule(text, '┡', '━', '╇', '┩');
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0) Rule(text, '├', '─', '┼', '┤');
            Write(text, rows[i], '│', null, hasColors);
        }

        Rule(text, '└', '─', '┴', '┘');
        return text.ToString();
    }

    private void Rule(StringBuilder text, char left, char line, char between, char right)
    {
        text.Append(left);
        for (int i = 0; i < widths.Length; i++)
        {
            if (i > 0) text.Append(between);
            text.Append(line, widths[i]);
        }

        text.Append(right).Append('\n');
    }

    private void Write(StringBuilder text, StyledText[] cells, char border, string? style, bool hasColors)
    {
        string side = new StyledText().Add(" ", style).ToString(hasColors);
        IReadOnlyList<StyledText>[] lines = [.. cells.Select((cell, i) => cell.Wrap(Math.Max(1, widths[i] - Padding)))];
        int height = lines.Max(cell => cell.Count);
        for (int line = 0; line < height; line++)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                StyledText part = line < lines[i].Count ? lines[i][line] : new();
                string blank = line < lines[i].Count ? side : " ";
                text.Append(border).Append(blank);
                text.Append(Aligned(part, widths[i] - Padding, columns[i].Alignment, line < lines[i].Count ? style : null)
                    .ToString(hasColors));
                text.Append(blank);
            }

            text.Append(border).Append('\n');
        }
    }

    private static StyledText Aligned(StyledText text, int width, Alignment alignment, string? style)
    {
        int free = Math.Max(0, width - text.Length);
        int left = alignment switch { Alignment.Left => 0, Alignment.Center => free / 2, _ => free };
        return new StyledText().Add(new string(' ', left), style).Add(text).Add(new string(' ', free - left), style);
    }

    // What is too much is taken from the columns, and what is too little given to them, from left to right.
    private static int[] Fit(int[] widths, int room)
    {
        int excess = widths.Sum() - room, left = widths.Length;
        if (excess > 0)
        {
            for (int i = 0; i < widths.Length; i++, left--)
            {
                int cut = Math.Min(widths[i], (int)Math.Round((double)excess / left, MidpointRounding.ToEven));
                widths[i] -= cut;
                excess -= cut;
            }
        }
        else if (excess < 0)
        {
            int missing = -excess, share = widths.Sum();
            for (int i = 0; i < widths.Length; i++)
            {
                int more = (int)Math.Ceiling((double)widths[i] * missing / share);
                share -= widths[i];
                widths[i] += more;
                missing -= more;
            }
        }

        return widths;
    }
}
