using System.Globalization;

namespace CompiledNets.Data;

/// <summary>
/// What a missing value of a column of numbers becomes. To leave out rows with missing values use <see cref="CsvData.DropMissing"/>.
/// </summary>
public sealed class Missing
{
    private readonly Func<float[], float>? fill;

    private Missing(Func<float[], float>? fill) => this.fill = fill;

    /// <summary>It is an error, with its place. This is the default.</summary>
    public static Missing Error { get; } = new(null);

    /// <summary>It becomes <see cref="float.NaN"/>, to be dealt with by the caller: training refuses it.</summary>
    public static Missing NaN { get; } = new(_ => float.NaN);

    /// <summary>It becomes the mean of the values that are there in its column.</summary>
    public static Missing Mean { get; } = new(present => (float)present.Average(number => (double)number));

    /// <summary>
    /// It becomes the median of the values that are there in its column; of an even number of them, the mean of the two in the middle.
    /// </summary>
    public static Missing Median { get; } = new(present =>
    {
        float[] sorted = [.. present.Order()];
        return (float)(((double)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
    });

    /// <summary>It becomes a number.</summary>
    /// <param name="number">The number.</param>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public static Missing Number(float number)
    {
        if (float.IsFinite(number)) return new(_ => number);
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture,
                $"Expected a finite number in place of missing values; for NaN use Missing.NaN. Received: {number}"), nameof(number));
    }

    /// <summary>Whether a missing value is an error.</summary>
    internal bool IsError => fill is null;

    /// <summary>Whether there is nothing to fill with where no value is present.</summary>
    internal bool NeedsValues => this == Mean || this == Median;

    /// <summary>What a missing value becomes beside those that are there.</summary>
    internal float Fill(float[] present) => fill!(present);
}
