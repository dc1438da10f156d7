using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>An optimizer: how gradients change weights.</summary>
public abstract class Optimizer
{
    /// <summary>The name, as Keras gives it.</summary>
    public abstract string Name { get; }

    /// <summary>The learning rate; a change counts from the next step on.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps taken.</summary>
    public long Iterations { get; internal set; }

    /// <summary>Weights shrink by weight * WeightDecay * LearningRate before each step; null for none.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The gradient of each weight is scaled down to this norm; null for none.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Each gradient is cut to [-ClipValue, ClipValue]; null for none.</summary>
    public double? ClipValue { get; init; }

    /// <summary>All gradients together are scaled down to this norm; null for none.</summary>
    public double? GlobalClipNorm { get; init; }

    /// <summary>Whether all gradients must be there before the first is applied: clipping by norms.</summary>
    internal bool NeedsWholeGradient => ClipNorm is not null || GlobalClipNorm is not null;

    /// <summary>Begins a step.</summary>
    internal void BeginStep(UpdateKernel kernel) => kernel.BeginStep(Iterations++, LearningRate);

    /// <summary>Clips.</summary>
    internal void ScaleGradients(Arena gradients, (int Offset, int Length)[] weights) => throw new NotSupportedException();

    /// <summary>Ends.</summary>
    internal void FinishTraining(UpdateKernel? kernel) => _ = kernel;

    /// <summary>By name.</summary>
    public static Optimizer Get(string name) => throw new NotSupportedException();

    /// <summary>The update rule for one lane width, over these parameters.</summary>
    internal abstract UpdateKernel CreateKernel<T>(Arena parameters) where T : struct, ILanes<T>;
}
