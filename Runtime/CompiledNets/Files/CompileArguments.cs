using System.ComponentModel;

namespace CompiledNets.Files;

/// <summary>What a network was compiled with.</summary>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Outputs">By output, what it is judged by.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record CompileArguments(Optimizer Optimizer, IReadOnlyList<OutputArguments> Outputs);

/// <summary>What an output is judged by.</summary>
/// <param name="Loss">Its loss; null for none.</param>
/// <param name="LossWeight">What the loss counts in the sum of all.</param>
/// <param name="Metrics">Metrics that leave sample weights out.</param>
/// <param name="WeightedMetrics">Metrics that count them.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OutputArguments(Loss? Loss, double LossWeight, IReadOnlyList<Metric> Metrics, IReadOnlyList<Metric> WeightedMetrics);
