using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledNets;

/// <summary>Where a step reads its rows: tensors of the user, or spans for the length of one call.</summary>
internal readonly unsafe struct BatchSource
{
    private readonly Rows? features;
    private readonly Rows? targets;
    private readonly float[] weights;
    private readonly void* featureSpan;
    private readonly void* targetSpan;

    /// <summary>Rows of tensors.</summary>
    /// <param name="features">The features.</param>
    /// <param name="targets">The targets; null where none are read.</param>
    /// <param name="weights">A weight for each position of each row; empty for ones.</param>
    /// <param name="valuesPerWeight">Values that share one weight the user gave.</param>
    public BatchSource(Rows features, Rows? targets = null, float[]? weights = null, int valuesPerWeight = 1)
    {
        this.features = features;
        this.targets = targets;
        this.weights = weights ?? [];
        Count = features.Count;
        ValuesPerWeight = valuesPerWeight;
    }

    /// <summary>Rows that are pinned for as long as this is used.</summary>
    public BatchSource(float* features, float* targets, int count)
    {
        featureSpan = features;
        targetSpan = targets;
        weights = [];
        Count = count;
        ValuesPerWeight = 1;
    }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>Values that share one weight the user gave.</summary>
    public int ValuesPerWeight { get; }

    /// <summary>The first feature.</summary>
    public ref float Features => ref features is null ? ref Unsafe.AsRef<float>(featureSpan) : ref features.Start;

    /// <summary>The first target.</summary>
    public ref float Targets => ref targets is null ? ref Unsafe.AsRef<float>(targetSpan) : ref targets.Start;

    /// <summary>A weight for each position of each row; empty for ones.</summary>
    public ReadOnlySpan<float> Weights => weights;
}
