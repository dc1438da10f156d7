namespace CompiledNets;

/// <summary>
/// The mean of each channel in windows that give a result of a certain size for a sample (height, width, channels): of n elements along an
/// axis, window i of
/// m has those from i n / m, rounded down, to (i + 1) n / m, rounded up.
/// </summary>
/// <param name="outputSize">Sizes of the result, positive. One number is for all axes, two are for height and width.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class AdaptiveAveragePooling2DAttribute(params int[] outputSize) : SpatialAttribute
{
    /// <summary>Sizes of the result. One number is for all axes, two are for height and width.</summary>
    public int[] OutputSize { get; } = outputSize;
}
