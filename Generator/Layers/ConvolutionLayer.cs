namespace CompiledNets.Generator.Layers;

/// <summary>What all convolutions share: a kernel that moves over an image, a bias, an activation.</summary>
internal abstract record ConvolutionLayer : UnaryLayer
{
    /// <summary>How the kernel moves.</summary>
    public required KernelMotion Motion { get; init; }

    public required string? Activation { get; init; }

    public override string? ShownActivation => Activation ?? "linear";

    public required bool UseBias { get; init; }

    public required string BiasInitializer { get; init; }
}
