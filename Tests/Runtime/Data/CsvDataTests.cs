using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Harness;

namespace CompiledNets.Tests.Data;

public sealed class CsvDataTests
{
    [Fact]
    public void Columns_become_numbers_or_stay_text()
    {
        CsvData csv = Read("5.1,3.5,setosa\n4.9,3.0,virginica\n");
        Assert.Equal(2, csv.RowCount);
        Assert.Equal(["0", "1", "2"], csv.Columns);
        Assert.Equal([5.1f, 3.5f, 4.9f, 3.0f], Numbers(csv.Features(..^1)));
        Assert.Equal([2, 2], csv.Features(..^1).Lengths);
        Assert.Equal([3.5f, 3.0f], Numbers(csv.Numbers(1)));
        Assert.Equal([2], csv.Numbers(1).Lengths);
        Assert.Equal(["setosa", "virginica"], csv.Strings(^1));
    }

    [Fact]
    public void A_header_names_the_columns()
    {
        CsvData csv = Read("\"Month\",\"Sales\"\n\"1960-01\",6550\n\"1960-02\",8728\n", hasHeader: true);
        Assert.Equal(["Month", "Sales"], csv.Columns);
        Assert.Equal([6550f, 8728f], Numbers(csv.Numbers("Sales")));
        Assert.Equal(["1960-01", "1960-02"], csv.Strings("Month"));
    }

    [Fact]
    public void Blank_lines_spaces_and_quotes_are_read_as_meant()
    {
        CsvData csv = Read("1 , \"a, b\"\r\n\r\n 2,\"say \"\"hi\"\"\"");
        Assert.Equal([1f, 2f], Numbers(csv.Numbers(0)));
        Assert.Equal(["a, b", "say \"hi\""], csv.Strings(1));
    }

    [Fact]
    public void Another_separator_can_be_given() =>
        Assert.Equal([1f, 2f], Numbers(CsvData.Read(new StringReader("1:2"), "data.csv", separator: ':').Features(..)));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    public void Numbers_do_not_depend_on_the_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal([-1.5f, 2e-3f], Numbers(Read("-1.5,2e-3").Features(..)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_file_is_read()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "data.csv");
        File.WriteAllText(path, "1,2\n3\n");
        try
        {
            Assert.Equal($"{path}, line 2: expected 2 columns as in line 1, but found 1.",
                Assert.Throws<InvalidDataException>(() => CsvData.Read(path)).Message);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void A_row_with_more_or_fewer_fields_is_refused_with_its_line()
    {
        Assert.Equal("data.csv, line 4: expected 2 columns as in line 1, but found 3.",
            Assert.Throws<InvalidDataException>(() => Read("1,2\n\n3,4\n5,6,7\n")).Message);
        Assert.Equal("data.csv, line 2: expected 2 columns as in line 1, but found 1.",
            Assert.Throws<InvalidDataException>(() => Read("1,2\n3\n")).Message);
    }

    [Fact]
    public void Text_where_a_number_should_be_is_refused_with_its_place()
    {
        Refused("data.csv, line 2, column 1: expected a number such as -1.5, but found 'abc'.", () => Read("1,2\n3,abc\n").Features(..));
        Refused(
            "data.csv, line 3, column 1 ('price'): expected a number such as -1.5, but the field is empty. " +
            "Give missing: Missing.Mean (or Median, NaN, Number(0)), or drop",
            () => Read("size,price\n1,2\n3,\n", hasHeader: true).Numbers("price"));
    }

    [Theory]
    [InlineData("1e39")]
    [InlineData("-1e39")]
    [InlineData("50060e8007123400")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public void A_number_that_is_not_finite_is_refused_with_its_place(string field) =>
        Assert.StartsWith(
            $"data.csv, line 2, column 1: expected a number of at most 3.4e38 in size, but found '{field}'.",
            Assert.Throws<InvalidDataException>(() => Read($"1,2\n3,{field}\n").Features(..)).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_a_label_is_not_taken_for_a_header() =>
        Refused(
            "data.csv, line 1, column 4: expected a number such as -1.5, but found 'setosa'. " +
            "The column has text: take it with Strings(4); LabelEncoder makes numbers",
            () => Read("5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,virginica\n").Features(..));

    [Fact]
    public void Text_in_a_named_column_is_told_how_to_take_it() =>
        Refused(
            "data.csv, line 2, column 1 ('species'): expected a number such as -1.5, but found 'setosa'. " +
            "The column has text: take it with Strings(\"species\")",
            () => Read("size,species\n1,setosa\n2,virginica\n", hasHeader: true).Features(..));

    [Fact]
    public void A_header_over_a_column_of_text_is_guessed() =>
        Assert.Contains(
            "read it with hasHeader: true",
                Assert.Throws<InvalidDataException>(() => Read("name,size\nAnna,1\nBert,2\n").Features(..)).Message,
                StringComparison.Ordinal);

    [Fact]
    public void A_forgotten_header_is_guessed() =>
        Assert.Contains("read it with hasHeader: true",
            Assert.Throws<InvalidDataException>(() => Read("size,price\n1,2\n").Features(..)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_file_is_refused()
    {
        Assert.Equal("data.csv: expected at least one row, but the file is empty.",
            Assert.Throws<InvalidDataException>(() => Read("")).Message);
        Assert.Equal("data.csv: expected at least one row, but the file is empty.",
            Assert.Throws<InvalidDataException>(() => Read("\n\n")).Message);
        Assert.Equal("data.csv: expected a header and at least one row, but there is only a header.",
            Assert.Throws<InvalidDataException>(() => Read("a,b\n", hasHeader: true)).Message);
    }

    [Theory]
    [InlineData("1,2\n3,a\"b\n5,6\n")]
    [InlineData("1,2\n3,\"4\n5,6\n")]
    [InlineData("1,2\n3,\"4\" inches\n5,6\n")]
    public void A_stray_quote_is_refused_with_its_line(string text) =>
        Assert.Matches("^data.csv, up to line [234]: expected quotes only around a whole field",
            Assert.Throws<InvalidDataException>(() => Read(text)).Message);

    [Fact]
    public void A_quoted_field_may_span_lines()
    {
        CsvData csv = Read("1,\"a\nb\"\nx,c\n");
        Assert.Equal(["a\nb", "c"], csv.Strings(1));
        Assert.StartsWith("data.csv, line 3, column 0: ", Assert.Throws<InvalidDataException>(() => csv.Numbers(0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_are_not_there_are_refused()
    {
        CsvData csv = Read("a,b,a\n1,2,3\n", hasHeader: true);
        Assert.Contains("one of the 3 columns of data.csv, which count from 0. Received: 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => csv.Strings(3)).Message, StringComparison.Ordinal);
        Assert.Contains("Received: 2..4", Assert.Throws<ArgumentOutOfRangeException>(() => csv.Features(2..4)).Message,
            StringComparison.Ordinal);
        Assert.Contains("Received: 1..1", Assert.Throws<ArgumentOutOfRangeException>(() => csv.Features(1..1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("none is called 'c'. The columns are 'a', 'b', 'a'.",
            Assert.Throws<ArgumentException>(() => csv.Strings("c")).Message, StringComparison.Ordinal);
        Assert.Contains("more than one is called 'a'", Assert.Throws<ArgumentException>(() => csv.Numbers("a")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ionosphere/ionosphere.csv", 351, 35)]
    [InlineData("Iris/iris.csv", 150, 5)]
    [InlineData("BostonHousing/housing.csv", 506, 14)]
    public void The_tables_of_the_samples_are_whole(string file, int rows, int columns)
    {
        CsvData csv = CsvData.Read(Path.Combine(SharedFolder.RepositoryRoot, "Samples", file));
        Assert.Equal((rows, columns), (csv.RowCount, csv.Columns.Count));
        Assert.Equal([rows, columns - 1], csv.Features(..^1).Lengths);
    }

    private static void Refused(string message, Func<object> read) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(read).Message, StringComparison.Ordinal);

    private static CsvData Read(string text, bool hasHeader = false) => CsvData.Read(new StringReader(text), "data.csv", hasHeader);

    private static float[] Numbers(Tensor<float> tensor) => TensorRows.Numbers(tensor);
}
