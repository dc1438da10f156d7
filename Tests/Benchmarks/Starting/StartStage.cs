using System.Diagnostics;
using System.Runtime;

namespace CompiledNets.Benchmarks.Starting;

/// <summary>A stage of the start of a program.</summary>
/// <param name="Name">What happens in it.</param>
/// <param name="Seconds">What it takes.</param>
/// <param name="JitSeconds">How much of it the JIT is at work, on all threads.</param>
/// <param name="Methods">Methods that it compiles.</param>
internal sealed record StartStage(string Name, double Seconds, double JitSeconds, long Methods)
{
    /// <summary>Measures a stage.</summary>
    public static StartStage Measure(string name, Action stage)
    {
        TimeSpan jitBefore = JitInfo.GetCompilationTime();
        long methodsBefore = JitInfo.GetCompiledMethodCount(), start = Stopwatch.GetTimestamp();
        stage();
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        TimeSpan jit = JitInfo.GetCompilationTime() - jitBefore;
        return new(name, taken.TotalSeconds, jit.TotalSeconds, JitInfo.GetCompiledMethodCount() - methodsBefore);
    }
}
