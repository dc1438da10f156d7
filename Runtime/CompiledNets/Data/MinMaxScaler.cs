using System.Globalization;

namespace CompiledNets.Data;

/// <summary>
/// Scales each column so that its smallest number becomes <c>min</c> and its largest <c>max</c>, as scikit-learn's MinMaxScaler. A constant
/// column is only moved: it becomes <c>min</c>.
/// </summary>
public sealed class MinMaxScaler : Scaler
{
    private readonly double min;
    private readonly double max;

    /// <summary>Chooses the range.</summary>
    /// <param name="min">What the smallest number becomes. Default: 0.</param>
    /// <param name="max">What the largest number becomes; above <paramref name="min"/>. Default: 1.</param>
    /// <exception cref="ArgumentException">The range is empty or has no end.</exception>
    public MinMaxScaler(double min = 0, double max = 1)
    {
        if (!(min < max))
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected min below max. Received: min={min}, max={max}"), nameof(min));
        if (!double.IsFinite(max - min))
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a range that ends. Received: min={min}, max={max}"), nameof(max));
        (this.min, this.max) = (min, max);
    }

    private protected override (double Center, double Scale) Measure(ReadOnlySpan<double> column)
    {
        double smallest = column[0], largest = column[0];
        foreach (double x in column) (smallest, largest) = (Math.Min(smallest, x), Math.Max(largest, x));
        double scale = (largest > smallest ? largest - smallest : 1) / (max - min);
        return (smallest - (min * scale), scale);
    }
}
