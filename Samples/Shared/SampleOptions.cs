using System.Diagnostics.CodeAnalysis;

namespace CompiledNets.Samples;

/// <summary>The options that all samples take from the command line.</summary>
internal sealed record SampleOptions
{
    /// <summary>The data files: those of the program, or the one of <c>--data</c>.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The data file, where the program has one.</summary>
    public string Data => Files[0];

    /// <summary>
    /// The folder with images: the program's own, or that of <c>--data</c> or <c>--full</c>; null where they are to be downloaded.
    /// </summary>
    public string? Folder { get; private init; } = AppContext.BaseDirectory;

    /// <summary>Passes over the training rows.</summary>
    public required int Epochs { get; init; }

    /// <summary>What training prints.</summary>
    public required Verbose Verbose { get; init; }

    /// <summary>The seed, or the first of them.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>How many runs were asked for; null where nothing was said.</summary>
    public int? Runs { get; private init; }

    /// <summary>A seed for each run.</summary>
    public IEnumerable<int> Seeds => Enumerable.Range(Seed, Runs ?? 1);

    /// <summary>Reads the command line. Where it is wrong, the program says so and ends with exit code 2.</summary>
    public static SampleOptions Parse(string[] args, string data, int epochs) => Parse(args, [data], epochs);

    /// <summary>Reads the command line of a program with several data files, or with a set of images, of which it has a part.</summary>
    public static SampleOptions Parse(
        string[] args, string[] data, int epochs, Verbose verbose = Verbose.Bar, string? imageSet = null)
    {
        string ofData = imageSet is not null
            ? $"""

              --full           the whole of {imageSet}: from the folder {imageSet} of COMPILEDNETS_DATA, or else downloaded
              --data DIR       the set in this folder
            """
            : data.Length == 0 ? "" : $"{Environment.NewLine}  --data PATH      another file of the same form";
        string usage = $"""
            Options:
              --seed N         seed of the split, the weights and the order of the rows (default 1)
              --epochs N       passes over the training rows (default {epochs}){ofData}
              --verbose 0|1|2  print results only, a bar an epoch, or a line an epoch (default {(int)verbose})
              --runs N         repeat with other seeds, and print the mean
            """;
        SampleOptions options = new()
        {
            Files = [.. data.Select(file => Path.Combine(AppContext.BaseDirectory, file))],
            Epochs = epochs,
            Verbose = verbose,
        };
        for (int i = 0; i < args.Length; i += 2)
        {
            string option = args[i];
            if (option is "--help" or "-h") End(Console.Out, usage, exitCode: 0);
            if (option == "--full" && imageSet is not null)
            {
                options = options with { Folder = WholeSet(imageSet) };
                i--;
                continue;
            }

            string value = i + 1 < args.Length ? args[i + 1] : "";
            options = option switch
            {
                "--seed" => options with { Seed = Number(usage, option, value, 0, int.MaxValue) },
                "--epochs" => options with { Epochs = Number(usage, option, value, 1, int.MaxValue) },
                "--verbose" => options with { Verbose = (Verbose)Number(usage, option, value, 0, 2) },
                "--runs" => options with { Runs = Number(usage, option, value, 1, int.MaxValue) },
                "--data" when imageSet is not null && Directory.Exists(value) => options with { Folder = value },
                "--data" when imageSet is not null => Refuse<SampleOptions>(usage, $"--data takes a folder that exists, not '{value}'."),
                "--data" when data.Length > 0 && File.Exists(value) => options with { Files = [value] },
                "--data" when data.Length > 0 => Refuse<SampleOptions>(usage, $"--data takes a file that exists, not '{value}'."),
                _ => Refuse<SampleOptions>(usage, $"There is no option '{option}'."),
            };
        }

        return options;
    }

    /// <summary>Where several runs were asked for, prints the mean and the spread of their scores.</summary>
    public void PrintMean(string score, IReadOnlyCollection<double> values)
    {
        if (Runs is not null) Console.WriteLine($"Mean over {Runs} runs: {Spread(score, values)}");
    }

    /// <summary>The mean of scores and how far they spread, with the standard deviation of a sample.</summary>
    public static string Spread(string score, IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        double deviation = values.Count == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return $"{score} {mean:F3} (sd {deviation:F3}, min {values.Min():F3}, max {values.Max():F3})";
    }

    private static string? WholeSet(string name) =>
        Environment.GetEnvironmentVariable("COMPILEDNETS_DATA") is { Length: > 0 } folder ? Path.Combine(folder, name) : null;

    private static int Number(string usage, string option, string value, int least, int most) =>
        int.TryParse(value, out int number) && number >= least && number <= most
            ? number
            : Refuse<int>(usage,
                $"{option} takes a whole number {(most == int.MaxValue ? $"from {least}" : $"from {least} to {most}")}, not '{value}'.");

    [DoesNotReturn]
    private static T Refuse<T>(string usage, string message)
    {
        End(Console.Error, message + Environment.NewLine + usage, exitCode: 2);
        return default;
    }

    [DoesNotReturn]
    private static void End(TextWriter output, string text, int exitCode)
    {
        output.WriteLine(text);
        Environment.Exit(exitCode);
    }
}
