using System.Runtime.InteropServices;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Measuring;

/// <summary>What figures depend on, printed above them.</summary>
internal static class MachineHeader
{
    /// <summary>Prints it; with more than one thread, the latency between cores as well.</summary>
    public static void Print(int threads)
    {
        Console.WriteLine($"{Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}, best lane width {(int)LaneWidths.Best * 32} bits");
        if (threads > 1) Console.WriteLine($"Core to core: {CacheLineTransfer.Measure() * 1e9:F0} ns for a cache line, one way");
        Console.WriteLine();
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
