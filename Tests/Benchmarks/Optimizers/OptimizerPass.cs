using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Optimizers;

/// <summary>
/// A step of an optimizer over 7 million weights, as training takes it: in chunks whose gradient is in the cache, shared by the team.
/// </summary>
internal sealed class OptimizerPass : TeamWork
{
    /// <summary>Weights; with Adam's state they take 84 MB.</summary>
    public const int ParameterCount = 7_000_000;

    /// <summary>Floats of a chunk, as in training.</summary>
    private const int ChunkLength = 65536;

    private readonly int count;
    private readonly Optimizer optimizer;
    private readonly UpdateKernel kernel;
    private readonly Arena[] gradients;

    /// <summary>Readies it.</summary>
    public OptimizerPass(Optimizer optimizer, int count = ParameterCount)
    {
        this.count = count;
        this.optimizer = optimizer;
        Random random = new(1);
        kernel = optimizer.KernelFor(LaneWidths.Best, Filled(count, random));
        gradients = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Filled(ChunkLength, random))];
    }

    /// <summary>Bytes read and written for a parameter: the weight and each state, both ways. The gradient comes from the cache.</summary>
    public int BytesOfParameter => 2 * sizeof(float) * (1 + kernel.Slots.Count);

    /// <summary>Takes steps.</summary>
    public void Run(int times, int threads)
    {
        for (int i = 0; i < times; i++)
        {
            optimizer.BeginStep(kernel);
            WorkerTeam.Shared.Run(this, threads);
        }
    }

    public override int UnitsOf(int worker, int workers) => FirstOf(worker + 1, workers) - FirstOf(worker, workers);

    public override void Run(int owner, int unit, int workers, int worker)
    {
        int offset = (FirstOf(owner, workers) + unit) * ChunkLength;
        kernel.Update(ref gradients[worker].Start, offset, Math.Min(ChunkLength, count - offset));
    }

    private int FirstOf(int worker, int workers) => (count + ChunkLength - 1) / ChunkLength * worker / workers;

    private static Arena Filled(int length, Random random)
    {
        Arena arena = new(length);
        foreach (ref float value in arena.Span) value = random.NextSingle() - 0.5f;
        return arena;
    }
}
