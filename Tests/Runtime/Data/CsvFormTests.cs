using System.Numerics.Tensors;
using System.Text;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

/// <summary>Files of the forms that people have: other encodings, separators, line ends, decimal commas, comments.</summary>
public sealed class CsvFormTests
{
    public static TheoryData<string, Encoding> Marked => new()
    {
        { "UTF-8", new UTF8Encoding(true) },
        { "UTF-16", new UnicodeEncoding(false, true) },
        { "UTF-16, big end first", new UnicodeEncoding(true, true) },
        { "UTF-32", new UTF32Encoding(false, true) },
        { "UTF-32, big end first", new UTF32Encoding(true, true) },
    };

    [Theory]
    [MemberData(nameof(Marked))]
    public void A_byte_order_mark_tells_the_encoding(string name, Encoding encoding)
    {
        CsvData csv = File([.. encoding.Preamble, .. encoding.GetBytes("Málaga,1\r\nŁódź,2\r\n")],
            path => CsvData.Read(path, encoding: Encoding.Latin1));
        Assert.Equal(["Málaga", "Łódź"], csv.Strings(0));
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_line_and_column()
    {
        byte[] latin = Encoding.Latin1.GetBytes("city,size\n\nParis,3\nMálaga,1\nMílaga,2\n");
        string message = Assert.Throws<InvalidDataException>(() => File(latin, path => CsvData.Read(path, hasHeader: true))).Message;
        Assert.EndsWith(
            "data.csv, line 4, column 0 ('city'): expected text in UTF-8, but found bytes that are none at each \uFFFD in 'M\uFFFDlaga'. " +
            "If the file has another encoding, name it, such as encoding: Encoding.Latin1.", message, StringComparison.Ordinal);
        Assert.Equal(["Paris", "Málaga", "Mílaga"],
            File(latin, path => CsvData.Read(path, hasHeader: true, encoding: Encoding.Latin1)).Strings("city"));
    }

    [Fact]
    public void Bytes_that_are_no_text_in_the_header_are_refused() =>
        Assert.Contains(
            "data.csv, line 1, column 1 ('gr\uFFFDße'): expected text", Assert.Throws<InvalidDataException>(
                () => File([.. "a,gr"u8, 0xF6, .. "ße\n1,2\n"u8], path => CsvData.Read(path, hasHeader: true))).Message,
                    StringComparison.Ordinal);

    [Fact]
    public void Bytes_are_judged_by_the_encoding_that_is_given() =>
        Assert.Contains(
            "line 2, column 0: expected text in US-ASCII", Assert.Throws<InvalidDataException>(
                () => File("a\nä\n"u8.ToArray(), path => CsvData.Read(path, encoding: Encoding.ASCII))).Message, StringComparison.Ordinal);

    [Fact]
    public void Utf16_without_a_mark_is_refused_and_can_be_named()
    {
        byte[] unmarked = Encoding.Unicode.GetBytes("1,2\n3,4\n");
        Assert.Contains("encoding: Encoding.Unicode",
            Assert.Throws<InvalidDataException>(() => File(unmarked, path => CsvData.Read(path))).Message, StringComparison.Ordinal);
        Assert.Equal([1f, 2, 3, 4], Numbers(File(unmarked, path => CsvData.Read(path, encoding: Encoding.Unicode)).Features(..)));
    }

    [Fact]
    public void A_reader_that_lost_bytes_is_refused()
    {
        StreamReader reader = new(new MemoryStream(Encoding.Latin1.GetBytes("1,Málaga\n")));
        Assert.StartsWith(
            "stream, line 1, column 1: expected text, but its reader found bytes that are none",
            Assert.Throws<InvalidDataException>(() => CsvData.Read(reader, "stream")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_comments_hurt_nobody() =>
        Assert.Equal([1f, 2], Numbers(File([(byte)'#', 0xE1, .. "\n1,2\n"u8], path => CsvData.Read(path, comment: '#')).Features(..)));

    [Theory]
    [InlineData("1,2,3\n4,5,6")]
    [InlineData("1;2;3\n4;5;6\n")]
    [InlineData("1\t2\t3\r\n4\t5\t6\r\n")]
    [InlineData("1|2|3\r4|5|6\r")]
    [InlineData("\n\n1 ; 2 ; 3\n\n\n4;5;6\n\n")]
    [InlineData("\"1\",\"2\",\"3\"\n\"4\",\"5\",\"6\"\n")]
    public void A_separator_is_found(string text) => Assert.Equal([1f, 2, 3, 4, 5, 6], Numbers(Read(text).Features(..)));

    [Fact]
    public void A_separator_is_not_what_stands_in_quotes_or_now_and_then()
    {
        Assert.Equal(["a;b", "c;d;e"], Read("1,\"a;b\"\n2,\"c;d;e\"\n").Strings(1));
        Assert.Equal(["a;b", "c"], Read("1,a;b\n2,c\n").Strings(1));
        Assert.Equal(["a;b", "c;d"], Read("1,2,a;b\n3,4,c;d\n").Strings(2));
        Assert.Equal(["a, b", "c"], Read("1;a, b\n2;c\n").Strings(1));
        Assert.Equal(["x", "y"], Read("x\ny\n").Strings(0));
        Assert.Equal(["a\nb;c", "d"], Read("1;\"a\nb;c\"\n2;d\n").Strings(1));
    }

    [Fact]
    public void Decimal_commas_are_read_where_they_are_announced()
    {
        Assert.Equal([1.5f, -2e3f, 3f, 4f], Numbers(Read("1,5;-2e3\n3;4,0\n", decimalComma: true).Features(..)));
        Assert.Equal([1.5f, 2.5f], Numbers(Read("1,5\n2,5\n", decimalComma: true).Features(..)));
        Assert.Equal([1.5f, 2.5f], Numbers(Read("\"1,5\",\"2,5\"\n", decimalComma: true).Features(..)));
        Assert.Equal([1.5f, 2.5f], Numbers(Read("1,5\t2,5\n", decimalComma: true).Features(..)));
    }

    [Fact]
    public void Decimal_commas_that_nobody_announced_are_guessed()
    {
        Refused(
            "data.csv, line 1, column 0: expected a number such as -1.5, but found '1,5'. " +
            "If numbers have a decimal comma, read it with decimalComma: true.",
            () => Read("1,5;2,5\n3,5;4,5\n").Features(..));
        Refused(
            "data.csv, line 1, column 0: expected a number such as -1,5, but found '1.5'. " +
            "Without decimalComma: true, numbers have a point.",
            () => Read("1.5;2\n", decimalComma: true).Features(..));
        Refused("data.csv, line 1, column 0: expected a number such as -1,5, but found '1.234,5'.",
            () => Read("1.234,5;2\n", decimalComma: true).Features(..));
    }

    [Fact]
    public void Separators_between_thousands_are_told()
    {
        Refused(
            "data.csv, line 1, column 1: expected a number such as -1.5, but found '1,234,567.8'. Thousands have no separator",
            () => Read("1,\"1,234,567.8\"\n").Features(..));
        Refused(
            "data.csv, line 1, column 0: expected a number such as -1,5, but found '-1.234,5'. Thousands have no separator.",
            () => Read("-1.234,5;1\n", decimalComma: true).Features(..));
    }

    [Fact]
    public void A_spreadsheet_of_another_country_is_read()
    {
        UnicodeEncoding encoding = new(false, true);
        byte[] bytes = [.. encoding.Preamble,
            .. encoding.GetBytes("Größe;\"Ort; Land\";Preis\r\n\r\n1,5;\"München\r\nBayern\";-2,25\r\n2;Köln;3e2\r\n\r\n")];
        CsvData csv = File(bytes, path => CsvData.Read(path, hasHeader: true, decimalComma: true));
        Assert.Equal(["Größe", "Ort; Land", "Preis"], csv.Columns);
        Assert.Equal([1.5f, -2.25f, 2, 300], Numbers(csv.Features(["Größe", "Preis"])));
        Assert.Equal(["München\r\nBayern", "Köln"], csv.Strings(1));
    }

    [Fact]
    public void Comments_and_first_lines_are_skipped_and_counted()
    {
        CsvData csv = Read("Sold, \"2024\nfor all\n# a \"comment\na,b\n1,2\n  # another, one\n3,x\n", hasHeader: true, comment: '#',
            skipLines: 2);
        Assert.Equal(["a", "b"], csv.Columns);
        Assert.Equal([1f, 3], Numbers(csv.Numbers("a")));
        Refused("data.csv, line 7, column 1 ('b'): ", () => csv.Numbers("b"));
        Assert.Equal(["#1", "2"], Read("#1\n2\n").Strings(0));
        Assert.Equal(["x\n#y", "z"], Read("\"x\n#y\"\n#w\nz\n", comment: '#').Strings(0));
        Refused("data.csv: expected at least one row, but all lines are skipped.", () => Read("1\n2\n", skipLines: 2));
        Refused("data.csv: expected at least one row, but the file is empty.", () => Read("# 1\n", comment: '#'));
    }

    [Fact]
    public void A_title_over_the_rows_is_told_how_to_skip() =>
        Refused(
            "data.csv, line 2: expected 1 columns as in line 1, but found 3. Fields are cut at a semicolon (';'): " +
            "if that is wrong, name it; if the first lines are no rows, give skipLines or comment.", () => Read("Houses\n1;2;3\n4;5;6\n"));

    [Fact]
    public void Lines_that_end_with_a_separator_are_told()
    {
        Refused("data.csv, line 2: expected 2 columns as in line 1, but found 3. The line ends with a comma (','); line 1 does not.",
            () => Read("a,b\n1,2,\n", hasHeader: true));
        CsvData csv = Read("1,2,\n3,4,\n");
        Refused(
            "data.csv, line 1, column 2: expected a number such as -1.5, but the field is empty. " +
            "All of the column is empty: leave it out; the lines may end with a comma (',').",
            () => csv.Features(..));
        Assert.Equal([1f, 2, 3, 4], Numbers(csv.Features(..^1)));
    }

    [Fact]
    public void A_wrong_separator_is_told_the_right_one()
    {
        CsvData csv = Read("1;2;a\n3;4;b\n", separator: ',');
        Assert.StartsWith(
            "Expected at least one of the 1 column of data.csv, which count from 0. Received: 0..^1. " +
            "Fields are cut at a comma (','), but the rows have a semicolon (';'): read it with separator: ';'.",
            Assert.Throws<ArgumentOutOfRangeException>(() => csv.Features(..^1)).Message, StringComparison.Ordinal);
        Refused(
            "data.csv, line 1, column 0: expected a number such as -1.5, but found '1;2;a'. " +
            "Fields are cut at a comma (','), but the rows have a semicolon (';'): ", () => csv.Features(..));
        Assert.Contains("separator: '\\t'",
            Assert.Throws<ArgumentOutOfRangeException>(() => Read("1\t2\n", separator: ',').Numbers(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_that_cannot_separate_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Read("1", separator: '"'));
        Assert.Throws<ArgumentException>(() => Read("1", separator: '\n'));
        Assert.Throws<ArgumentException>(() => Read("1", separator: '#', comment: '#'));
        Assert.Contains("Received: -1", Assert.Throws<ArgumentOutOfRangeException>(() => Read("1", skipLines: -1)).Message,
            StringComparison.Ordinal);
    }

    private static CsvData Read(
        string text, bool hasHeader = false, char? separator = null, bool decimalComma = false, char? comment = null, int skipLines = 0) =>
        CsvData.Read(new StringReader(text), "data.csv", hasHeader, separator, decimalComma, comment, skipLines);

    private static CsvData File(byte[] bytes, Func<string, CsvData> read)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "data.csv");
        System.IO.File.WriteAllBytes(path, bytes);
        try
        {
            return read(path);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static void Refused(string message, Func<object> read) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(read).Message, StringComparison.Ordinal);

    private static float[] Numbers(Tensor<float> tensor) => TensorRows.Numbers(tensor);
}
