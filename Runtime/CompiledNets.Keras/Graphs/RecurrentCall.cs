using System.Text.Json;
using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras.Graphs;

/// <summary>
/// Calls of recurrent layers, which take the states before the first step behind the sequence, and give those after the last.
/// </summary>
internal static class RecurrentCall
{
    /// <summary>The argument of the attribute that names the states, and Keras's for it.</summary>
    public const string Argument = "InitialState", KerasArgument = "initial_state";

    /// <summary>Whether a class is a recurrent layer, or one that wraps it.</summary>
    public static bool TakesStates(string className) => className is "Bidirectional" or "RNN" || StatesOf(className) is not null;

    /// <summary>What a layer gives and takes as states, as nodes take them; null for a layer that is not recurrent.</summary>
    public static string[]? StatesOf(KerasObject layer)
    {
        switch (layer.ClassName)
        {
            case "Bidirectional":
                string[] one = LayerSources.WrappedBy(layer) is { } inner ? StatesOf(inner) ?? [] : [];
                return [.. one.Select(state => "forward_" + state), .. one.Select(state => "backward_" + state)];
            case "RNN":
                // States of several cells have the names of those, which only the class tells.
                return layer.Take("cell") is { ValueKind: JsonValueKind.Object } cell
                    ? StatesOf(KerasObject.Read(cell).ClassName.Replace("Cell", "", StringComparison.Ordinal)) ?? [] : [];
            default:
                return StatesOf(layer.ClassName);
        }
    }

    private static string[]? StatesOf(string className) => className switch
    {
        "LSTM" or "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D" => ["state_h", "state_c"],
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
        KerasObject recurrent = layer.Config;
        IEnumerable<string> results = [];
        if (layer.Config.ClassName == "Bidirectional")
        {
            if (layer.Config.Has("merge_mode") && layer.Config.Look("merge_mode") is null) results = ["backward"];
            recurrent = LayerSources.WrappedBy(layer.Config) ?? recurrent;
        }

        if (recurrent.Bool("return_state", false)) results = results.Concat(states);
        return [made, .. results.Select(result => new LayerResult(made, result))];
    }
}
