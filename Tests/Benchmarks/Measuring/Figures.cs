namespace CompiledNets.Benchmarks.Measuring;

/// <summary>How figures are printed: with the three or four digits that mean something.</summary>
internal static class Figures
{
    /// <summary>Seconds, as microseconds.</summary>
    public static string Microseconds(double seconds) => Digits(seconds * 1e6);

    /// <summary>A share, as a percentage.</summary>
    public static string Percent(double share) => (share * 100).ToString("F1");

    /// <summary>A number of about four digits.</summary>
    public static string Digits(double value) => value switch
    {
        < 10 => value.ToString("F3"),
        < 100 => value.ToString("F2"),
        < 1000 => value.ToString("F1"),
        _ => value.ToString("F0"),
    };
}
