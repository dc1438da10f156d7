namespace CompiledNets.Generator.Ops;

/// <summary>
/// A kernel as a convolution of a single sample reads it: copied when weights changed, its filters in panels, with what scales each of
/// them multiplied in and a row of biases at the end of each panel (<c>PackedKernel</c> of the runtime).
/// </summary>
/// <param name="Weights">The kernel.</param>
/// <param name="Bias">The bias; null for none.</param>
/// <param name="Scale">The normalization after it; null for none.</param>
internal sealed record Packing(Value Weights, Value? Bias, ChannelScale? Scale);
