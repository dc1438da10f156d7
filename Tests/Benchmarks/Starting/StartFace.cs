using CompiledNets.Benchmarks.Measuring;

namespace CompiledNets.Benchmarks.Starting;

/// <summary>
/// The face <c>start</c>: where the time goes from the start of a process under the JIT to the first prediction of a small network.
/// </summary>
internal static class StartFace
{
    private const int Processes = 11, QuickProcesses = 3;

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        StartStage[][] runs = [.. Enumerable.Range(0, options.IsQuick ? QuickProcesses : Processes).Select(_ => StartProcess.Measure())];
        Table table = new(("stage", 26), ("median, ms", 10), ("best", 7), ("of it JIT, ms", 13), ("methods", 7));
        for (int i = 0; i < runs[0].Length; i++)
        {
            int at = i;
            Row(runs[0][i].Name, stages => [stages[at]]);
        }

        Row("all", stages => stages);
        Console.WriteLine();
        string file = Path.GetTempFileName();
        try
        {
            _ = StartProcess.Measure(file);
            Table owners = new(("compiled methods of", 42), ("methods", 7), ("IL, KB", 7), ("code, KB", 8));
            foreach (CompiledMethods methods in CompiledMethods.Read(file))
            {
                string il = Figures.Digits(methods.IlBytes / 1024.0), code = Figures.Digits(methods.CodeBytes / 1024.0);
                owners.Row(methods.Owner, $"{methods.Count}", il, code);
            }
        }
        finally
        {
            File.Delete(file);
        }

        Console.WriteLine();
        return 0;

        void Row(string name, Func<StartStage[], StartStage[]> choose)
        {
            double[] seconds = [.. runs.Select(stages => choose(stages).Sum(stage => stage.Seconds))];
            double jit = Statistics.Median(runs.Select(stages => choose(stages).Sum(stage => stage.JitSeconds)));
            table.Row(
                name, Figures.Digits(Statistics.Median(seconds) * 1e3), Figures.Digits(seconds.Min() * 1e3), Figures.Digits(jit * 1e3),
                $"{choose(runs[0]).Sum(stage => stage.Methods)}");
        }
    }
}
