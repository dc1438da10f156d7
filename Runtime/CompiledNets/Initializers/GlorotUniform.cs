namespace CompiledNets.Initializers;

/// <summary>Starts a weight as random numbers: uniform within ±sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010).</summary>
/// <param name="seed">A seed of its own; null for one from the network.</param>
public sealed class GlorotUniform(int? seed = null) : VarianceScaling(1, FanMode.FanAvg, Distribution.Uniform, seed);
