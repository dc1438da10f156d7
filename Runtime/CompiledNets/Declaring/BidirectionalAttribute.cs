namespace CompiledNets;

/// <summary>
/// Wraps the recurrent layer after it, <c>[Bidirectional, LSTM(64)]</c>: one goes over the sequence from the first step on, and one with
/// weights of its own from the last. Weights: those of both, forward first.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class BidirectionalAttribute : WrapperAttribute
{
    /// <summary>How both outputs become one. Default: <see cref="MergeMode.Concat"/>.</summary>
    public string MergeMode { get; set; } = CompiledNets.MergeMode.Concat;

    /// <summary>
    /// Nodes that give the states before the first step, those of the forward direction first: <c>[nameof(H), nameof(OtherH)]</c>. Default:
    /// none, which means zeros.
    /// </summary>
    public string[]? InitialState { get; set; }
}
