namespace CompiledNets.Initializers;

/// <summary>Starts a weight as random numbers: uniform within ±sqrt(3 / inputs) (LeCun et al. 1998).</summary>
/// <param name="seed">A seed of its own; null for one from the network.</param>
public sealed class LecunUniform(int? seed = null) : VarianceScaling(1, FanMode.FanIn, Distribution.Uniform, seed);
