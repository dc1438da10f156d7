using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using CompiledNets.Naming;

namespace CompiledNets.Data;

/// <summary>
/// A table of text read from CSV: columns become numbers with <see cref="Features(Range, Missing?)"/> and
/// <see cref="Numbers(Index, Missing?)"/>, one-hot columns with <see cref="OneHot"/>, or
/// stay text with <see cref="Strings(Index, string?)"/>. Rows and columns count from 0; lines of the file from 1.
/// </summary>
public sealed class CsvData
{
    // As many rows as a message looks at to say what a column holds.
    private const int Looked = 20;

    private readonly string name;
    private readonly CsvFormat format;
    private readonly char separator;
    private readonly IReadOnlyList<CsvRecord> rows;

    private CsvData(string name, CsvFormat format, char separator, IReadOnlyList<string> columns, IReadOnlyList<CsvRecord> rows)
    {
        (this.name, this.format, this.separator, this.rows) = (name, format, separator, rows);
        Columns = columns;
    }

    /// <summary>Names of the columns: those of the header, or 0, 1, 2, ... where there is none.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows there are, without the header.</summary>
    public int RowCount => rows.Count;

    /// <summary>Reads a file. Blank lines are skipped; spaces around a field do not count; fields may be quoted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="separator">
    /// What stands between fields; null: a tab, semicolon, bar or comma, whichever each row has equally often.
    /// </param>
    /// <param name="decimalComma">Whether numbers are written as 1,5 and not as 1.5.</param>
    /// <param name="encoding">How text is encoded; null for UTF-8. A byte order mark of the file comes first.</param>
    /// <param name="comment">Lines that begin with this character are skipped; null for none.</param>
    /// <param name="skipLines">How many lines at the top are skipped, before the header.</param>
    /// <param name="missingTexts">
    /// Fields that stand for a missing value; null for the empty field and <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>n/a</c>, <c>#N/A</c>,
    /// <c>NaN</c>, <c>nan</c>, <c>NULL</c>, <c>null</c>.
    /// </param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no rows, not all rows have as many fields, quotes do not match, or bytes are no text in the encoding; the message has the
    /// file, the line and the column.
    /// </exception>
    public static CsvData Read(
        string path, bool hasHeader = false, char? separator = null, bool decimalComma = false, Encoding? encoding = null,
            char? comment = null, int skipLines = 0,
        IEnumerable<string>? missingTexts = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CsvFormat format = CsvFormat.Of(hasHeader, separator, decimalComma, comment, skipLines, missingTexts);
        return Read(CsvText.Of(File.ReadAllBytes(path), encoding), path, format);
    }

    /// <summary>Reads text, as the other overload reads a file.</summary>
    /// <param name="reader">The text; it is read to its end and closed.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="separator">
    /// What stands between fields; null: a tab, semicolon, bar or comma, whichever each row has equally often.
    /// </param>
    /// <param name="decimalComma">Whether numbers are written as 1,5 and not as 1.5.</param>
    /// <param name="comment">Lines that begin with this character are skipped; null for none.</param>
    /// <param name="skipLines">How many lines at the top are skipped, before the header.</param>
    /// <param name="missingTexts">Fields that stand for a missing value; null for those of the other overload.</param>
    /// <exception cref="InvalidDataException">
    /// There are no rows, not all rows have as many fields, quotes do not match, or bytes were no text for the reader; the message has the
    /// line and the column.
    /// </exception>
    public static CsvData Read(
        TextReader reader, string name, bool hasHeader = false, char? separator = null, bool decimalComma = false, char? comment = null,
            int skipLines = 0,
        IEnumerable<string>? missingTexts = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(name);
        CsvFormat format = CsvFormat.Of(hasHeader, separator, decimalComma, comment, skipLines, missingTexts);
        using (reader) return Read(CsvText.Of(reader), name, format);
    }

    /// <summary>Columns as numbers: <c>Features(..^1)</c> is all but the last.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="missing">What missing values become; null for <see cref="Missing.Error"/>.</param>
    /// <returns>Shape (rows, columns).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such columns.</exception>
    /// <exception cref="InvalidDataException">
    /// A field is not a finite number; the message has the file, the line, the column and the text.
    /// </exception>
    public Tensor<float> Features(Range columns, Missing? missing = null)
    {
        (int first, int count) = Resolve(columns);
        return Table([.. Enumerable.Range(first, count)], missing);
    }

    /// <summary>Columns as numbers: <c>Features(["age", "height"])</c>.</summary>
    /// <param name="columns">The names of the columns, in the order in which they are wanted.</param>
    /// <param name="missing">What missing values become; null for <see cref="Missing.Error"/>.</param>
    /// <returns>Shape (rows, columns).</returns>
    /// <exception cref="ArgumentException">Not exactly one column has a name, or there are no names.</exception>
    /// <exception cref="InvalidDataException">
    /// A field is not a finite number; the message has the file, the line, the column and the text.
    /// </exception>
    public Tensor<float> Features(IReadOnlyList<string> columns, Missing? missing = null) => Table(Resolve(columns), missing);

    /// <summary>One column as numbers.</summary>
    /// <param name="column">The column: <c>0</c> is the first, <c>^1</c> the last.</param>
    /// <param name="missing">What missing values become; null for <see cref="Missing.Error"/>.</param>
    /// <returns>Shape (rows).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">
    /// A field is not a finite number; the message has the file, the line, the column and the text.
    /// </exception>
    public Tensor<float> Numbers(Index column, Missing? missing = null) => Tensor.Create(Column(Resolve(column), missing), [RowCount]);

    /// <summary>One column as numbers.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="missing">What missing values become; null for <see cref="Missing.Error"/>.</param>
    /// <returns>Shape (rows).</returns>
    /// <exception cref="ArgumentException">Not exactly one column has the name.</exception>
    /// <exception cref="InvalidDataException">
    /// A field is not a finite number; the message has the file, the line, the column and the text.
    /// </exception>
    public Tensor<float> Numbers(string column, Missing? missing = null) => Numbers(Resolve(column), missing);

    /// <summary>One column as text; <see cref="LabelEncoder"/> makes numbers of it.</summary>
    /// <param name="column">The column: <c>0</c> is the first, <c>^1</c> the last.</param>
    /// <param name="missing">What stands for missing values; null where one is an error.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A value is missing; the message has the file, the line and the column.</exception>
    public string[] Strings(Index column, string? missing = null)
    {
        int at = Resolve(column);
        string[] texts = new string[RowCount];
        for (int row = 0; row < texts.Length; row++)
        {
            string text = rows[row].Fields[at];
            if (!IsMissing(text)) texts[row] = text;
            else if (missing is not null) texts[row] = missing;
            else throw Refusal(rows[row], at, $"expected text, but {MissingText(text)}",
                "Give missing: \"...\" to put a text there, drop such rows with DropMissing(), or read with missingTexts.");
        }

        return texts;
    }

    /// <summary>One column as text; <see cref="LabelEncoder"/> makes numbers of it.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="missing">What stands for missing values; null where one is an error.</param>
    /// <exception cref="ArgumentException">Not exactly one column has the name.</exception>
    /// <exception cref="InvalidDataException">A value is missing; the message has the file, the line and the column.</exception>
    public string[] Strings(string column, string? missing = null) => Strings(Resolve(column), missing);

    /// <summary>
    /// Columns of text as one-hot columns: for each text of a column, in alphabetical (ordinal) order, one that is 1 where the text stands
    /// and 0 elsewhere.
    /// </summary>
    /// <param name="columns">The names of the columns, in the order in which they are wanted.</param>
    /// <param name="missing">What stands for missing values; null where one is an error.</param>
    /// <returns>Shape (rows, texts of all columns).</returns>
    /// <exception cref="ArgumentException">Not exactly one column has a name, or there are no names.</exception>
    /// <exception cref="InvalidDataException">A value is missing; the message has the file, the line and the column.</exception>
    public Tensor<float> OneHot(IReadOnlyList<string> columns, string? missing = null) =>
        Samples.Join(Array.ConvertAll(
            Resolve(columns), column => (Samples)Data.OneHot.ToCategorical(new LabelEncoder().FitTransform(Strings(column, missing)))));

    /// <summary>The table without the rows that have a missing value.</summary>
    /// <param name="columns">The names of the columns that are looked at; null for all.</param>
    /// <exception cref="ArgumentException">Not exactly one column has a name, or there are no names.</exception>
    /// <exception cref="InvalidDataException">No row is left.</exception>
    public CsvData DropMissing(IReadOnlyList<string>? columns = null)
    {
        int[] looked = columns is null ? [.. Enumerable.Range(0, Columns.Count)] : Resolve(columns);
        CsvRecord[] kept = [.. rows.Where(row => !Array.Exists(looked, column => IsMissing(row.Fields[column])))];
        if (kept.Length > 0) return new(name, format, separator, Columns, kept);
        int emptiest = looked.MaxBy(column => rows.Count(row => IsMissing(row.Fields[column])));
        throw new InvalidDataException(
            $"{name}: expected a row without missing values, but each has one, most often in {ColumnText(emptiest)}.");
    }

    private static CsvData Read(CsvText text, string name, CsvFormat format)
    {
        string body = text.Rows(format.SkipLines, format.Comment);
        char separator = format.Separator ?? CsvSeparator.Find(body, format.DecimalComma);
        text.CheckNul(body, name, format.SkipLines, separator);
        IReadOnlyList<CsvRecord> records = CsvRecord.ReadAll(body, name, separator, format.SkipLines);
        if (records.Count < (format.HasHeader ? 2 : 1))
        {
            string expected = format.HasHeader ? "a header and at least one row" : "at least one row";
            string found = records.Count > 0 ? "there is only a header"
                : text.Text.Length > 0 && body.Length == 0 ? "all lines are skipped"
                : "the file is empty";
            throw new InvalidDataException($"{name}: expected {expected}, but {found}.");
        }

        string[] columns = format.HasHeader
            ? records[0].Fields
            : [.. Enumerable.Range(0, records[0].Fields.Length).Select(column => column.ToString(CultureInfo.InvariantCulture))];
        CsvData data = new(name, format, separator, columns, format.HasHeader ? [.. records.Skip(1)] : records);
        if (text.Flaw is char flaw) data.CheckWhole(records, text, flaw);
        return data;
    }

    private void CheckWhole(IReadOnlyList<CsvRecord> records, CsvText text, char flaw)
    {
        foreach (CsvRecord record in records)
        {
            int column = Array.FindIndex(record.Fields, field => field.Contains(flaw));
            if (column >= 0) throw text.Refusal(Where(record, column), record.Fields[column]);
        }
    }

    private Tensor<float> Table(int[] columns, Missing? missing)
    {
        float[] numbers = new float[checked(RowCount * columns.Length)];
        for (int i = 0; i < columns.Length; i++)
        {
            float[] column = Column(columns[i], missing);
            for (int row = 0; row < column.Length; row++) numbers[(row * columns.Length) + i] = column[row];
        }

        return Tensor.Create(numbers, [RowCount, columns.Length]);
    }

    private float[] Column(int column, Missing? missing)
    {
        missing ??= Missing.Error;
        float[] numbers = new float[RowCount];
        List<int> absent = [];
        for (int row = 0; row < numbers.Length; row++)
        {
            string text = rows[row].Fields[column];
            if (!IsMissing(text)) numbers[row] = Number(rows[row], column);
            else if (!missing.IsError) absent.Add(row);
            else throw MissingNumber(rows[row], column);
        }

        if (absent.Count == 0) return numbers;
        float[] present = [.. numbers.Where((_, row) => absent.BinarySearch(row) < 0)];
        if (present.Length == 0 && missing.NeedsValues)
            throw new InvalidDataException($"{name}, {ColumnText(column)}: expected a value to fill missing ones by, but all are missing.");
        float filled = missing.Fill(present);
        foreach (int row in absent) numbers[row] = filled;
        return numbers;
    }

    private float Number(CsvRecord row, int column)
    {
        string text = row.Fields[column];
        if (!format.TryNumber(text, out float number))
            throw Refusal(row, column, $"{ExpectedNumber}, but found '{text}'.", Hint(row, column, text));
        if (float.IsFinite(number)) return number;
        string hint = $"If the column identifies rows, leave it out, or take it with {Call("Strings", column)}.";
        throw Refusal(row, column, $"expected a number of at most 3.4e38 in size, but found '{text}'.", hint);
    }

    private InvalidDataException MissingNumber(CsvRecord row, int column)
    {
        string text = row.Fields[column];
        string end = column == Columns.Count - 1 ? $"; the lines may end with {CsvSeparator.Name(separator)}" : "";
        string hint = rows.All(other => other.Fields[column].Length == 0)
            ? $"All of the column is empty: leave it out{end}."
            : "Give missing: Missing.Mean (or Median, NaN, Number(0)), or drop such rows with DropMissing().";
        return Refusal(row, column, $"{ExpectedNumber}, but {MissingText(text)}", hint);
    }

    // What may be meant by text that is no number.
    private string Hint(CsvRecord row, int column, string text)
    {
        if (format.HasThousands(text))
            return $"Thousands have no separator{(format.DecimalComma ? "" : "; for a decimal comma, read it with decimalComma: true")}.";
        if (format.IsNumberOtherwise(text))
        {
            return format.DecimalComma
                ? "Without decimalComma: true, numbers have a point."
                : "If numbers have a decimal comma, read it with decimalComma: true.";
        }

        if (SeparatorHint() is { Length: > 0 } hint) return hint;
        CsvRecord[] others = [.. rows.Where(candidate => candidate != row && !IsMissing(candidate.Fields[column])).Take(Looked)];
        bool numeric = others.Length > 0 && others.All(candidate => format.TryNumber(candidate.Fields[column], out _));
        bool texts = others.All(candidate => !format.TryNumber(candidate.Fields[column], out _));
        // A header is over a column of numbers; where all of a column is text, the other columns tell.
        if (!format.HasHeader && row == rows[0] && (numeric || (texts && LooksLikeHeader())))
            return "If the first line has the names of the columns, read it with hasHeader: true.";
        if (texts)
            return $"The column has text: take it with {Call("Strings", column)}; LabelEncoder makes numbers, OneHot one-hot columns.";
        return numeric || IsMissing(text) ? "If it stands for a missing value, read with missingTexts." : "";
    }

    // No number in the first line, but in those that follow.
    private bool LooksLikeHeader() =>
        rows.Count > 1 && !HasNumber(rows[0]) && rows.Skip(1).Take(Looked).All(HasNumber);

    private bool HasNumber(CsvRecord row) => Array.Exists(row.Fields, field => format.TryNumber(field, out _));

    // Where a table of one column has another separator in all of its rows, which it is.
    private string SeparatorHint()
    {
        if (Columns.Count > 1) return "";
        int at = CsvSeparator.Known.ToArray().ToList()
            .FindIndex(candidate => rows.Take(Looked).All(row => row.Fields[0].Contains(candidate)));
        if (at < 0) return "";
        char other = CsvSeparator.Known[at];
        string argument = other == '\t' ? "\\t" : other.ToString();
        string cut = CsvSeparator.Name(separator), found = CsvSeparator.Name(other);
        return $"Fields are cut at {cut}, but the rows have {found}: read it with separator: '{argument}'.";
    }

    private string Call(string method, int column) =>
        format.HasHeader ? $"{method}(\"{Columns[column]}\")" : string.Create(CultureInfo.InvariantCulture, $"{method}({column})");

    private string ExpectedNumber => $"expected a number such as {(format.DecimalComma ? "-1,5" : "-1.5")}";

    private bool IsMissing(string text) => format.MissingTexts.Contains(text);

    private static string MissingText(string text) => text.Length == 0 ? "the field is empty."
        : $"found '{text}', which stands for a missing value.";

    private string ColumnText(int column) =>
        string.Create(CultureInfo.InvariantCulture, $"column {column}{(format.HasHeader ? $" ('{Columns[column]}')" : "")}");

    private string Where(CsvRecord row, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}, line {row.Line}, {ColumnText(column)}");

    private InvalidDataException Refusal(CsvRecord row, int column, string what, string hint) =>
        new(Sentences($"{Where(row, column)}: {what}", hint));

    private (int First, int Count) Resolve(Range columns)
    {
        int first = columns.Start.GetOffset(Columns.Count), end = columns.End.GetOffset(Columns.Count);
        if (first >= 0 && end <= Columns.Count && first < end) return (first, end - first);
        string expected = $"Expected at least one of the {Count(Columns.Count)} of {name}, which count from 0.";
        throw new ArgumentOutOfRangeException(nameof(columns), Sentences(expected, $"Received: {columns}.", SeparatorHint()));
    }

    private int Resolve(Index column)
    {
        int at = column.GetOffset(Columns.Count);
        if (at >= 0 && at < Columns.Count) return at;
        string expected = $"Expected one of the {Count(Columns.Count)} of {name}, which count from 0.";
        throw new ArgumentOutOfRangeException(nameof(column), Sentences(expected, $"Received: {column}.", SeparatorHint()));
    }

    private int[] Resolve(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count > 0) return [.. columns.Select(Resolve)];
        throw new ArgumentException($"Expected the name of at least one column of {name}. Received: none", nameof(columns));
    }

    private int Resolve(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        int[] found = [.. Enumerable.Range(0, Columns.Count).Where(at => Columns[at] == column)];
        if (found.Length == 1) return found[0];
        string called = found.Length == 0 ? "none" : "more than one";
        string expected = $"Expected the name of one column of {name}, but {called} is called '{column}'.";
        string known = format.HasHeader || found.Length > 0
            ? $"The columns are {NameList.Of([.. Columns])}."
            : "The file was read without hasHeader: true, so columns are called by their numbers.";
        string nearest = found.Length == 0 && NearestName.Of(column, Columns) is string near ? $"Did you mean '{near}'?" : "";
        throw new ArgumentException(Sentences(expected, known, nearest, SeparatorHint()), nameof(column));
    }

    private static string Sentences(params string[] sentences) => string.Join(' ', sentences.Where(sentence => sentence.Length > 0));

    private static string Count(int columns) =>
        string.Create(CultureInfo.InvariantCulture, $"{columns} {(columns == 1 ? "column" : "columns")}");
}
