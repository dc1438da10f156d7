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
        return new(RowSelection.Of(Features, rows), RowSelection.Of(Targets, rows),
            SampleWeights is null ? null : RowSelection.Of(SampleWeights, rows));
    }

    /// <summary>A copy of neighbouring samples: <c>data.Take(..700)</c> is the first 700.</summary>
    /// <param name="rows">Samples, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all there.</exception>
    public Dataset Take(Range rows)
    {
        int first = rows.Start.GetOffset(Count), end = rows.End.GetOffset(Count);
        if (first >= 0 && first <= end && end <= Count) return Take([.. Enumerable.Range(first, end - first)]);
        throw new ArgumentOutOfRangeException(
            nameof(rows), string.Create(CultureInfo.InvariantCulture, $"Expected some of the {Count} samples, from 0. Received: {rows}"));
    }

    /// <summary>Divides the samples at random into those to train on and those to test with.</summary>
    /// <param name="testSize">The share to test with, above 0 and below 1; rounded up to whole samples. Default: a quarter.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="stratify">
    /// Whether the classes, samples with equal targets, are in both parts in the proportions of the whole. Default: no.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The share is not one or leaves nothing to train on; or, stratified, a class has too few samples.
    /// </exception>
    public (Dataset Train, Dataset Test) Split(double testSize = 0.25, int seed = 0, bool stratify = false) =>
        Split(TrainTestSplit.TestRows(Count, testSize, nameof(testSize)), seed, stratify);

    /// <summary>Divides the samples at random into those to train on and those to test with.</summary>
    /// <param name="testRows">How many to test with, at least 1 and less than <see cref="Count"/>.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="stratify">
    /// Whether the classes, samples with equal targets, are in both parts in the proportions of the whole. Default: no.
    /// </param>
    /// <exception cref="ArgumentException">One of the parts would be empty; or, stratified, a class has too few samples.</exception>
    public (Dataset Train, Dataset Test) Split(int testRows, int seed = 0, bool stratify = false)
    {
        (int[] train, int[] test) = stratify
            ? TrainTestSplit.Stratified(Targets, testRows, seed)
            : TrainTestSplit.Rows(Count, testRows, seed);
        return (Take(train), Take(test));
    }

    /// <summary>
    /// Divides the samples at random into those to train on, those to validate with while training, and those to test with.
    /// </summary>
    /// <param name="testSize">The share of all samples to test with, above 0 and below 1; rounded up to whole samples.</param>
    /// <param name="validationSize">The share of all samples to validate with, above 0 and below 1; rounded up to whole samples.</param>
    /// <param name="seed">The same seed gives the same parts; those to test with are those of the split in two.</param>
    /// <param name="stratify">
    /// Whether the classes, samples with equal targets, are in all parts in the proportions of the whole. Default: no.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A share is not one, or they leave nothing to train on; or, stratified, a class has too few samples.
    /// </exception>
    public (Dataset Train, Dataset Validation, Dataset Test) Split(
        double testSize, double validationSize, int seed = 0, bool stratify = false)
    {
        int testRows = TrainTestSplit.TestRows(Count, testSize, nameof(testSize));
        int validationRows = TrainTestSplit.TestRows(Count, validationSize, nameof(validationSize));
        if (testRows + validationRows >= Count)
        {
            string shares = string.Create(
                CultureInfo.InvariantCulture, $"testSize={testSize}, validationSize={validationSize} of {Count} samples");
            throw new ArgumentException($"Expected shares that leave a sample to train on. Received: {shares}", nameof(validationSize));
        }

        (Dataset rest, Dataset test) = Split(testRows, seed, stratify);
        (Dataset train, Dataset validation) = rest.Split(validationRows, seed, stratify);
        return (train, validation, test);
    }

    /// <summary>The shapes: <c>(235, 34) -> (235,)</c>.</summary>
    public override string ToString() => $"{ShapeText.Of(TensorRows.Shape(Features))} -> {ShapeText.Of(TensorRows.Shape(Targets))}";

    private void CheckRow(int row, string argument)
    {
        if (row >= 0 && row < Count) return;
        throw new ArgumentOutOfRangeException(
            argument, string.Create(CultureInfo.InvariantCulture, $"Expected a row from 0 to {Count - 1}. Received: {row}"));
    }

    private void CheckRows(Tensor<float> tensor, string argument)
    {
        int rows = CountRows(tensor, argument);
        if (rows == Count) return;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"Expected as many rows of {argument} as of features, {Count}. Received: {rows}"),
            argument);
    }

    private static int CountRows(Tensor<float> tensor, string argument)
    {
        if (tensor.Rank > 0) return checked((int)tensor.Lengths[0]);
        throw new ArgumentException($"Expected {argument} with samples as the first axis. Received: {argument}.shape=()", argument);
    }
}
