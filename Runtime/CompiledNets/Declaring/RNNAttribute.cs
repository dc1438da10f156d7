namespace CompiledNets;

/// <summary>A recurrent layer of the cells after it, <c>[RNN, LSTMCell(32), GRUCell(16)]</c>: one, or several each of which takes what the one before it gives at
/// the same step. Weights: those of the cells, in their order.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RNNAttribute : WrapperAttribute
{
    /// <summary>Whether the outputs of all steps are given, (steps, units), not only that of the last one. Default: false.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>
    /// Whether the states after the last step are given too: nodes take them by <c>[From(nameof(Encoded), Output = "state_h")]</c>.
    /// Default: false.
    /// </summary>
    public bool ReturnState { get; set; }

    /// <summary>Whether it begins with the last step. The outputs stand in the order in which they are made. Default: false.</summary>
    public bool GoBackwards { get; set; }

    /// <summary>
    /// Whether the states after a batch are those before the next, sample by sample, until <see cref="Model.ResetStates"/>; all batches
    /// have as many samples then. <see cref="Model.CreateStream"/> keeps states of its own. Default: false.
    /// </summary>
    public bool Stateful { get; set; }

    /// <summary>Whether outputs of masked steps are 0; else they repeat the output before them. Default: false.</summary>
    public bool ZeroOutputForMask { get; set; }

    /// <summary>
    /// Nodes that give the states before the first step, in the order of the states: <c>[nameof(H), nameof(C)]</c>. Default: none, which
    /// means zeros.
    /// </summary>
    public string[]? InitialState { get; set; }
}
