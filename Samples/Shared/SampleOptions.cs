using System.Diagnostics.CodeAnalysis;

namespace CompiledNets.Samples;

/// <summary>The options that all samples take from the command line.</summary>
internal sealed record SampleOptions
{
    private const string Usage = """
        Options:
          --seed N         seed of the split, the weights and the order of the rows (default 1)
          --epochs N       passes over the training rows (default: the tutorial's)
          --data PATH      another file of the same form
          --verbose 0|1|2  print results only, a bar an epoch, or a line an epoch (default 1)
          --runs N         repeat with the seeds N, N + 1, ... of --seed, and print the mean
        """;

    /// <summary>The data file.</summary>
    public required string Data { get; init; }

    /// <summary>Passes over the training rows.</summary>
    public required int Epochs { get; init; }

    /// <summary>What training prints.</summary>
    public Verbose Verbose { get; private init; } = Verbose.Bar;

    /// <summary>A seed for each run.</summary>
    public IEnumerable<int> Seeds => Enumerable.Range(Seed, Runs ?? 1);

    private int Seed { get; init; } = 1;

    private int? Runs { get; init; }

    /// <summary>Reads the command line. Where it is wrong, the program says so and ends with exit code 2.</summary>
    public static SampleOptions Parse(string[] args, string data, int epochs)
    {
        SampleOptions options = new() { Data = Path.Combine(AppContext.BaseDirectory, data), Epochs = epochs };
        for (int i = 0; i < args.Length; i += 2)
        {
            string option = args[i];
            if (option is "--help" or "-h") End(Console.Out, Usage, exitCode: 0);
            string value = i + 1 < args.Length ? args[i + 1] : "";
            options = option switch
            {
                "--seed" => options with { Seed = Number(option, value, 0, int.MaxValue) },
                "--epochs" => options with { Epochs = Number(option, value, 1, int.MaxValue) },
                "--verbose" => options with { Verbose = (Verbose)Number(option, value, 0, 2) },
                "--runs" => options with { Runs = Number(option, value, 1, int.MaxValue) },
                "--data" when File.Exists(value) => options with { Data = value },
                "--data" => Refuse<SampleOptions>($"--data takes a file that exists, not '{value}'."),
                _ => Refuse<SampleOptions>($"There is no option '{option}'."),
            };
        }

        return options;
    }

    /// <summary>Where several runs were asked for, prints the mean and the spread of their scores.</summary>
    public void PrintMean(string score, IReadOnlyCollection<double> values)
    {
        if (Runs is null) return;
        double mean = values.Average();
        double deviation = values.Count == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        Console.WriteLine($"Mean over {Runs} runs: {score} {mean:F3} (sd {deviation:F3}, min {values.Min():F3}, max {values.Max():F3})");
    }

    private static int Number(string option, string value, int least, int most) =>
        int.TryParse(value, out int number) && number >= least && number <= most
            ? number
            : Refuse<int>($"{option} takes a whole number {(most == int.MaxValue ? $"from {least}" : $"from {least} to {most}")}, not '{value}'.");

    [DoesNotReturn]
    private static T Refuse<T>(string message)
    {
        End(Console.Error, message + Environment.NewLine + Usage, exitCode: 2);
        return default;
    }

    [DoesNotReturn]
    private static void End(TextWriter output, string text, int exitCode)
    {
        output.WriteLine(text);
        Environment.Exit(exitCode);
    }
}
