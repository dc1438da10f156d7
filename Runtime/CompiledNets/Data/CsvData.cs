using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// A table of text read from CSV: columns become numbers with <see cref="Features"/> and <see cref="Numbers(Index)"/>, or stay text with <see cref="Strings(Index)"/>. Rows and columns
/// count from 0; lines of the file from 1.
/// </summary>
public sealed class CsvData
{
    private readonly string name;
    private readonly bool hasHeader;
    private readonly IReadOnlyList<CsvRecord> rows;

    private CsvData(string name, bool hasHeader, IReadOnlyList<CsvRecord> records)
    {
        this.name = name;
        this.hasHeader = hasHeader;
        Columns = hasHeader ? records[0].Fields : [.. Enumerable.Range(0, records[0].Fields.Length).Select(column => column.ToString(CultureInfo.InvariantCulture))];
        rows = hasHeader ? [.. records.Skip(1)] : records;
    }

    /// <summary>Names of the columns: those of the header, or 0, 1, 2, ... where there is none.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows there are, without the header.</summary>
    public int RowCount => rows.Count;

    /// <summary>Reads a file, in UTF-8 or as its byte order mark says. Blank lines are skipped; spaces around a field do not count; fields may be quoted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">There are no rows, not all rows have as many fields, or quotes do not match; the message has the file and the line.</exception>
    public static CsvData Read(string path, bool hasHeader = false, char delimiter = ',')
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using StreamReader reader = new(path);
        return Read(reader, path, hasHeader, delimiter);
    }

    /// <summary>Reads text, as <see cref="Read(string, bool, char)"/> reads a file.</summary>
    /// <param name="reader">The text; it is read to its end and closed.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <exception cref="InvalidDataException">There are no rows, not all rows have as many fields, or quotes do not match; the message has the line.</exception>
    public static CsvData Read(TextReader reader, string name, bool hasHeader = false, char delimiter = ',')
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(name);
        IReadOnlyList<CsvRecord> records = CsvRecord.ReadAll(reader, name, delimiter);
        int least = hasHeader ? 2 : 1;
        if (records.Count >= least) return new(name, hasHeader, records);
        throw new InvalidDataException($"{name}: expected {(hasHeader ? "a header and at least one row" : "at least one row")}, but {(records.Count == 0 ? "the file is empty" : "there is only a header")}.");
    }

    /// <summary>Columns as numbers: <c>Features(..^1)</c> is all but the last.</summary>
    /// <param name="columns">The columns.</param>
    /// <returns>Shape (rows, columns).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such columns.</exception>
    /// <exception cref="InvalidDataException">A field is not a number; the message has the file, the line, the column and the text.</exception>
    public Tensor<float> Features(Range columns)
    {
        (int first, int count) = Resolve(columns);
        float[] numbers = new float[checked(RowCount * count)];
        int i = 0;
        foreach (CsvRecord row in rows)
        {
            for (int column = first; column < first + count; column++) numbers[i++] = Number(row, column);
        }

        return Tensor.Create(numbers, [RowCount, count]);
    }

    /// <summary>One column as numbers.</summary>
    /// <param name="column">The column: <c>0</c> is the first, <c>^1</c> the last.</param>
    /// <returns>Shape (rows).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A field is not a number; the message has the file, the line, the column and the text.</exception>
    public Tensor<float> Numbers(Index column)
    {
        int at = Resolve(column);
        return Tensor.Create([.. rows.Select(row => Number(row, at))], [RowCount]);
    }

    /// <summary>One column as numbers.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>Shape (rows).</returns>
    /// <exception cref="ArgumentException">Not exactly one column has the name.</exception>
    /// <exception cref="InvalidDataException">A field is not a number; the message has the file, the line, the column and the text.</exception>
    public Tensor<float> Numbers(string column) => Numbers(Resolve(column));

    /// <summary>One column as text.</summary>
    /// <param name="column">The column: <c>0</c> is the first, <c>^1</c> the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public string[] Strings(Index column)
    {
        int at = Resolve(column);
        return [.. rows.Select(row => row.Fields[at])];
    }

    /// <summary>One column as text.</summary>
    /// <param name="column">The column's name.</param>
    /// <exception cref="ArgumentException">Not exactly one column has the name.</exception>
    public string[] Strings(string column) => Strings(Resolve(column));

    private float Number(CsvRecord row, int column)
    {
        string text = row.Fields[column];
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)) return number;
        string where = string.Create(CultureInfo.InvariantCulture, $"{name}, line {row.Line}, column {column}{(hasHeader ? $" ('{Columns[column]}')" : "")}");
        string found = text.Length == 0 ? "the field is empty" : $"found '{text}'";
        string hint = !hasHeader && row == rows[0] ? " If the first line has the names of the columns, read it with hasHeader: true." : "";
        throw new InvalidDataException($"{where}: expected a number such as -1.5, but {found}.{hint}");
    }

    private (int First, int Count) Resolve(Range columns)
    {
        int first = columns.Start.GetOffset(Columns.Count), end = columns.End.GetOffset(Columns.Count);
        if (first >= 0 && end <= Columns.Count && first < end) return (first, end - first);
        throw new ArgumentOutOfRangeException(nameof(columns), $"Expected at least one of the {Count(Columns.Count)} of {name}, which count from 0. Received: {columns}");
    }

    private int Resolve(Index column)
    {
        int at = column.GetOffset(Columns.Count);
        if (at >= 0 && at < Columns.Count) return at;
        throw new ArgumentOutOfRangeException(nameof(column), $"Expected one of the {Count(Columns.Count)} of {name}, which count from 0. Received: {column}");
    }

    private int Resolve(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        int[] found = [.. Enumerable.Range(0, Columns.Count).Where(at => Columns[at] == column)];
        if (found.Length == 1) return found[0];
        string known = string.Join(", ", Columns.Select(known => $"'{known}'"));
        throw new ArgumentException($"Expected the name of one column of {name}, but {(found.Length == 0 ? "none" : "more than one")} is called '{column}'. The columns are {known}.", nameof(column));
    }

    private static string Count(int columns) => string.Create(CultureInfo.InvariantCulture, $"{columns} {(columns == 1 ? "column" : "columns")}");
}
