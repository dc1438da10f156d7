using System.Runtime.InteropServices;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Measuring;

/// <summary>What figures depend on, printed above them.</summary>
internal static class MachineHeader
{
    /// <summary>Prints it; gives the peaks that it measures, of one core, of two, and of as many as threads are asked for.</summary>
    public static Peaks Print(IReadOnlyList<int> threads)
    {
        Console.WriteLine($"{Processor()}, {Environment.ProcessorCount} processors, {ProcessorCaches.Describe()}");
        Console.WriteLine(
            $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}, " +
            $"best lane width {(int)LaneWidths.Best * 32} bits");
        int[] cores = [.. threads.Append(1).Append(Math.Min(2, Environment.ProcessorCount)).Distinct().Order()];
        Peaks peaks = Peaks.Measure(cores);
        foreach (int count in cores)
            Console.WriteLine($"Peak of {count} {(count == 1 ? "core" : "cores")}: {peaks[count] / 1e9:F1} GFLOP/s of multiply-adds");
        Console.WriteLine(Peaks.Legend);
        Console.WriteLine();
        return peaks;
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        IEnumerable<string> lines = File.Exists(file) ? File.ReadLines(file) : [];
        return lines.FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
