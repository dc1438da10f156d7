using System.Globalization;

namespace CompiledNets;

/// <summary>What standard output is: a terminal that understands escape codes, or a file or a pipe.</summary>
internal static class Terminal
{
    /// <summary>Columns where nothing says how many there are, as in Python.</summary>
    private const int DefaultColumns = 80;

    /// <summary>Whether standard output goes to a terminal.</summary>
    public static bool IsThere => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether it goes to a terminal on which colours are welcome (https://no-color.org).</summary>
    public static bool HasColors => IsThere && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>How wide it is: the environment's <c>COLUMNS</c>, the width of the window, or 80.</summary>
    public static int Columns
    {
        get
        {
            string? given = Environment.GetEnvironmentVariable("COLUMNS");
            if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0) return columns;
            if (Console.IsOutputRedirected) return DefaultColumns;
            try
            {
                return Console.WindowWidth is > 0 and int width ? width : DefaultColumns;
            }
            catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
            {
                return DefaultColumns;
            }
        }
    }
}
