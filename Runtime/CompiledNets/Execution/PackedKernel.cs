using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>
/// A kernel as single samples read it: in panels of some filters, whose rows follow each other, with a row of biases at the end of each.
/// The batch normalization after it is multiplied in. Weights are told by their numbers, -1 standing for none.
/// </summary>
/// <param name="Kernel">The kernel, rows of filters.</param>
/// <param name="Filters">Its filters, a multiple of those of a panel.</param>
/// <param name="Width">Filters of a panel.</param>
/// <param name="Place">Where it lies packed in the arena of packed kernels, in floats.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PackedKernel(int Kernel, int Filters, int Width, int Place)
{
    /// <summary>
    /// Whether it is a kernel of 3x3 that is read as Winograd's F(2x2, 3x3) transforms it: 16 matrices in panels, the biases behind them.
    /// </summary>
    public bool IsTransformed { get; init; }

    /// <summary>Its bias.</summary>
    public int Bias { get; init; } = -1;

    /// <summary>The mean of each filter; -1 where nothing is normalized.</summary>
    public int Mean { get; init; } = -1;

    /// <summary>The variance of each.</summary>
    public int Variance { get; init; } = -1;

    /// <summary>What is added to the variance.</summary>
    public float Epsilon { get; init; }

    /// <summary>What the normalized filters are scaled by.</summary>
    public int Gamma { get; init; } = -1;

    /// <summary>What is added to them.</summary>
    public int Beta { get; init; } = -1;

    /// <summary>Numbers of a weight.</summary>
    internal static int SizeOf(WeightDescription weight) => weight.Shape.Aggregate(1, (size, axis) => size * axis);

    /// <summary>Rows of the kernel.</summary>
    internal int Rows(NetworkDescription description) => SizeOf(description.Weights[Kernel]) / Filters;

    /// <summary>Floats of the packed kernel.</summary>
    internal int Length(NetworkDescription description) =>
        checked(((IsTransformed ? Rows(description) / 9 * 16 : Rows(description)) + 1) * Filters);
}
