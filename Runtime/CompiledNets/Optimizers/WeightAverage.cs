using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// The moving average of the weights: average = momentum * average + (1 - momentum) * weight, with a momentum of 0 in the first step.
/// </summary>
internal sealed class WeightAverage
{
    /// <summary>Ranges that are updated begin at multiples of it.</summary>
    private const int Granule = 16;

    private readonly OptimizerSlot average;
    private readonly Arena weights;
    private readonly double emaMomentum;
    private readonly int? overwriteFrequency;
    private readonly bool[] isAveraged;
    private float momentum;
    private float rest;
    private bool overwrites;

    public WeightAverage(OptimizerSlot average, Arena weights, double emaMomentum, int? overwriteFrequency)
    {
        this.average = average;
        this.weights = weights;
        this.emaMomentum = emaMomentum;
        this.overwriteFrequency = overwriteFrequency;
        isAveraged = new bool[(weights.Length + Granule - 1) / Granule];
    }

    /// <summary>The average of each weight.</summary>
    public OptimizerSlot Slot => average;

    /// <summary>Begins a step.</summary>
    /// <param name="iteration">Steps taken before this one.</param>
    public void Begin(long iteration)
    {
        double kept = iteration == 0 ? 0 : emaMomentum;
        (momentum, rest) = ((float)kept, (float)(1 - kept));
        overwrites = overwriteFrequency is int frequency && (iteration + 1) % frequency == 0;
    }

    /// <summary>
    /// Takes in weights that were just updated, and replaces them where that is due. May be called for different ranges at once.
    /// </summary>
    public void Update(int offset, int count)
    {
        Span<float> of = average.Of(offset, count), now = weights.Span.Slice(offset, count);
        TensorPrimitives.Multiply(of, momentum, of);
        TensorPrimitives.MultiplyAdd(now, rest, of, of);
        if (overwrites) of.CopyTo(now);
        isAveraged.AsSpan(offset / Granule, (count + Granule - 1) / Granule).Fill(true);
    }

    /// <summary>Notes that weights have an average, from a file.</summary>
    public void HasAverage(int offset, int count) => isAveraged.AsSpan(offset / Granule, (count + Granule - 1) / Granule).Fill(true);

    /// <summary>Replaces by their average all weights that have one; those that no step changed have none.</summary>
    public void Overwrite()
    {
        bool isOver = IsSwapped;
        IsSwapped = false;
        for (int i = 0; i < isAveraged.Length; i++)
        {
            if (!isAveraged[i]) continue;
            int offset = i * Granule, count = Math.Min(Granule, weights.Length - offset);
            Span<float> of = average.Of(offset, count), now = weights.Span.Slice(offset, count);
            if (isOver) now.CopyTo(of);
            else of.CopyTo(now);
        }
    }

    /// <summary>Whether the averages are where the weights were, and the weights where the averages were.</summary>
    public bool IsSwapped { get; private set; }

    /// <summary>Lets averages and weights change places.</summary>
    public void Swap()
    {
        IsSwapped = !IsSwapped;
        for (int i = 0; i < isAveraged.Length; i++)
        {
            if (!isAveraged[i]) continue;
            int offset = i * Granule, count = Math.Min(Granule, weights.Length - offset);
            Span<float> of = average.Of(offset, count), now = weights.Span.Slice(offset, count);
            for (int k = 0; k < count; k++) (of[k], now[k]) = (now[k], of[k]);
        }
    }

    /// <summary>Forgets what was averaged. A weight that only begins to train in a later step then starts from what it is now.</summary>
    public void Reset()
    {
        average.Reset();
        IsSwapped = false;
        isAveraged.AsSpan().Clear();
    }
}
