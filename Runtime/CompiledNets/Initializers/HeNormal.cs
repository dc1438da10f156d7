namespace CompiledNets.Initializers;

/// <summary>Starts a weight as random numbers: truncated normal with the variance 2 / inputs, for ReLU (He et al. 2015).</summary>
/// <param name="seed">A seed of its own; null for one from the network.</param>
public sealed class HeNormal(int? seed = null) : VarianceScaling(2, FanMode.FanIn, Distribution.TruncatedNormal, seed);
