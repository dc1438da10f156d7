using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Harness.Goldens;

namespace CompiledNets.Tests.Data;

public sealed class OneHotTests
{
    [Fact]
    public void Each_number_becomes_a_row()
    {
        Tensor<float> rows = OneHot.ToCategorical(Tensor.Create([0f, 2, 1], [3]));
        Assert.Equal([3, 3], rows.Lengths);
        Assert.Equal([1f, 0, 0, 0, 0, 1, 0, 1, 0], TensorRows.Numbers(rows));
    }

    [Fact]
    public void A_last_axis_of_one_is_dropped()
    {
        Assert.Equal([2, 4], OneHot.ToCategorical(Tensor.Create([0f, 3], [2, 1])).Lengths);
        Assert.Equal([1, 2, 4], OneHot.ToCategorical(Tensor.Create([0f, 3], [1, 2])).Lengths);
        Assert.Equal([1, 4], OneHot.ToCategorical(Tensor.Create([3f], [1])).Lengths);
    }

    [Fact]
    public void Numbers_that_are_no_class_are_refused()
    {
        Assert.StartsWith(
            "Expected whole numbers from 0 to 2, the 3 classes. Received: 3 at position 1",
            Assert.Throws<ArgumentException>(() => OneHot.ToCategorical(Tensor.Create([0f, 3], [2]), numClasses: 3)).Message,
                StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OneHot.ToCategorical(Tensor.Create([0.5f, 3], [2])));
        Assert.Throws<ArgumentException>(() => OneHot.ToCategorical(Tensor.Create([-1f], [1])));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(1e10f)]
    [InlineData(-1e10f)]
    [InlineData(2147483648f)]
    public void A_number_that_counts_nothing_is_refused_with_its_position(float number)
    {
        string received = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Received: {number} at position 1");
        Assert.Contains(received, Assert.Throws<ArgumentException>(() => OneHot.ToCategorical(Tensor.Create([0f, number], [2]))).Message,
            StringComparison.Ordinal);
        Assert.Contains(received,
            Assert.Throws<ArgumentException>(() => OneHot.ToCategorical(Tensor.Create([0f, number], [2]), numClasses: 3)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void More_rows_and_classes_than_an_array_holds_are_refused()
    {
        Tensor<float> identifiers = Tensor.Create([1e9f, 5, 7], [3]);
        Assert.Contains("3 rows of 1000000001 classes", Assert.Throws<ArgumentException>(() => OneHot.ToCategorical(identifiers)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OneHot.ToCategorical(Tensor.Create([0f, 1], [2]), numClasses: int.MaxValue));
    }

    [Fact]
    public void Rows_are_those_of_Keras()
    {
        GoldenCase golden = GoldenFamily.Read(GoldenFolder.FullPath, "preprocessing").Cases.Single(
            candidate => candidate.Name == "to_categorical");
        Tensor<float> rows = OneHot.ToCategorical(golden["x"].ToTensor(), golden.Part("args")!.Value.GetProperty("num_classes").GetInt32());
        Assert.Equal(golden["y"].Shape, TensorRows.Shape(rows));
        Assert.Equal(golden["y"].Data, TensorRows.Numbers(rows).Select(number => (double)number));
    }
}
