namespace CompiledNets;

/// <summary>
/// Wraps the layer that stands after it, which has a kernel: <c>[SpectralNormalization, Dense(8)]</c>. Before each forward pass of training
/// the kernel is divided by its largest singular value, as power iteration knows it, and stays so; inference uses the kernel as it is
/// (Miyato et al. 2018, "Spectral normalization for generative adversarial networks"). Weights: kernel, vector_u (1, last axis of the
/// kernel), then the other weights of the layer.
/// </summary>
/// <remarks>
/// As in Keras, the gradient is that of the divided kernel, and the kernel of a frozen layer is divided too. A layer that is applied
/// several times is normalized once a pass, before the first; Keras does it before each.
/// </remarks>
/// <param name="powerIterations">How often the singular vectors are made better in a pass; positive. Default: 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SpectralNormalizationAttribute(int powerIterations = 1) : WrapperAttribute
{
    /// <summary>How often the singular vectors are made better in a pass; positive. Default: 1.</summary>
    public int PowerIterations { get; } = powerIterations;
}
