namespace CompiledNets;

/// <summary>The mean of each channel in each window of a sample (height, width, channels).</summary>
/// <param name="poolSize">Sizes of the window, positive. One number is for all axes, two are for height and width.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class AveragePooling2DAttribute(params int[] poolSize) : SpatialAttribute
{
    /// <summary>Sizes of the window, positive. One number is for all axes, two are for height and width.</summary>
    public int[] PoolSize { get; } = poolSize;

    /// <summary>
    /// From window to window, positive; one number is for all axes. Default: the sizes of the window, so that none overlap.
    /// </summary>
    public int[] Strides { get; set; } = [];

    /// <summary>
    /// <see cref="CompiledNets.Padding.Valid"/>: windows lie inside of the sample; <see cref="CompiledNets.Padding.Same"/>: there are
    /// size / stride of them, rounded up, and those at the borders reach over, where what is outside does not count. Default: valid.
    /// </summary>
    public string Padding { get; set; } = CompiledNets.Padding.Valid;
}
