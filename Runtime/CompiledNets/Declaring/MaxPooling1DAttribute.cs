namespace CompiledNets;

/// <summary>
/// The largest number of each channel in each window of a sample (steps, channels). Where several are the largest, the gradient goes to
/// the first.
/// </summary>
/// <param name="poolSize">Sizes of the window, positive. Default: 2.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class MaxPooling1DAttribute(params int[] poolSize) : SpatialAttribute
{
    /// <summary>Sizes of the window, positive. Default: 2.</summary>
    public int[] PoolSize { get; } = poolSize.Length == 0 ? [2] : poolSize;

    /// <summary>
    /// From window to window, positive; one number is for all axes. Default: the sizes of the window, so that none overlap.
    /// </summary>
    public int[] Strides { get; set; } = [];

    /// <summary>
    /// <see cref="CompiledNets.Padding.Valid"/>: windows lie inside of the sample; <see cref="CompiledNets.Padding.Same"/>: there are
    /// size / stride of them, rounded up, and those at the borders reach over. Default: valid.
    /// </summary>
    public string Padding { get; set; } = CompiledNets.Padding.Valid;
}
