namespace CompiledNets.Initializers;

/// <summary>
/// Starts a weight as random numbers: truncated normal with the variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
/// </summary>
/// <param name="seed">A seed of its own; null for one from the network.</param>
public sealed class GlorotNormal(int? seed = null) : VarianceScaling(1, FanMode.FanAvg, Distribution.TruncatedNormal, seed);
