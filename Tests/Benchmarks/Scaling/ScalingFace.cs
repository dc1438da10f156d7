namespace CompiledNets.Benchmarks.Scaling;

internal static class ScalingFace
{
    public static int Run(BenchmarkOptions options) => options.Threads.Count;
}
