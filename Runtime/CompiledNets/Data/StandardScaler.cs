namespace CompiledNets.Data;

/// <summary>
/// Scales each column to mean 0 and standard deviation 1, as scikit-learn's StandardScaler: the deviation is that of the population
/// (divided by n), and a constant column is only moved.
/// </summary>
public sealed class StandardScaler : Scaler
{
    // scikit-learn: a variance that rounding alone can explain counts as none.
    private const double Epsilon = 2.220446049250313e-16;

    private protected override (double Center, double Scale) Measure(ReadOnlySpan<double> column)
    {
        double mean = 0, variance = 0;
        foreach (double x in column) mean += x;
        mean /= column.Length;
        foreach (double x in column) variance += (x - mean) * (x - mean);
        variance /= column.Length;
        double rounding = column.Length * Epsilon * mean;
        bool constant = variance <= (column.Length * Epsilon * variance) + (rounding * rounding);
        return (mean, constant ? 1 : Math.Sqrt(variance));
    }
}
