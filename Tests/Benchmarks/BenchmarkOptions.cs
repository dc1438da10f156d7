using System.Globalization;

namespace CompiledNets.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions(string Face)
{
    private const string Usage = """
        Usage: dotnet run -c Release --project Tests/Benchmarks -- FACE [options]
          peers       training and prediction against TorchSharp and ONNX Runtime
          kernels     the kernels of dense layers, as a share of the machine's peak
          scaling     a training step over batch sizes and widths, against TorchSharp
          generator   what the compiler takes, and how much it writes
        Options:
          --threads N   with N threads only (default: 1, then 2)
          --filter TEXT only what has TEXT in its name
          --json FILE   results of `peers` as well as a JSON object a line
          --seconds S   how long a row is measured (default 4)
        """;

    /// <summary>Numbers of threads, one after the other.</summary>
    public IReadOnlyList<int> Threads { get; private init; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    /// <summary>A part of the names of what is to be measured.</summary>
    public string Filter { get; private init; } = "";

    /// <summary>A file for results.</summary>
    public string? Json { get; private init; }

    /// <summary>How long a row is measured.</summary>
    public TimeSpan TimeForRow { get; private init; } = TimeSpan.FromSeconds(4);

    /// <summary>Reads the command line; null where it is wrong, which is said.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        if (args.Length % 2 == 0 || args[0] is not ("peers" or "kernels" or "scaling" or "generator")) return Refuse("Name one of the four faces, then options with their values.");
        BenchmarkOptions options = new(args[0]);
        for (int i = 1; i < args.Length; i += 2)
        {
            (string option, string value) = (args[i], args[i + 1]);
            switch (option)
            {
                case "--threads" when int.TryParse(value, out int threads) && threads > 0:
                    options = options with { Threads = [threads] };
                    break;
                case "--filter":
                    options = options with { Filter = value };
                    break;
                case "--json":
                    options = options with { Json = value };
                    break;
                case "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out double seconds) && seconds > 0:
                    options = options with { TimeForRow = TimeSpan.FromSeconds(seconds) };
                    break;
                default:
                    return Refuse($"There is no option '{option} {value}'.");
            }
        }

        return options;
    }

    /// <summary>Whether the filter lets a name through.</summary>
    public bool Wants(string name) => name.Contains(Filter, StringComparison.OrdinalIgnoreCase);

    private static BenchmarkOptions? Refuse(string message)
    {
        Console.Error.WriteLine(message + Environment.NewLine + Usage);
        return null;
    }
}
