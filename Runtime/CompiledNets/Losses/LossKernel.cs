using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Where a loss kernel finds its numbers. Lane blocks: feature f of block b of a value is the vector at <c>(b * Stride + f) * Lanes</c>
/// behind its start.
/// </summary>
internal ref struct LossArguments
{
    /// <summary>
    /// What the network gives: its outputs, or its logits where <see cref="FromLogits"/> is set. Positions times classes, the last axis
    /// fastest.
    /// </summary>
    public ref float Outputs;

    /// <summary>Features from block to block of <see cref="Outputs"/> and <see cref="Gradient"/>.</summary>
    public int OutputStride;

    /// <summary>The targets, in lane blocks.</summary>
    public ref float Targets;

    /// <summary>Features from block to block of <see cref="Targets"/>.</summary>
    public int TargetStride;

    /// <summary>
    /// A weight for each position of each sample, in lane blocks; zero in padding lanes. Never null: ones where nothing was given.
    /// </summary>
    public ref float Weights;

    /// <summary>Features from block to block of <see cref="Weights"/>: the number of positions.</summary>
    public int WeightStride;

    /// <summary>
    /// For each position of each sample, 1 where it is there and else 0, as the weights lie; a null reference where all are there.
    /// </summary>
    public ref float Mask;

    /// <summary>Where the gradient goes, with the stride of the outputs; a null reference where only the value is wanted.</summary>
    public ref float Gradient;

    /// <summary>Where the weighted value of each position goes, in lane blocks with the stride of the weights.</summary>
    public ref float Values;

    /// <summary>
    /// What each weighted value counts in the batch's loss: 1 / divisor of the reduction. The gradient is scaled by it, the values are not.
    /// </summary>
    public float Scale;

    /// <summary>
    /// The network ends in the activation that belongs to the loss (sigmoid, softmax), and outputs and gradient are its logits.
    /// </summary>
    public bool FromLogits;

    /// <summary>
    /// Positions of one sample: the product of all axes of the output but the last, as <see cref="Loss.CheckTargets"/> counts them.
    /// </summary>
    public int Positions;

    /// <summary>Size of the last axis of the output, as <see cref="Loss.CheckTargets"/> counts it.</summary>
    public int Classes;

    /// <summary>The weight of one position of one sample.</summary>
    internal readonly float WeightOf(int lanes, int sample, int position) =>
        Unsafe.Add(ref Weights, LaneOffset(WeightStride, lanes, sample, position));

    /// <summary>Whether one position of one sample is there.</summary>
    internal readonly bool IsThere(int lanes, int sample, int position) =>
        Unsafe.IsNullRef(ref Mask) || Unsafe.Add(ref Mask, LaneOffset(WeightStride, lanes, sample, position)) != 0;

    /// <summary>The target of one position of one sample, where a position has one.</summary>
    internal readonly float TargetOf(int lanes, int sample, int position) =>
        Unsafe.Add(ref Targets, LaneOffset(TargetStride, lanes, sample, position));

    private static int LaneOffset(int stride, int lanes, int sample, int feature) =>
        ((((sample / lanes) * stride) + feature) * lanes) + (sample % lanes);
}

/// <summary>A loss for one lane width.</summary>
internal abstract class LossKernel
{
    /// <summary>Values, and gradient where asked for, of blocks [<paramref name="first"/>, <paramref name="last"/>).</summary>
    public abstract void Run(scoped in LossArguments arguments, int first, int last);
}
