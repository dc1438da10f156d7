using System.Text.Json;

namespace CompiledNets.Keras.Graphs;

/// <summary>A network whose layers stand one after the other.</summary>
internal sealed class SequentialPart : GraphPart
{
    private readonly List<GraphPart> parts = [];
    private readonly List<PartMember> names = [];
    private readonly (string Name, JsonElement? BatchShape) input;

    /// <summary>Reads it.</summary>
    public SequentialPart(KerasObject network, JsonElement config, IReadOnlyList<string> models, bool isFrozen)
        : base(network.ClassName)
    {
        isFrozen |= !network.Bool("trainable", true);
        foreach (JsonElement entry in Entries(config))
        {
            KerasObject layer = KerasObject.Read(entry);
            string name = layer.Text("name") ?? layer.ClassName;
            if (layer.ClassName == "InputLayer" && parts.Count == 0)
            {
                input = (name, BatchShape(layer));
                names.Add(new(name, null));
                layer.RefuseRest();
                continue;
            }

            parts.Add(Read(entry, layer.ClassName is "Sequential" or "Functional" or "Model" ? [.. models, name] : models, isFrozen));
            names.Add(new(name, parts[^1]));
        }

        if (parts.Count == 0) throw new KerasUnsupportedException($"{ClassName} network without layers");

        // Without a layer for the input, Keras 2 notes the shape on the first layer and Keras 3 on the network.
        if (input.BatchShape is not null) return;
        JsonElement? shape = parts[0] is LayerPart first
            ? BatchShape(first.Layer.Config) : parts[0].Inputs.Select(inner => inner.BatchShape).FirstOrDefault();
        input = (input.Name ?? "input", shape ?? network.Take("build_input_shape"));
    }

    public override IReadOnlyList<(string Name, JsonElement? BatchShape)> Inputs => [input];

    public override IReadOnlyList<string> OutputNames => parts[^1].OutputNames;

    public override IReadOnlyList<PartMember> Members => names;

    public override bool KnowsTraining => parts.Exists(part => part.KnowsTraining);

    public override IReadOnlyList<GraphValue> Apply(IReadOnlyList<GraphValue> inputs, List<LayerCall> calls)
    {
        foreach (GraphPart part in parts) inputs = part.Apply(inputs, calls);
        return inputs;
    }
}
