namespace CompiledNets.Benchmarks.Measuring;

/// <summary>
/// A table that is printed row by row, as rows come: a column for each title, the first to the left, the others to the right.
/// </summary>
internal sealed class Table
{
    private readonly int[] widths;

    /// <summary>Prints the titles.</summary>
    public Table(params IReadOnlyList<(string Title, int Width)> columns)
    {
        widths = [.. columns.Select(column => Math.Max(column.Width, column.Title.Length))];
        Row([.. columns.Select(column => column.Title)]);
        Console.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
    }

    /// <summary>Prints a row.</summary>
    public void Row(params IReadOnlyList<string> cells) =>
        Console.WriteLine(string.Join("  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))
            .TrimEnd());
}
