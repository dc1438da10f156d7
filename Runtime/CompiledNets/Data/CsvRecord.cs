using System.Globalization;
using nietras.SeparatedValues;

namespace CompiledNets.Data;

/// <summary>The fields of one line.</summary>
/// <param name="Line">The line, from 1; the last one where a quoted field spans several.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record CsvRecord(int Line, string[] Fields)
{
    /// <summary>Reads all lines that are not blank.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="linesBefore">How many lines of the file come before the text.</param>
    /// <exception cref="InvalidDataException">Not all have as many fields, or quotes do not match.</exception>
    public static IReadOnlyList<CsvRecord> ReadAll(string text, string name, char separator, int linesBefore)
    {
        using SepReader reader = Sep.New(separator).Reader(options => options with
        {
            HasHeader = false,
            DisableColCountCheck = true,
            Trim = SepTrim.All,
            CreateToString = SepToString.PoolPerCol(),
        }).FromText(text);
        List<CsvRecord> records = [];
        foreach (SepReader.Row row in reader)
        {
            if (row.ColCount == 1 && row[0].Span.IsEmpty) continue;
            CsvRecord record = new(linesBefore + row.LineNumberToExcl - 1, new string[row.ColCount]);
            for (int column = 0; column < record.Fields.Length; column++)
                record.Fields[column] = row[column].Span.Contains('"') ? record.Unquote(row[column].Span, name) : row[column].ToString();

            if (records.Count > 0) record.CheckWidth(records[0], name, separator);
            records.Add(record);
        }

        return records;
    }

    private void CheckWidth(CsvRecord first, string name, char separator)
    {
        if (Fields.Length == first.Fields.Length) return;
        string cut = CsvSeparator.Name(separator), hint = "";
        if (Fields.Length == first.Fields.Length + 1 && Fields[^1].Length == 0)
            hint = string.Create(CultureInfo.InvariantCulture, $" The line ends with {cut}; line {first.Line} does not.");
        else if (first.Fields.Length == 1)
            hint = $" Fields are cut at {cut}: if that is wrong, name it; if the first lines are no rows, give skipLines or comment.";
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, line {Line}: expected {first.Fields.Length} columns as in line {first.Line}, but found {Fields.Length}.{hint}"));
    }

    // A quote that is not closed takes in the lines after it: refused, for it would hide rows.
    private string Unquote(ReadOnlySpan<char> field, string name)
    {
        if (field.Length >= 2 && field[0] == '"' && field[^1] == '"')
        {
            string text = field[1..^1].ToString();
            if (!text.Replace("\"\"", "", StringComparison.Ordinal).Contains('"')) return text.Replace(
                "\"\"", "\"", StringComparison.Ordinal);
        }

        string found = field.Length > 40 ? $"{field[..40]}..." : field.ToString();
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, up to line {Line}: expected quotes only around a whole field, and doubled inside it, but found '{found}'."));
    }
}
