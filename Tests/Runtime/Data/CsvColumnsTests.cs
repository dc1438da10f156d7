using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

/// <summary>Columns by name, several at once, with missing values and with text.</summary>
public sealed class CsvColumnsTests
{
    private const string People = """
        name,age,height,city
        Anna,30,1.6,Rome
        Bert,NA,1.8,Oslo
        Carl,50,,Rome
        Dora,10,2.0,?
        """;

    private static readonly CsvData Csv = Read(People);

    [Fact]
    public void Several_columns_are_taken_by_name_in_the_order_of_the_names()
    {
        CsvData csv = Read("a,b,c\n1,2,3\n4,5,6\n");
        Assert.Equal([3f, 1, 6, 4], Numbers(csv.Features(["c", "a"])));
        Assert.Equal([2, 2], csv.Features(["c", "a"]).Lengths);
        Assert.Equal([3f, 1], Numbers(CsvData.Read(new StringReader("1,2,3"), "data.csv").Features(["2", "0"])));
        Assert.Throws<ArgumentException>(() => csv.Features([]));
        Assert.EndsWith(
            "none is called 'heigth'. The columns are 'name', 'age', 'height', 'city'. Did you mean 'height'? (Parameter 'column')",
            Assert.Throws<ArgumentException>(() => Csv.Features(["age", "heigth"])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "The file was read without hasHeader: true, so columns are called by their numbers.",
            Assert.Throws<ArgumentException>(() => CsvData.Read(new StringReader("a,b\n1,2"), "data.csv").Numbers("a")).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_values_are_an_error_with_its_place()
    {
        Refused(
            "people.csv, line 3, column 1 ('age'): expected a number such as -1.5, but found 'NA', which stands for a missing value. " +
            "Give missing: ",
            () => Csv.Numbers("age"));
        Refused("people.csv, line 4, column 2 ('height'): expected a number such as -1.5, but the field is empty. Give missing: ",
            () => Csv.Features(["height"]));
        Refused("people.csv, line 5, column 3 ('city'): expected text, but found '?', which stands for a missing value. Give missing: ",
            () => Csv.Strings("city"));
        Refused("people.csv, line 5, column 3 ('city'): ", () => Csv.OneHot(["city"]));
    }

    [Fact]
    public void Missing_values_become_what_is_said()
    {
        Assert.Equal([30f, float.NaN, 50, 10], Numbers(Csv.Numbers("age", Missing.NaN)));
        Assert.Equal([30f, -1, 50, 10], Numbers(Csv.Numbers("age", Missing.Number(-1))));
        Assert.Equal([30f, 30, 50, 10], Numbers(Csv.Numbers("age", Missing.Mean)));
        Assert.Equal([1.6f, 1.8f, 1.8f, 2], Numbers(Csv.Numbers("height", Missing.Median)));
        Assert.Equal([30f, 1.6f, 30, 1.8f, 50, 1.8f, 10, 2], Numbers(Csv.Features(1..3, Missing.Median)));
        Assert.Equal([1f, 9, 2.5f, 4, 0], Numbers(Read("x\n1\n9\nNA\n4\n0").Numbers(0, Missing.Median)));
        Assert.Equal(["Rome", "Oslo", "Rome", "nowhere"], Csv.Strings("city", "nowhere"));
        Assert.Throws<ArgumentException>(() => Missing.Number(float.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => Missing.Number(float.NaN));
    }

    [Fact]
    public void A_column_without_values_has_no_mean()
    {
        CsvData csv = Read("a,b\n1,\n2,NA\n");
        Refused("people.csv, column 1 ('b'): expected a value to fill missing ones by, but all are missing.",
            () => csv.Numbers("b", Missing.Mean));
        Assert.Equal([0f, 0], Numbers(csv.Numbers("b", Missing.Number(0))));
        Refused("people.csv: expected a row without missing values, but each has one, most often in column 1 ('b').",
            () => csv.DropMissing());
    }

    [Fact]
    public void Rows_with_missing_values_are_dropped_from_all_columns()
    {
        CsvData whole = Csv.DropMissing();
        Assert.Equal(["Anna"], whole.Strings("name"));
        CsvData known = Csv.DropMissing(["age", "height"]);
        Assert.Equal(2, known.RowCount);
        Assert.Equal([30f, 1.6f, 10, 2], Numbers(known.Features(["age", "height"])));
        Refused("people.csv, line 5, column 3 ('city'): ", () => known.Strings("city"));
        Assert.Equal(4, Csv.RowCount);
    }

    [Fact]
    public void Texts_for_missing_values_can_be_given()
    {
        CsvData csv = CsvData.Read(new StringReader("1,NA\n-999,\n3,x\n"), "data.csv", missingTexts: ["-999"]);
        Assert.Equal([1f, 2, 3], Numbers(csv.Numbers(0, Missing.Mean)));
        Assert.Equal(["NA", "", "x"], csv.Strings(1));
        Assert.Contains(
            "found 'NaN'", Assert.Throws<InvalidDataException>(
                () => CsvData.Read(new StringReader("NaN"), "data.csv", missingTexts: []).Numbers(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_text_become_one_hot_columns_in_alphabetical_order()
    {
        CsvData csv = Read("sex,port\nm,S\nf,C\nm,Q\n");
        Tensor<float> rows = csv.OneHot(["sex", "port"]);
        Assert.Equal([3, 5], rows.Lengths);
        Assert.Equal([0f, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0], Numbers(rows));
        Assert.Equal([0f, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 0], Numbers(Csv.OneHot(["city"], missing: "Berlin")));
    }

    [Fact]
    public void Tables_stand_side_by_side()
    {
        CsvData csv = Read("age,sex,rich\n30,m,1\n40,f,0\n");
        Tensor<float> joined = Samples.Join(
            csv.Features(["age"]), csv.OneHot(["sex"]), csv.Numbers("rich"), new double[,] { { 7, 8 }, { 9, 10 } });
        Assert.Equal([2, 6], joined.Lengths);
        Assert.Equal([30f, 0, 1, 1, 7, 8, 40, 1, 0, 0, 9, 10], Numbers(joined));
        Assert.StartsWith(
            "Expected tables of shape (samples, features) or (samples), with 2 samples as table 0. " +
            "Received: table 1 (from 0) of shape (3,)",
            Assert.Throws<ArgumentException>(() => Samples.Join(joined, new float[3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Samples.Join(new float[2, 2, 2]));
        Assert.Throws<ArgumentException>(() => Samples.Join());
    }

    private static CsvData Read(string text) => CsvData.Read(new StringReader(text), "people.csv", hasHeader: true);

    private static void Refused(string message, Func<object> read) =>
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(read).Message, StringComparison.Ordinal);

    private static float[] Numbers(Tensor<float> tensor) => TensorRows.Numbers(tensor);
}
