namespace CompiledNets.Benchmarks.Kernels;

internal static class KernelsFace
{
    public static int Run(BenchmarkOptions options) => options.Threads.Count;
}
