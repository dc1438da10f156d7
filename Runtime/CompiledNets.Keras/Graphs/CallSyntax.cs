using System.Text.Json;

namespace CompiledNets.Keras.Graphs;

/// <summary>A result of a layer.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Node">Which of its calls.</param>
/// <param name="Tensor">Which of the results of that call.</param>
internal readonly record struct Reference(string Layer, int Node, int Tensor);

/// <summary>One call of a layer as the config has it.</summary>
/// <param name="Inputs">What it is called with.</param>
/// <param name="Training">The mode that the call fixes; null where it fixes none.</param>
internal sealed record Call(IReadOnlyList<Reference> Inputs, bool? Training)
{
    /// <summary>The argument that each of the last inputs is given by: the others come first, in order.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>Other arguments that ask for something: <c>use_causal_mask</c>.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];
}

/// <summary>
/// How configs write calls and ports. Keras 3 writes <c>{"args": [tensor], "kwargs": {}}</c>, tensors in lists for layers that take
/// several; Keras 2 <c>[["name", 0, 0, {}]]</c>, the arguments with the last. Ports are <c>["name", 0, 0]</c>, a list of them, or a
/// dictionary.
/// </summary>
internal static class CallSyntax
{
    /// <summary>The calls of a layer.</summary>
    /// <param name="entry">The layer's JSON.</param>
    /// <param name="layer">Its class, for messages.</param>
    /// <exception cref="KerasUnsupportedException">A call has something else than results of layers.</exception>
    public static IReadOnlyList<Call> Calls(JsonElement entry, string layer) =>
        entry.TryGetProperty("inbound_nodes", out JsonElement nodes) && nodes.ValueKind == JsonValueKind.Array
            ? [.. nodes.EnumerateArray().Select(node => Read(node, layer))] : [];

    /// <summary>The inputs or outputs of a network: dictionaries in the order of their keys, which are the names then.</summary>
    public static IReadOnlyList<(string Name, Reference Reference)> Ports(JsonElement? ports)
    {
        List<(string, Reference)> found = [];
        if (ports is { } given) AddPorts(given, null, found);
        return found;
    }

    private static void AddPorts(JsonElement ports, string? key, List<(string Name, Reference Reference)> found)
    {
        if (Triple(ports) is { } reference)
        {
            found.Add((key ?? reference.Layer, reference));
            return;
        }

        switch (ports.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (JsonElement port in ports.EnumerateArray()) AddPorts(port, null, found);
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty port in ports.EnumerateObject().OrderBy(port => port.Name, StringComparer.Ordinal))
                    AddPorts(port.Value, port.Name, found);
                break;
            default:
                throw new KerasUnsupportedException($"{JsonText.Of(ports)} for a port");
        }
    }

    private static Call Read(JsonElement node, string layer)
    {
        List<Reference> inputs = [];
        NamedArguments named = new(layer, inputs);
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement input in Triple(node) is null ? [.. node.EnumerateArray()] : new[] { node })
            {
                inputs.Add(Triple(input) ?? throw CalledWith(layer, input));
                if (input.GetArrayLength() > 3 && input[3].ValueKind == JsonValueKind.Object)
                    named.Read(input[3]);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (node.TryGetProperty("args", out JsonElement arguments)) AddTensors(arguments, layer, inputs);

            if (node.TryGetProperty("kwargs", out JsonElement keywords) && keywords.ValueKind == JsonValueKind.Object) named.Read(keywords);

            // Keras 3 notes whether it was called for training when the network was made. When it runs, it says so anew.
            if (named.Training is false) named.Training = null;
        }

        if (inputs.Count == 0) throw CalledWith(layer, node);
        return new([.. inputs, .. named.Tensors.Select(tensor => tensor.Value)], named.Training)
        {
            Named = [.. named.Tensors.Select(tensor => tensor.Argument)],
            Asked = named.Asked,
        };
    }

    /// <summary>The arguments of a call that are named.</summary>
    /// <param name="layer">The layer's class, for messages.</param>
    /// <param name="inputs">Takes the tensors that stand for positional ones.</param>
    private sealed class NamedArguments(string layer, List<Reference> inputs)
    {
        /// <summary>The mode that they fix; null where they fix none.</summary>
        public bool? Training { get; set; }

        public List<(string Argument, Reference Value)> Tensors { get; } = [];

        public List<string> Asked { get; } = [];

        // What the list of masks of an attention has.
        private static readonly string[] OfMasks = ["query_mask", "value_mask"];

        public void Read(JsonElement arguments)
        {
            foreach (JsonProperty argument in arguments.EnumerateObject())
            {
                JsonElement value = argument.Value;
                bool isNumber = value.ValueKind is JsonValueKind.True or JsonValueKind.False;
                if (value.ValueKind == JsonValueKind.Null) continue;
                if (argument.Name == "training" && isNumber) Training = value.GetBoolean();
                else if (argument.Name == "inputs" && inputs.Count == 0) AddTensors(value, layer, inputs);
                else if (isNumber)
                {
                    if (value.GetBoolean()) Asked.Add(argument.Name);
                }
                else if (Tensor(value) is { } tensor) Tensors.Add((argument.Name, tensor));
                else if (argument.Name == RecurrentCall.KerasArgument && value.ValueKind == JsonValueKind.Array)
                {
                    foreach (JsonElement state in value.EnumerateArray())
                        Tensors.Add((argument.Name, Tensor(state) ?? throw CalledWith(layer, state)));
                }
                else if (argument.Name == "mask" && layer is "Attention" or "AdditiveAttention" && value.ValueKind == JsonValueKind.Array
                    && value.GetArrayLength() <= OfMasks.Length)
                {
                    foreach ((string name, JsonElement mask) in OfMasks.Zip(value.EnumerateArray()))
                        if (mask.ValueKind != JsonValueKind.Null)
                            Tensors.Add((name, Tensor(mask) ?? throw CalledWith(layer, mask)));
                }
                else throw new KerasUnsupportedException($"{layer} called with {argument.Name}");
            }
        }
    }

    private static void AddTensors(JsonElement argument, string layer, List<Reference> inputs)
    {
        if (argument.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in argument.EnumerateArray()) AddTensors(item, layer, inputs);
            return;
        }

        inputs.Add(Tensor(argument) ?? throw CalledWith(layer, argument));
    }

    private static Reference? Tensor(JsonElement argument) =>
        argument.ValueKind == JsonValueKind.Object && argument.TryGetProperty("config", out JsonElement config)
        && config.ValueKind == JsonValueKind.Object && config.TryGetProperty("keras_history", out JsonElement history)
            ? Triple(history) : Triple(argument);

    // ["name", 0, 0], with arguments after it or without; a number in the place of a layer has another name.
    private static Reference? Triple(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() < 3 || json[0].ValueKind != JsonValueKind.String
            || json[0].GetString() == "_CONSTANT_VALUE") return null;
        return json[1].ValueKind == JsonValueKind.Number && json[1].TryGetInt32(out int node) && json[2].ValueKind == JsonValueKind.Number
            && json[2].TryGetInt32(out int tensor)
            ? new(json[0].GetString()!, node, tensor) : null;
    }

    private static KerasUnsupportedException CalledWith(string layer, JsonElement argument) =>
        new($"{layer} called with {JsonText.Of(argument)}");
}
