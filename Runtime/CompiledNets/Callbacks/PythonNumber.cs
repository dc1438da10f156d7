using System.Globalization;

namespace CompiledNets;

/// <summary>Numbers as Python's <c>repr</c> prints them: the fewest digits that give the number back.</summary>
internal static class PythonNumber
{
    /// <summary>The text: <c>0.1</c>, <c>1.0</c>, <c>1e-05</c>, <c>nan</c>.</summary>
    public static string Text(double number)
    {
        if (double.IsNaN(number)) return "nan";
        if (double.IsInfinity(number)) return number > 0 ? "inf" : "-inf";
        string shortest = number.ToString("E16", CultureInfo.InvariantCulture);
        string digits = number.ToString("R", CultureInfo.InvariantCulture);
        int exponent = int.Parse(shortest.AsSpan(shortest.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        string mantissa = string.Concat(digits.Split('E')[0].Where(char.IsAsciiDigit)).Trim('0');
        string sign = double.IsNegative(number) ? "-" : "";
        if (mantissa.Length == 0) return sign + "0.0";
        if (exponent is < -4 or >= 16)
        {
            string rest = mantissa.Length > 1 ? "." + mantissa[1..] : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"{sign}{mantissa[0]}{rest}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0) return sign + "0." + new string('0', -exponent - 1) + mantissa;
        mantissa = mantissa.PadRight(exponent + 1, '0');
        return sign + mantissa[..(exponent + 1)] + "." + (mantissa.Length > exponent + 1 ? mantissa[(exponent + 1)..] : "0");
    }
}
