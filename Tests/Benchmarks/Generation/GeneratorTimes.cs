using System.Diagnostics;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CompiledNets.Benchmarks.Generation;

/// <summary>What the generator takes and gives for a source.</summary>
/// <param name="Cold">
/// Seconds of its first run in a process, in which the compiler, and perhaps another generator, has worked before.
/// </param>
/// <param name="Warm">Seconds of a whole run later on.</param>
/// <param name="Edited">Seconds of a run behind an edit of another file.</param>
/// <param name="IsCached">Whether that run took everything from the one before.</param>
/// <param name="Bytes">Size of the text that it writes, as it lies in a file.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record GeneratorTimes(double Cold, double Warm, double Edited, bool IsCached, int Bytes, int Lines)
{
    private const int Rounds = 51;

    /// <summary>Measures; <see cref="Cold"/> is what it says in a fresh process only.</summary>
    /// <param name="source">The source.</param>
    /// <param name="isFirst">Whether ours is the first generator of the process.</param>
    public static GeneratorTimes Measure(string source, bool isFirst)
    {
        Compilation compilation = CompiledNetworks.Compilation([source, OtherFile(0), PlainGenerator.Source]);
        _ = compilation.GetDiagnostics();
        if (!isFirst) _ = CSharpGeneratorDriver.Create(new PlainGenerator()).RunGenerators(compilation);
        double cold = Time(() => CompiledNetworks.Driver(tracksSteps: false).RunGenerators(compilation));
        double warm = Statistics.Median(Enumerable.Range(0, Rounds)
            .Select(_ => Time(() => CompiledNetworks.Driver(tracksSteps: false).RunGenerators(compilation))));

        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(compilation);
        List<double> edits = [];
        for (int round = 1; round <= Rounds; round++)
        {
            SyntaxTree other = compilation.SyntaxTrees.ElementAt(1);
            compilation = compilation.ReplaceSyntaxTree(other, other.WithChangedText(SourceText.From(OtherFile(round), other.Encoding)));
            edits.Add(Time(() => driver = driver.RunGenerators(compilation)));
        }

        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        bool isCached = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs)
            .All(output => output.Reason == IncrementalStepRunReason.Cached);
        SourceText[] texts = [.. result.GeneratedSources.Select(generated => generated.SourceText)];
        return new(cold, warm, Statistics.Median(edits), isCached, texts.Sum(text => text.Encoding!.GetByteCount(text.ToString())),
            texts.Sum(text => text.Lines.Count));
    }

    private static string OtherFile(int version) => $"internal static class Other {{ public const int Version = {version}; }}";

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
