namespace CompiledNets;

/// <summary>
/// Brings each group of channels of a sample to mean 0 and variance 1, over all other axes too, then scales each channel by gamma and
/// shifts it by beta. Weights: gamma, beta, each of the channels' size.
/// </summary>
/// <param name="groups">The groups, which divide the channels evenly; -1 for each channel by itself. Default: 32.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GroupNormalizationAttribute(int groups = 32) : CenterScaleAttribute
{
    /// <summary>The groups, which divide the channels evenly; -1 for each channel by itself. Default: 32.</summary>
    public int Groups { get; } = groups;

    /// <summary>The axis of the channels, the batch being 0. Default: -1, the last.</summary>
    public int Axis { get; set; } = -1;
}
