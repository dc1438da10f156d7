namespace CompiledNets.Keras.Graphs;

/// <summary>
/// Calls of recurrent layers, which take the states before the first step behind the sequence, and give those after the last.
/// </summary>
internal static class RecurrentCall
{
    /// <summary>The argument of the attribute that names the states, and Keras's for it.</summary>
    public const string Argument = "InitialState", KerasArgument = "initial_state";

    /// <summary>The states of a class, as nodes take them; null for another class.</summary>
    public static string[]? StatesOf(string className) => className switch
    {
        "LSTM" => ["state_h", "state_c"],
        "GRU" or "SimpleRNN" => ["state_h"],
        _ => null,
    };

    /// <summary>Calls a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="states">Its states.</param>
    /// <param name="inputs">The sequence, and the states where they are given.</param>
    /// <param name="call">The call.</param>
    /// <param name="calls">Takes the call.</param>
    /// <returns>What it gives, and the states where it is asked for them.</returns>
    /// <exception cref="KerasUnsupportedException">It is called with something else.</exception>
    public static IReadOnlyList<GraphValue> Apply(
        GraphLayer layer, string[] states, IReadOnlyList<GraphValue> inputs, Call call, List<LayerCall> calls)
    {
        if (call.Named.Concat(call.Asked).FirstOrDefault(argument => argument != KerasArgument) is string unknown)
            throw new KerasUnsupportedException($"{layer.Config.ClassName} called with {unknown}");
        if (inputs.Count != 1 && inputs.Count != 1 + states.Length)
            throw new KerasUnsupportedException($"{layer.Config.ClassName} called with {inputs.Count} values");
        LayerCall made = new(layer, [inputs[0]], [.. inputs.Skip(1).Select(state => (Argument, state))]);
        calls.Add(made);
        return layer.Config.Bool("return_state", false) ? [made, .. states.Select(state => new LayerResult(made, state))] : [made];
    }
}
