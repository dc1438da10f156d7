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
    public void Fitting_comes_first()
    {
        Assert.Throws<InvalidOperationException>(() => new LabelEncoder().Transform(["a"]));
        Assert.Throws<InvalidOperationException>(() => new LabelEncoder().Classes);
        Assert.Throws<ArgumentException>(() => new LabelEncoder().FitTransform([]));
    }
}
