using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class LabelEncoderTests
{
    [Fact]
    public void Classes_are_numbered_in_alphabetical_order()
    {
        LabelEncoder encoder = new();
        Tensor<float> numbers = encoder.FitTransform(["g", "b", "g", "Z", "ä"]);
        Assert.Equal(["Z", "b", "g", "ä"], encoder.Classes);
        Assert.Equal([5], numbers.Lengths);
        Assert.Equal([2f, 1, 2, 0, 3], TensorRows.Numbers(numbers));
    }

    [Fact]
    public void Numbers_become_labels_again()
    {
        LabelEncoder encoder = new();
        string[] labels = ["paris", "tokyo", "amsterdam", "tokyo"];
        Assert.Equal(labels, encoder.InverseTransform(encoder.FitTransform(labels)));
    }

    [Fact]
    public void An_unknown_label_is_refused_with_the_known_ones()
    {
        LabelEncoder encoder = new();
        encoder.Fit(["g", "b"]);
        Assert.StartsWith(
            "Label 'x' at row 1 was not there when the encoder was fitted. Known labels: 'b', 'g'.",
            Assert.Throws<ArgumentException>(() => encoder.Transform(["g", "x"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void A_number_without_a_label_is_refused(float number)
    {
        LabelEncoder encoder = new();
        encoder.Fit(["g", "b"]);
        string message = Assert.Throws<ArgumentException>(() => encoder.InverseTransform(Tensor.Create([number], [1]))).Message;
        Assert.StartsWith("Expected whole numbers from 0 to 1, one for each of 'b', 'g'. Received: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_labels_too()
    {
        LabelEncoder<float> encoder = new();
        Tensor<float> codes = encoder.FitTransform(Tensor.Create([10f, -1, 2, 10], [4, 1]));
        Assert.Equal([-1f, 2, 10], encoder.Classes);
        Assert.Equal([4], codes.Lengths);
        Assert.Equal([2f, 0, 1, 2], TensorRows.Numbers(codes));
        Assert.Equal([10f, -1, 2, 10], encoder.InverseTransform(codes));
        LabelEncoder<int> whole = new();
        whole.Fit([3, 1]);
        Assert.Equal([3, 1], whole.InverseTransform(new[] { 1, 0 }));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_no_label(float number)
    {
        Assert.StartsWith(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Expected a label, but found {number} at row 1 (from 0)."),
            Assert.Throws<ArgumentException>(() => new LabelEncoder<float>().Fit([1, number])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LabelEncoder<double>().Fit([1, number]));
    }

    [Fact]
    public void A_label_that_is_null_is_refused() =>
        Assert.StartsWith("Expected a label, but found null at row 1",
            Assert.Throws<ArgumentException>(() => new LabelEncoder().Fit(["a", null!])).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_many_labels_a_message_has_the_first()
    {
        LabelEncoder encoder = new();
        encoder.Fit(Enumerable.Range(0, 1000).Select(number => $"{number:D4}"));
        Assert.EndsWith("'0018', '0019' and 980 more. (Parameter 'labels')",
            Assert.Throws<ArgumentException>(() => encoder.Transform(["x"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fitting_comes_first()
    {
        Assert.Throws<InvalidOperationException>(() => new LabelEncoder().Transform(["a"]));
        Assert.Throws<InvalidOperationException>(() => new LabelEncoder().Classes);
        Assert.Throws<ArgumentException>(() => new LabelEncoder().FitTransform([]));
    }
}
