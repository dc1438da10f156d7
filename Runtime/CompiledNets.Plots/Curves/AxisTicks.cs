using System.Globalization;

namespace CompiledNets.Plots;

/// <summary>An axis: its range, and round numbers on it.</summary>
internal sealed class AxisTicks
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    private readonly int decimals;

    /// <summary>Makes the axis.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="most">How many numbers there may be.</param>
    /// <param name="isWhole">Whether numbers are to be whole.</param>
    /// <param name="isTight">Whether the axis ends with the values, and not with a round number.</param>
    public AxisTicks(double low, double high, int most, bool isWhole, bool isTight)
    {
        if (high - low < 1e-12 * Math.Max(1, Math.Abs(high)))
        {
            double room = isWhole ? 1 : Math.Max(Math.Abs(high) * 0.1, 1e-3);
            (low, high) = (low - room, high + room);
        }

        double rough = (high - low) / most, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = Steps.First(candidate => candidate * power >= rough * 0.999) * power;
        if (isWhole) step = Math.Max(1, Math.Ceiling(step));
        (Low, High) = isTight ? (low, high) : (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
        Values = [.. Enumerable.Range(0, 100).Select(i => (Math.Ceiling((Low / step) - 1e-9) + i) * step)
            .TakeWhile(value => value <= High + (step * 1e-9))];
        decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        // 2.5 and 0.25 have a digit more than their power of ten.
        if (Math.Abs((step * Math.Pow(10, decimals)) - Math.Round(step * Math.Pow(10, decimals))) > 1e-6) decimals++;
    }

    /// <summary>Where it begins.</summary>
    public double Low { get; }

    /// <summary>Where it ends.</summary>
    public double High { get; }

    /// <summary>The numbers.</summary>
    public double[] Values { get; }

    /// <summary>A number as text.</summary>
    public string Text(double value)
    {
        if (Math.Max(Math.Abs(Low), Math.Abs(High)) >= 1e6 || decimals > 6)
            return value == 0 ? "0" : value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.All(character => character is '-' or '0' or '.') ? text[1..] : text.Replace('-', '\u2212');
    }
}
