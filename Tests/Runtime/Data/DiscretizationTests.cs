using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

/// <summary>Keras's own examples and tests (discretization.py, discretization_test.py).</summary>
public sealed class DiscretizationTests
{
    [Fact]
    public void A_bin_is_how_many_boundaries_are_not_above()
    {
        Discretization bins = new([0, 0.5, 1]);
        Assert.Equal([0f, 1, 1, 2, 3, 3], TensorRows.Numbers(bins.Transform(new[] { -1f, 0, 0.1f, 0.8f, 1.2f, float.NaN })));
        Tensor<float> rows = new Discretization([0, 0.5, 1], outputMode: OutputMode.MultiHot).Transform(new[,] { { 0.1f, 0.8f } });
        Assert.Equal([1, 4], rows.Lengths);
        Assert.Equal([0f, 1, 1, 0], TensorRows.Numbers(rows));
    }

    [Fact]
    public void Boundaries_are_learned()
    {
        Discretization bins = new(numBins: 4);
        float[,] data = { { -1.5f, 1, 3.4f, .5f }, { 0, 3, 1.3f, 0 } };
        bins.Adapt(data);
        Assert.Equal(3, bins.BinBoundaries.Count);
        Assert.Equal([0f, 2, 3, 2, 1, 3, 3, 1], TensorRows.Numbers(bins.Transform(data)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Bins_of_many_numbers_are_equally_full(int batches)
    {
        Discretization bins = new(numBins: 5);
        float[] numbers = [.. Enumerable.Range(0, 7000).Select(i => MathF.Sin(i))];
        bins.Adapt(numbers.Chunk(numbers.Length / batches).Select(batch => (Samples)batch));
        int[] counts =
            [.. TensorRows.Numbers(bins.Transform(numbers)).CountBy(bin => bin).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        Assert.Equal(5, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 1400 * 0.95, 1400 * 1.05));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Discretization());
        Assert.Throws<ArgumentException>(() => new Discretization([1], 2));
        Assert.Throws<ArgumentException>(() => new Discretization([1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Discretization(numBins: 0));
        Assert.Throws<InvalidOperationException>(() => new Discretization(numBins: 2).Transform(new[] { 1f }));
        Assert.Throws<InvalidOperationException>(() => new Discretization([1]).Adapt(new[] { 1f }));
        Assert.Throws<ArgumentException>(() => new Discretization(numBins: 2).Adapt(new[] { float.NaN }));
        Assert.Throws<ArgumentException>(() => new Discretization(numBins: 2).Adapt(Array.Empty<float>()));
    }
}
