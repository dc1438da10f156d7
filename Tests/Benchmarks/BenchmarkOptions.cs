using System.Globalization;

namespace CompiledNets.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Faces">The faces, in their order.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Faces)
{
    private const string Usage = """
        Usage: dotnet run -c Release --project Tests/Benchmarks -- FACE [options]
               dotnet run -c Release --project Tests/Benchmarks -- --quick [options]
          peers       training and prediction against TorchSharp and ONNX Runtime
          kernels     the kernels of dense layers, as a share of the machine's peak
          scaling     a training step over batch sizes and widths, against TorchSharp
          optimizers  optimizers on large weights, as a share of the speed of memory
          freezing    a training step and the optimizer's state with frozen layers
          start       where the time goes until the first step and prediction of a process
          generator   what the compiler takes, and how much it writes
        Options:
          --quick       few rows, and short: whether all works; of all faces where none is named
          --threads N   with N threads only (default: 1, then 2)
          --filter TEXT only what has TEXT in its name
          --json FILE   results of `peers` as well as a JSON object a line
          --seconds S   how long a row is measured (default 4; with --quick 0.2)
        """;

    private static readonly string[] AllFaces = ["peers", "kernels", "scaling", "optimizers", "freezing", "start", "generator"];

    private static readonly TimeSpan QuickTime = TimeSpan.FromSeconds(0.2);

    /// <summary>Numbers of threads, one after the other.</summary>
    public IReadOnlyList<int> Threads { get; private init; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    /// <summary>A part of the names of what is to be measured.</summary>
    public string Filter { get; private init; } = "";

    /// <summary>A file for results.</summary>
    public string? Json { get; private init; }

    /// <summary>How long a row is measured.</summary>
    public TimeSpan TimeForRow { get; private init; } = TimeSpan.FromSeconds(4);

    /// <summary>Whether it is to be over soon: figures are worth little.</summary>
    public bool IsQuick { get; private init; }

    /// <summary>Reads the command line; null where it is wrong, which is said.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        string[] faces = args.Length > 0 && AllFaces.Contains(args[0]) ? [args[0]] : AllFaces;
        bool isQuick = args.Contains("--quick");
        if (!isQuick && faces.Length > 1) return Refuse("Name one of the faces, then options with their values.");
        BenchmarkOptions options = new(faces) { IsQuick = isQuick };
        if (isQuick) options = options with { Threads = [options.Threads[^1]], TimeForRow = QuickTime };
        for (int i = faces.Length == 1 ? 1 : 0; i < args.Length; i++)
        {
            string option = args[i];
            if (option == "--quick") continue;
            string value = ++i < args.Length ? args[i] : "";
            switch (option)
            {
                case "--threads" when int.TryParse(value, out int threads) && threads > 0 && threads <= Environment.ProcessorCount:
                    options = options with { Threads = [threads] };
                    break;
                case "--filter" when value.Length > 0:
                    options = options with { Filter = value };
                    break;
                case "--json" when value.Length > 0:
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
