using System.Text.Json;
using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Measuring;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The face <c>peers</c>: every case against its peers, for each number of threads.</summary>
internal static class PeersFace
{
    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options, Peaks peaks)
    {
        using StreamWriter? json = options.Json is null ? null : new(options.Json);
        IReadOnlyList<PeerCase> cases = options.IsQuick ? PeerCase.Quick : PeerCase.All;
        foreach (int threads in options.Threads)
        {
            Table table = new(
                ("case", 18), ("batch", 5), ("threads", 7), ("ours, us", 9), ("best", 9), ("% of peak", 9), ("peer", 20), ("peer, us", 9),
                ("best", 9), ("ratio", 7), ("of best", 7), ("middle half", 15), ("core to core, ns", 16));
            foreach (PeerCase item in cases.Where(item => options.Wants(item.For(Side.Ours, threads).Name)))
                Run(item, threads, peaks[threads], options.TimeForRow, table, json);
            Console.WriteLine();
        }

        return 0;
    }

    private static void Run(PeerCase item, int threads, double peak, TimeSpan time, Table table, StreamWriter? json)
    {
        string latency = threads > 1 ? $"{CacheLineTransfer.Measure() * 1e9:F0}" : "";
        Assignment our = item.For(Side.Ours, threads);
        using Contenders contenders = new(item.Peers.Prepend(Side.Ours).Select(side => item.For(side, threads)));
        Agreement.Check(our.Name, contenders.Present, isTraining: item.Work == Work.Train);
        Timing[] timings = Contest.Run(contenders.Present, time);
        Timing ours = timings[0];
        string[] own =
        [
            our.Name, $"{item.Batch}", $"{threads}", Figures.Microseconds(ours.Median), Figures.Microseconds(ours.Best),
            Peaks.Share(our.Operations, ours.Best, peak),
        ];
        for (int i = 1; i < timings.Length; i++)
        {
            Timing peer = timings[i];
            string name = contenders.Present[i].Version;
            (double low, double high) = peer.MiddleHalfBy(ours);
            table.Row(
            [
                .. own, name, Figures.Microseconds(peer.Median), Figures.Microseconds(peer.Best), Figures.Digits(peer.Median / ours.Median),
                Figures.Digits(peer.Best / ours.Best), $"{Figures.Digits(low)}..{Figures.Digits(high)}", latency,
            ]);
            json?.WriteLine(JsonSerializer.Serialize(new
            {
                @case = our.Name,
                batch = item.Batch,
                threads,
                ours_us = ours.Median * 1e6,
                ours_best_us = ours.Best * 1e6,
                share_of_peak = our.Operations / ours.Best / peak,
                peer = name,
                peer_us = peer.Median * 1e6,
                peer_best_us = peer.Best * 1e6,
                ratio = peer.Median / ours.Median,
            }));
            json?.Flush();
        }

        foreach (string absent in contenders.Absent) table.Row([.. own, absent]);
    }
}
