using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>
/// A kernel as single samples read it: in panels of some filters, whose rows follow each other, with a row of biases at the end of each.
/// The batch normalization after it is multiplied in. Places are in floats of the parameter arena, -1 for what is not there.
/// </summary>
/// <param name="Kernel">Where the kernel lies, rows of filters.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Filters">Its filters, a multiple of those of a panel.</param>
/// <param name="Width">Filters of a panel.</param>
/// <param name="Place">Where it lies packed in the arena of packed kernels, in floats.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PackedKernel(int Kernel, int Rows, int Filters, int Width, int Place)
{
    /// <summary>
    /// Whether it is a kernel of 3x3 that is read as Winograd's F(2x2, 3x3) transforms it: 16 matrices in panels, the biases behind them.
    /// </summary>
    public bool IsTransformed { get; init; }

    /// <summary>Where its bias lies.</summary>
    public int Bias { get; init; } = -1;

    /// <summary>Where the mean of each filter lies; -1 where nothing is normalized.</summary>
    public int Mean { get; init; } = -1;

    /// <summary>Where the variance lies.</summary>
    public int Variance { get; init; } = -1;

    /// <summary>What is added to the variance.</summary>
    public float Epsilon { get; init; }

    /// <summary>Where the numbers lie that the normalized filters are scaled by.</summary>
    public int Gamma { get; init; } = -1;

    /// <summary>Where the numbers lie that are added to them.</summary>
    public int Beta { get; init; } = -1;

    /// <summary>Floats of the packed kernel.</summary>
    internal int Length => checked(((IsTransformed ? Rows / 9 * 16 : Rows) + 1) * Filters);
}
