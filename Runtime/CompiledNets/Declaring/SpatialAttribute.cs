namespace CompiledNets;

/// <summary>
/// What attributes of layers share that work along the axes of an image, a series or a volume, with channels as the last axis.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class SpatialAttribute : LayerAttribute
{
    private protected SpatialAttribute()
    {
    }

    /// <summary>
    /// Where the channels stand: a name of <see cref="CompiledNets.DataFormat"/>, of which layers take
    /// <see cref="CompiledNets.DataFormat.ChannelsLast"/> alone. Default: null, which is that.
    /// </summary>
    public string? DataFormat { get; set; }
}
