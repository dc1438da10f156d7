using System.Text.Json;
using CompiledNets.Benchmarks.Measuring;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The face <c>peers</c>: every case against its peer, for each number of threads.</summary>
internal static class PeersFace
{
    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        using StreamWriter? json = options.Json is null ? null : new(options.Json);
        Console.WriteLine($"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}{(TorchLibrary.Problem is { } problem ? $": does not load ({problem})" : "")}, ONNX Runtime {OrtEnv.Instance().GetVersionString()}");
        foreach (int threads in options.Threads)
        {
            MachineHeader.Print(threads);
            Table table = new(("case", 18), ("threads", 7), ("ours, us", 9), ("peer", 12), ("peer, us", 9), ("ratio", 7), ("middle half", 15), ("core to core, ns", 16));
            foreach (PeerCase item in PeerCase.All.Where(item => options.Wants(item.Name)))
            {
                string latency = threads > 1 ? $"{CacheLineTransfer.Measure() * 1e9:F0}" : "";
                Contest contest = item.Run(threads, options.TimeForRow);
                if (item.Problem is not null)
                {
                    table.Row(item.Name, $"{threads}", Figures.Microseconds(contest.Ours), item.PeerName, "absent", "", "", latency);
                    continue;
                }

                table.Row(
                    item.Name, $"{threads}", Figures.Microseconds(contest.Ours), item.PeerName, Figures.Microseconds(contest.Peer), Figures.Digits(contest.Ratio),
                    $"{Figures.Digits(contest.Low)}..{Figures.Digits(contest.High)}", latency);
                json?.WriteLine(JsonSerializer.Serialize(new { @case = item.Name, threads, ours_us = contest.Ours * 1e6, peer = item.PeerName, peer_us = contest.Peer * 1e6, ratio = contest.Ratio }));
                json?.Flush();
            }

            Console.WriteLine();
        }

        return 0;
    }
}
