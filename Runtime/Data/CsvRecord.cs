using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace CompiledNets.Data;

/// <summary>The fields of one line.</summary>
/// <param name="Line">The line, from 1; the last one where a quoted field spans several.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record CsvRecord(int Line, string[] Fields)
{
    /// <summary>Reads all lines that are not blank.</summary>
    /// <exception cref="InvalidDataException">Not all have as many fields, or quotes are not closed where they should be.</exception>
    public static IReadOnlyList<CsvRecord> ReadAll(TextReader reader, string name, char delimiter)
    {
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            TrimOptions = TrimOptions.Trim,
            CacheFields = true,
            BadDataFound = found => throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, line {found.Context.Parser?.RawRow}: expected quotes around a whole field, and doubled quotes inside it, but found '{found.Field}'.")),
        };
        using CsvParser parser = new(reader, configuration, leaveOpen: true);
        List<CsvRecord> records = [];
        while (parser.Read())
        {
            CsvRecord record = new(parser.RawRow, parser.Record!);
            if (records.Count > 0) CheckWidth(record, records[0], name);
            records.Add(record);
        }

        return records;
    }

    private static void CheckWidth(CsvRecord record, CsvRecord first, string name)
    {
        if (record.Fields.Length == first.Fields.Length) return;
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"{name}, line {record.Line}: expected {first.Fields.Length} columns as in line {first.Line}, but found {record.Fields.Length}."));
    }
}
