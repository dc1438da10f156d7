using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>A kernel of 3x3 that convolutions read as Winograd's F(2x2, 3x3) transforms it.</summary>
/// <param name="Kernel">Where it lies in the parameter arena, in floats: (3, 3, channels, filters).</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Filters">Its filters.</param>
/// <param name="IsTurned">Whether it is turned by half a turn, and channels are what it makes of filters: an input gradient's.</param>
/// <param name="Place">Where the transformed one lies in the arena of panels, in floats.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TransformedKernel(int Kernel, int Channels, int Filters, bool IsTurned, int Place)
{
    /// <summary>Floats of the transformed kernel.</summary>
    internal int Length => checked(16 * Channels * Filters);
}
