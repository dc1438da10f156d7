namespace CompiledNets.Initializers;

/// <summary>Starts a weight as random numbers: truncated normal with the variance 1 / inputs, for SELU (LeCun et al. 1998).</summary>
/// <param name="seed">A seed of its own; null for one from the network.</param>
public sealed class LecunNormal(int? seed = null) : VarianceScaling(1, FanMode.FanIn, Distribution.TruncatedNormal, seed);
