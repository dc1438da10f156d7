using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// Puts numbers into bins, as Keras's Discretization: the bin of a number is how many boundaries are not above it. Boundaries are given, or
/// learned so that each bin has about as many numbers.
/// </summary>
public sealed class Discretization
{
    private readonly int? numBins;
    private readonly double epsilon;
    private float[]? boundaries;

    /// <summary>Makes the step.</summary>
    /// <param name="binBoundaries">Boundaries in ascending order; null where they are learned.</param>
    /// <param name="numBins">How many bins to learn, at least 1; null where boundaries are given.</param>
    /// <param name="epsilon">How exactly quantiles are learned: the share of numbers that a step stands for. Default 0.01.</param>
    /// <param name="outputMode">What becomes of the numbers of bins; not <see cref="OutputMode.TfIdf"/>.</param>
    /// <exception cref="ArgumentException">
    /// Both of the first two are given, or none; boundaries do not ascend; or an argument is out of its range.
    /// </exception>
    public Discretization(
        double[]? binBoundaries = null, int? numBins = null, double epsilon = 0.01, OutputMode outputMode = OutputMode.Int)
    {
        if (binBoundaries is null == numBins is null)
        {
            string found = numBins is null ? "none" : "both";
            throw new ArgumentException($"Expected binBoundaries or numBins. Received: {found}", nameof(numBins));
        }

        if (numBins is < 1)
            throw new ArgumentOutOfRangeException(nameof(numBins), string.Create(
                CultureInfo.InvariantCulture, $"Expected at least 1 bin. Received: numBins={numBins}"));
        if (!(epsilon is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(epsilon), string.Create(
                CultureInfo.InvariantCulture, $"Expected a share above 0 and up to 1. Received: epsilon={epsilon}"));
        if (outputMode is < OutputMode.Int or > OutputMode.Count)
            throw new ArgumentOutOfRangeException(
                nameof(outputMode), $"Expected Int, OneHot, MultiHot or Count. Received: outputMode={outputMode}");
        for (int i = 0; i < binBoundaries?.Length; i++)
        {
            if (double.IsFinite(binBoundaries[i]) && (i == 0 || binBoundaries[i] >= binBoundaries[i - 1])) continue;
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                    $"Expected finite boundaries in ascending order. Received: {binBoundaries[i]} at {i} (from 0)"),
                nameof(binBoundaries));
        }

        boundaries = binBoundaries is null ? null : Array.ConvertAll(binBoundaries, boundary => (float)boundary);
        this.numBins = numBins;
        this.epsilon = epsilon;
        OutputMode = outputMode;
    }

    /// <summary>The boundaries, given or learned; empty before <see cref="Adapt(Samples)"/>.</summary>
    public IReadOnlyList<float> BinBoundaries => boundaries ?? [];

    /// <summary>What becomes of the numbers of bins.</summary>
    public OutputMode OutputMode { get; }

    /// <summary>Learns boundaries.</summary>
    /// <param name="data">Finite numbers, of whatever shape.</param>
    /// <exception cref="ArgumentException">There are no numbers, or one is not finite.</exception>
    /// <exception cref="InvalidOperationException">Boundaries were given.</exception>
    public void Adapt(Samples data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Adapt([data]);
    }

    /// <summary>Learns boundaries, batch by batch, from data that need not be in memory at once.</summary>
    /// <param name="batches">Finite numbers, of whatever shape.</param>
    /// <exception cref="ArgumentException">There are no numbers, or one is not finite.</exception>
    /// <exception cref="InvalidOperationException">Boundaries were given.</exception>
    public void Adapt(IEnumerable<Samples> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (numBins is null)
            throw new InvalidOperationException("This Discretization was given its boundaries: give it numBins for it to learn them.");
        QuantileSummary summary = QuantileSummary.Empty;
        foreach (Samples batch in batches)
        {
            float[] numbers = TensorRows.Numbers(batch.Tensor);
            int bad = Array.FindIndex(numbers, number => !float.IsFinite(number));
            if (bad >= 0)
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Expected finite numbers, but found {numbers[bad]} at position {bad} (from 0)."),
                    nameof(batches));
            if (numbers.Length > 0) summary = QuantileSummary.Of(numbers, epsilon).Merge(summary, epsilon);
        }

        if (summary.Count == 0) throw new ArgumentException("Expected at least one number to learn from. Received: none", nameof(batches));
        boundaries = summary.Boundaries(numBins.Value);
    }

    /// <summary>The bins of numbers.</summary>
    /// <param name="x">Numbers of whatever shape; NaN is in the last bin.</param>
    /// <returns>The shape of <paramref name="x"/>; in other modes a row of as many numbers as there are bins, as the mode says.</returns>
    /// <exception cref="InvalidOperationException">Boundaries were not learned yet.</exception>
    public Tensor<float> Transform(Samples x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (boundaries is null)
            throw new InvalidOperationException("This Discretization has no boundaries yet: call Adapt, or give it binBoundaries.");
        int[] indices = Array.ConvertAll(TensorRows.Numbers(x.Tensor), Bin);
        return IndexEncoding.Encode(indices, TensorRows.Shape(x.Tensor), OutputMode, boundaries.Length + 1);
    }

    private int Bin(float number)
    {
        int first = 0, end = boundaries!.Length;
        while (first < end)
        {
            int middle = (first + end) / 2;
            if (number < boundaries[middle]) end = middle;
            else first = middle + 1;
        }

        return first;
    }
}
