using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Features and their targets, row by row.</summary>
public sealed class Dataset
{
    private readonly Rows features;

    /// <summary>Pairs features and targets.</summary>
    /// <param name="features">Shape (samples, features), or (samples, ...) for networks that take more axes.</param>
    /// <param name="targets">As many samples: shape (samples) or (samples, outputs).</param>
    /// <param name="sampleWeights">A weight for each sample, shape (samples), or for each position of each; or null.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ, or there is no axis of samples.</exception>
    public Dataset(Samples features, Samples targets, Samples? sampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        Features = features.Tensor;
        Targets = targets.Tensor;
        SampleWeights = sampleWeights?.Tensor;
        Count = CountRows(Features, nameof(features));
        CheckRows(Targets, nameof(targets));
        if (SampleWeights is not null) CheckRows(SampleWeights, nameof(sampleWeights));
        this.features = new(Features);
    }

    /// <summary>The features, shape (samples, features).</summary>
    public Tensor<float> Features { get; }

    /// <summary>The targets, shape (samples) or (samples, outputs).</summary>
    public Tensor<float> Targets { get; }

    /// <summary>A weight for each sample, shape (samples), or for each position of each; null for none.</summary>
    public Tensor<float>? SampleWeights { get; }

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    /// <summary>The features of one sample, as <see cref="Model.Predict(ReadOnlySpan{float})"/> takes them.</summary>
    /// <param name="row">The sample, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> Row(int row)
    {
        CheckRow(row, nameof(row));
        return features.Span.Slice(row * features.RowLength, features.RowLength);
    }

    /// <summary>A copy of some samples, in the order they are named.</summary>
    /// <param name="rows">Samples, from 0; one may come more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public Dataset Take(params ReadOnlySpan<int> rows)
    {
        foreach (int row in rows) CheckRow(row, nameof(rows));
        return new(RowSelection.Of(Features, rows), RowSelection.Of(Targets, rows), SampleWeights is null ? null : RowSelection.Of(SampleWeights, rows));
    }

    /// <summary>A copy of neighbouring samples: <c>data.Take(..700)</c> is the first 700.</summary>
    /// <param name="rows">Samples, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all there.</exception>
    public Dataset Take(Range rows)
    {
        (int first, int count) = rows.GetOffsetAndLength(Count);
        return Take([.. Enumerable.Range(first, count)]);
    }

    /// <summary>Divides the samples at random into those to train on and those to test with.</summary>
    /// <param name="testSize">The share to test with, above 0 and below 1; rounded up to whole samples. Default: a quarter.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <exception cref="ArgumentException">The share is not one, or leaves nothing to train on.</exception>
    public (Dataset Train, Dataset Test) Split(double testSize = 0.25, int seed = 0) => Parts(TrainTestSplit.Rows(Count, testSize, seed));

    /// <summary>Divides the samples at random into those to train on and those to test with.</summary>
    /// <param name="testRows">How many to test with, at least 1 and less than <see cref="Count"/>.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <exception cref="ArgumentException">One of the parts would be empty.</exception>
    public (Dataset Train, Dataset Test) Split(int testRows, int seed = 0) => Parts(TrainTestSplit.Rows(Count, testRows, seed));

    /// <summary>The shapes: <c>(235, 34) -> (235,)</c>.</summary>
    public override string ToString() => $"{ShapeText.Of(TensorRows.Shape(Features))} -> {ShapeText.Of(TensorRows.Shape(Targets))}";

    private (Dataset Train, Dataset Test) Parts((int[] Train, int[] Test) rows) => (Take(rows.Train), Take(rows.Test));

    private void CheckRow(int row, string argument)
    {
        if (row >= 0 && row < Count) return;
        throw new ArgumentOutOfRangeException(argument, string.Create(CultureInfo.InvariantCulture, $"Expected a row from 0 to {Count - 1}. Received: {row}"));
    }

    private void CheckRows(Tensor<float> tensor, string argument)
    {
        int rows = CountRows(tensor, argument);
        if (rows == Count) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected as many rows of {argument} as of features, {Count}. Received: {rows}"), argument);
    }

    private static int CountRows(Tensor<float> tensor, string argument)
    {
        if (tensor.Rank > 0) return checked((int)tensor.Lengths[0]);
        throw new ArgumentException($"Expected {argument} with samples as the first axis. Received: {argument}.shape=()", argument);
    }
}
