using System.Numerics.Tensors;

namespace CompiledNets.Tests.Losses;

public sealed class LossArraysTests
{
    private static readonly double[,] Outputs = { { 0.5, 1 }, { 2, 3 } };

    [Theory]
    [InlineData(1e39, "1E+39 at row 1, column 0")]
    [InlineData(-1e300, "-1E+300 at row 1, column 0")]
    public void Numbers_that_single_precision_does_not_hold_are_refused(double number, string words)
    {
        var loss = new MeanSquaredError();
        double[,] targets = { { 1, 2 }, { number, 4 } };
        Tensor<double> tensor = Tensor.Create([1, 2, number, 4], [2, 2]);
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => loss.Call(targets, Outputs)).Message, StringComparison.Ordinal);
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => loss.Call(Outputs, targets)).Message, StringComparison.Ordinal);
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => loss.Call(tensor, tensor)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SparseCategoricalCrossentropy().Call(new[] { 0, number }, Outputs));
    }

    [Fact]
    public void What_is_infinite_stays_so()
    {
        double[,] targets = { { 1, 2 }, { double.PositiveInfinity, 4 } };
        Assert.Equal(float.PositiveInfinity, new MeanSquaredError().Call(targets, Outputs));
    }
}
