using System.Globalization;
using nietras.SeparatedValues;

namespace CompiledNets.Data;

/// <summary>The fields of one line.</summary>
/// <param name="Line">The line, from 1; the last one where a quoted field spans several.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record CsvRecord(int Line, string[] Fields)
{
    /// <summary>Reads all lines that are not blank.</summary>
    /// <exception cref="InvalidDataException">Not all have as many fields, or quotes do not match.</exception>
    public static IReadOnlyList<CsvRecord> ReadAll(TextReader text, string name, char delimiter)
    {
        using SepReader reader = Sep.New(delimiter).Reader(options => options with
        {
            HasHeader = false,
            DisableColCountCheck = true,
            Trim = SepTrim.All,
            CreateToString = SepToString.PoolPerCol(),
        }).From(text);
        List<CsvRecord> records = [];
        foreach (SepReader.Row row in reader)
        {
            if (row.ColCount == 1 && row[0].Span.IsEmpty) continue;
            CsvRecord record = new(row.LineNumberToExcl - 1, new string[row.ColCount]);
            for (int column = 0; column < record.Fields.Length; column++)
                record.Fields[column] = row[column].Span.Contains('"') ? record.Unquote(row[column].Span, name) : row[column].ToString();

            if (records.Count > 0) record.CheckWidth(records[0], name);
            records.Add(record);
        }

        return records;
    }

    private void CheckWidth(CsvRecord first, string name)
    {
        if (Fields.Length == first.Fields.Length) return;
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"{name}, line {Line}: expected {first.Fields.Length} columns as in line {first.Line}, but found {Fields.Length}."));
    }

    // A quote that is not closed takes in the lines behind it: refused, for it would hide rows.
    private string Unquote(ReadOnlySpan<char> field, string name)
    {
        if (field.Length >= 2 && field[0] == '"' && field[^1] == '"')
        {
            string text = field[1..^1].ToString();
            if (!text.Replace("\"\"", "", StringComparison.Ordinal).Contains('"')) return text.Replace("\"\"", "\"", StringComparison.Ordinal);
        }

        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, up to line {Line}: expected quotes only around a whole field, and doubled inside it, but found '{(field.Length > 40 ? $"{field[..40]}..." : field)}'."));
    }
}
