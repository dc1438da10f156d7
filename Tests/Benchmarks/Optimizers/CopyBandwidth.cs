using System.Runtime.Intrinsics;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Optimizers;

/// <summary>
/// How fast memory is copied that takes as much room as <see cref="OptimizerPass"/> takes with Adam: the better of the runtime's own
/// copy and a loop whose stores pass the cache by, as one that does not reads what it is going to overwrite.
/// </summary>
internal sealed class CopyBandwidth : TeamWork
{
    private const int Floats = OptimizerPass.ParameterCount * 3 / 2;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.2);

    private readonly Arena from = new(Floats);
    private readonly Arena to = new(Floats);
    private readonly bool passesCache;

    private CopyBandwidth(bool passesCache) => this.passesCache = passesCache;

    /// <summary>Bytes a second, read and written, at best.</summary>
    public static double Measure(int threads, TimeSpan time)
    {
        double best = double.PositiveInfinity;
        foreach (bool passesCache in new[] { false, true })
        {
            CopyBandwidth copy = new(passesCache);
            copy.from.Span.Fill(1);
            best = Math.Min(best, new Readings(times => copy.Copies(times, threads)).Take(WarmUp, time / 2).Min());
        }

        return 2.0 * Floats * sizeof(float) / best;
    }

    private void Copies(int times, int threads)
    {
        for (int i = 0; i < times; i++) WorkerTeam.Shared.Run(this, threads);
    }

    public override int UnitsOf(int worker, int workers) => 1;

    public override void Run(int owner, int unit, int workers, int worker)
    {
        // Beginning where a line of the cache does, as arenas do.
        int first = FirstOf(owner, workers), count = FirstOf(owner + 1, workers) - first;
        if (passesCache) CopyPastCache(from.Span.Slice(first, count), to.Span.Slice(first, count));
        else from.Span.Slice(first, count).CopyTo(to.Span.Slice(first, count));
    }

    private static int FirstOf(int worker, int workers) => worker == workers ? Floats : (int)((long)Floats * worker / workers / 16 * 16);

    private static unsafe void CopyPastCache(ReadOnlySpan<float> source, Span<float> target)
    {
        fixed (float* read = source, write = target)
        {
            int at = 0;
            for (; at <= source.Length - Vector256<float>.Count; at += Vector256<float>.Count)
                Vector256.Load(read + at).StoreAlignedNonTemporal(write + at);
            source[at..].CopyTo(target[at..]);
        }
    }
}
