using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class TimeSeriesTests
{
    private static readonly float[] Ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    // The tutorial's own illustration.
    [Fact]
    public void A_window_is_followed_by_its_target()
    {
        Dataset windows = TimeSeries.SplitSequence(Ten, 5);
        Assert.Equal("(5, 5, 1) -> (5,)", windows.ToString());
        Assert.Equal([1f, 2, 3, 4, 5], windows.Row(0).ToArray());
        Assert.Equal([5f, 6, 7, 8, 9], windows.Row(4).ToArray());
        Assert.Equal([6f, 7, 8, 9, 10], TensorRows.Numbers(windows.Targets));
        Assert.Equal(103, TimeSeries.SplitSequence(new float[108], 5).Count);
    }

    [Fact]
    public void Features_stay_together()
    {
        Dataset windows = TimeSeries.SplitSequence(new float[,] { { 1, 10 }, { 2, 20 }, { 3, 30 } }, 2);
        Assert.Equal("(1, 2, 2) -> (1, 2)", windows.ToString());
        Assert.Equal([1f, 10, 2, 20], windows.Row(0).ToArray());
        Assert.Equal([3f, 30], TensorRows.Numbers(windows.Targets));
    }

    [Fact]
    public void Targets_belong_to_the_step_at_which_a_window_starts()
    {
        Dataset windows =
            TimeSeries.DatasetFromArray(Ten, new[] { 0f, 1, 2, 3, 4, 5 }, sequenceLength: 3, sequenceStride: 2, samplingRate: 2);
        Assert.Equal("(3, 3) -> (3,)", windows.ToString());
        Assert.Equal([5f, 7, 9], windows.Row(2).ToArray());
        Assert.Equal([0f, 2, 4], TensorRows.Numbers(windows.Targets));
        Dataset later = TimeSeries.DatasetFromArray(Ten, Ten, sequenceLength: 2, startIndex: 3, endIndex: 8);
        Assert.Equal(TensorRows.Numbers(later.Targets), TensorRows.Numbers(later.Features).Where((_, i) => i % 2 == 0));
        Tensor<float> alone = TimeSeries.Windows(new float[8, 2], 4, startIndex: 1, endIndex: 7);
        Assert.Equal([3, 4, 2], alone.Lengths);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.StartsWith(
            "Expected windows of at least 1 step, and a step after each in a series of 10. Received: steps=10",
            Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.SplitSequence(Ten, 10)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.SplitSequence(Ten, 0));
        Assert.StartsWith(
            "Expected a window of 11 steps to fit between 0 and 10",
            Assert.Throws<ArgumentException>(() => TimeSeries.Windows(Ten, 11)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.Windows(Ten, 2, sequenceStride: 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.Windows(Ten, 2, samplingRate: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.Windows(Ten, 2, startIndex: 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.Windows(Ten, 2, endIndex: 10));
        Assert.Throws<ArgumentException>(() => TimeSeries.DatasetFromArray(Ten, Array.Empty<float>(), 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Differences_become_the_series_again(int lag)
    {
        float[] series = [18024, 16722, 14385, 21342, 17180, 14577];
        Tensor<float> differences = Differencing.Difference(series, lag);
        Assert.Equal([6 - lag], differences.Lengths);
        Assert.Equal(series[lag] - series[0], differences[0]);
        Assert.Equal(series, TensorRows.Numbers(Differencing.Invert(differences, series[..lag], lag)));
        Tensor<float> columns = Differencing.Difference(new float[,] { { 1, 5 }, { 2, 7 } });
        Assert.Equal([1f, 2], TensorRows.Numbers(columns));
        Assert.Equal([1f, 5, 2, 7], TensorRows.Numbers(Differencing.Invert(columns, new float[,] { { 1, 5 } })));
    }

    [Fact]
    public void Differences_need_values_before()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Differencing.Difference(Ten, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Differencing.Difference(Ten, 0));
        Assert.StartsWith(
            "Expected a start of shape (2,). Received: start.shape=(1,)",
            Assert.Throws<ArgumentException>(() => Differencing.Invert(Ten, new[] { 1f }, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_become_equally_long()
    {
        int[][] sequences = [[1, 2, 3], [4], []];
        Assert.Equal([1f, 2, 3, 0, 0, 4, 0, 0, 0], TensorRows.Numbers(Sequences.Pad(sequences)));
        Assert.Equal([2f, 3, -1, 4, -1, -1], TensorRows.Numbers(Sequences.Pad(sequences, 2, value: -1)));
        Assert.Equal([1f, 2, 4, 0, 0, 0], TensorRows.Numbers(Sequences.Pad(sequences, 2, SequenceSide.Post, SequenceSide.Post)));
        Tensor<float> steps = Sequences.Pad(
            [Tensor.Create([1f, 2, 3, 4], [2, 2]), Tensor.Create([5f, 6], [1, 2]), Tensor.Create(Array.Empty<float>(), [0, 2])]);
        Assert.Equal([3, 2, 2], steps.Lengths);
        Assert.Equal([1f, 2, 3, 4, 0, 0, 5, 6, 0, 0, 0, 0], TensorRows.Numbers(steps));
        Assert.Throws<ArgumentException>(() => Sequences.Pad(Array.Empty<int[]>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sequences.Pad(sequences, 0));
        Assert.StartsWith(
            "Expected steps of shape (2,). Received: (3,) in sequence 1",
            Assert.Throws<ArgumentException>(() =>
                Sequences.Pad([Tensor.Create([1f, 2], [1, 2]), Tensor.Create([1f, 2, 3], [1, 3])])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0, 0.25f, 0.75f)]
    [InlineData(2.0, 0.31622776f, 0.9486833f)]
    [InlineData(double.PositiveInfinity, 0.33333334f, 1f)]
    [InlineData(double.NegativeInfinity, 1f, 3f)]
    [InlineData(0.0, 0.5f, 1.5f)]
    public void Vectors_get_the_length_1(double order, float first, float second)
    {
        Assert.Equal([first, second, 0, 0], TensorRows.Numbers(VectorNorm.Normalize(new float[,] { { 1, 3 }, { 0, 0 } }, order: order)));
        Assert.Equal([first, 0, second, 0],
            TensorRows.Numbers(VectorNorm.Normalize(new float[,] { { 1, 0 }, { 3, 0 } }, axis: 0, order: order)));
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorNorm.Normalize(new float[2, 2], axis: 2));
    }
}
