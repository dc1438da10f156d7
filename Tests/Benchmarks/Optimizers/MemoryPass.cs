using System.Runtime.Intrinsics;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Optimizers;

/// <summary>Ways to read and write memory as fast as it goes.</summary>
internal enum MemoryWay
{
    /// <summary>
    /// The runtime's copy. Where its stores go through the cache, they read what they are going to overwrite, which is not counted.
    /// </summary>
    Copy,

    /// <summary>A copy whose stores pass the cache by.</summary>
    CopyPastCache,

    /// <summary>Numbers that change where they lie, as weights and state do.</summary>
    InPlace,
}

/// <summary>
/// A pass over as much memory as <see cref="OptimizerPass"/> has with Adam: all that memory allows a step of an optimizer.
/// </summary>
/// <param name="way">What is done.</param>
/// <param name="threads">Threads that share it.</param>
internal sealed class MemoryPass(MemoryWay way, int threads) : TeamWork
{
    /// <summary>Floats of each half.</summary>
    private const int Floats = OptimizerPass.ParameterCount * 3 / 2;

    // Pages that nobody wrote to are one page of zeros, which is in the cache.
    private readonly Arena from = Filled();
    private readonly Arena to = Filled();

    /// <summary>Bytes read and written.</summary>
    public double Bytes => 2.0 * sizeof(float) * Floats * (way == MemoryWay.InPlace ? 2 : 1);

    /// <summary>Works a number of times.</summary>
    public void Run(int times)
    {
        for (int i = 0; i < times; i++) WorkerTeam.Shared.Run(this, threads);
    }

    public override int UnitsOf(int worker, int workers) => 1;

    public override void Run(int owner, int unit, int workers, int worker)
    {
        int first = FirstOf(owner, workers), count = FirstOf(owner + 1, workers) - first;
        Span<float> source = from.Span.Slice(first, count), target = to.Span.Slice(first, count);
        switch (way)
        {
            case MemoryWay.Copy:
                source.CopyTo(target);
                break;
            case MemoryWay.CopyPastCache:
                CopyPastCache(source, target);
                break;
            default:
                Negate(source);
                Negate(target);
                break;
        }
    }

    // At whole lines of the cache, as arenas begin, and at an end that is one too.
    private static int FirstOf(int worker, int workers) => (int)((long)Floats * worker / workers / 16 * 16);

    private static unsafe void CopyPastCache(ReadOnlySpan<float> source, Span<float> target)
    {
        fixed (float* read = source, write = target)
        {
            for (int at = 0; at < source.Length; at += Vector256<float>.Count)
                Vector256.Load(read + at).StoreAlignedNonTemporal(write + at);
        }
    }

    private static unsafe void Negate(Span<float> numbers)
    {
        fixed (float* place = numbers)
        {
            for (int at = 0; at < numbers.Length; at += Vector256<float>.Count) (-Vector256.Load(place + at)).Store(place + at);
        }
    }

    private static Arena Filled()
    {
        Arena arena = new(Floats);
        arena.Span.Fill(1);
        return arena;
    }
}
