using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class CategoryEncodingTests
{
    [Fact]
    public void Numbers_become_rows()
    {
        Tensor<float> oneHot = new CategoryEncoding(4, OutputMode.OneHot).Transform(new[] { 3, 2, 0 });
        Assert.Equal([3, 4], oneHot.Lengths);
        Assert.Equal([0f, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0], TensorRows.Numbers(oneHot));
        Assert.Equal([2, 4], new CategoryEncoding(4, OutputMode.OneHot).Transform(new[,] { { 3 }, { 2 } }).Lengths);
        Tensor<float> multiHot = new CategoryEncoding(4).Transform(new[,] { { 0, 1 }, { 0, 0 } });
        Assert.Equal([2, 4], multiHot.Lengths);
        Assert.Equal([1f, 1, 0, 0, 1, 0, 0, 0], TensorRows.Numbers(multiHot));
        Assert.Equal([4], new CategoryEncoding(4).Transform(new[] { 0, 1 }).Lengths);
    }

    // Keras's own example.
    [Fact]
    public void Counts_may_be_weighted() => Assert.Equal(
        [.1f, .2f, 0, 0, .2f, 0, 0, 0, 0, .2f, .3f, 0, 0, .2f, 0, .4f],
        TensorRows.Numbers(new CategoryEncoding(4, OutputMode.Count).Transform(
            new[,] { { 0, 1 }, { 0, 0 }, { 1, 2 }, { 3, 1 } }, new[,] { { .1f, .2f }, { .1f, .1f }, { .2f, .3f }, { .4f, .2f } })));

    [Fact]
    public void A_number_that_is_no_category_leaves_zeros() =>
        Assert.Equal([0f, 0, 0, 1, 0, 0], TensorRows.Numbers(new CategoryEncoding(2, OutputMode.OneHot).Transform(new[] { 2, 1, -1 })));

    // Axis 1 is that of a sample, as what Keras computes has it.
    [Fact]
    public void Further_axes_stay()
    {
        Tensor<float> rows = new CategoryEncoding(3, OutputMode.Count).Transform(Tensor.Create([0f, 1, 1, 1, 2, 1, 0, 2], [2, 2, 2]));
        Assert.Equal([2, 2, 3], rows.Lengths);
        Assert.Equal([1f, 1, 0, 0, 2, 0, 1, 0, 1, 0, 1, 1], TensorRows.Numbers(rows));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CategoryEncoding(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CategoryEncoding(2, OutputMode.Int));
        Assert.Throws<ArgumentException>(() => new CategoryEncoding(2).Transform(new[] { 0.5f }));
        Assert.Throws<ArgumentException>(() => new CategoryEncoding(2).Transform(new[] { 1 }, new[] { 1f }));
        Assert.Throws<ArgumentException>(() => new CategoryEncoding(2, OutputMode.Count).Transform(new[] { 1 }, new[] { 1f, 2f }));
    }
}
