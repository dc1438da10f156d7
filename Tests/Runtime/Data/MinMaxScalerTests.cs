using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class MinMaxScalerTests
{
    [Fact]
    public void Columns_are_stretched_to_the_range()
    {
        // The example of scikit-learn's documentation.
        Tensor<float> data = Tensor.Create([-1f, 2, -0.5f, 6, 0, 10, 1, 18], [4, 2]);
        Assert.Equal([0f, 0, 0.25f, 0.25f, 0.5f, 0.5f, 1, 1], TensorRows.Numbers(new MinMaxScaler().FitTransform(data)));
        Assert.Equal([-1f, -1, 0, 0, 1, 1, 3, 3], TensorRows.Numbers(new MinMaxScaler(-1, 3).FitTransform(data)));
    }

    [Fact]
    public void A_constant_column_becomes_the_minimum() =>
        Assert.Equal([-1f, -1], TensorRows.Numbers(new MinMaxScaler(-1, 1).FitTransform(Tensor.Create([5f, 5], [2, 1]))));

    [Theory]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(double.MinValue, double.MaxValue)]
    public void A_range_without_end_is_refused(double min, double max) =>
        Assert.StartsWith("Expected ", Assert.Throws<ArgumentException>(() => new MinMaxScaler(min, max)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_empty_range_is_refused() =>
        Assert.StartsWith("Expected min below max. Received: min=1, max=1",
            Assert.Throws<ArgumentException>(() => new MinMaxScaler(1, 1)).Message, StringComparison.Ordinal);
}
