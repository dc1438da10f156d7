namespace CompiledNets;

/// <summary>Mirrors each image of a batch, or leaves it, at random with even chances; in training only.</summary>
/// <param name="mode">A name of <see cref="FlipMode"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RandomFlipAttribute(string mode = FlipMode.HorizontalAndVertical) : SpatialAttribute
{
    /// <summary>How images are mirrored.</summary>
    public string Mode { get; } = mode;
}
