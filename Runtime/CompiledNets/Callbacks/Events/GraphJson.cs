using System.Buffers;
using System.Text;
using System.Text.Json;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// A network as the graph plugin of TensorBoard reads it: JSON of the form that Keras writes, of which that takes names, classes and what
/// is connected to what.
/// </summary>
internal static class GraphJson
{
    /// <summary>The JSON of a network.</summary>
    public static string Write(NetworkDescription description)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            GraphDescription graph = description.Graph ?? GraphDescription.OfChain(description.Inputs, description.Layers);
            WriteGraph(json, description, graph, description.Name, inbound: null);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteGraph(
        Utf8JsonWriter json, NetworkDescription description, GraphDescription graph, string name, Action? inbound)
    {
        var shown = new ShownGraph(graph);
        json.WriteStartObject();
        json.WriteString("class_name", graph.IsChain ? "Sequential" : "Functional");
        json.WriteString("name", name);
        json.WriteStartObject("config");
        json.WriteString("name", name);
        json.WriteStartArray("layers");
        foreach (ShownPart part in shown.Parts) WritePart(json, description, graph, shown, part);
        json.WriteEndArray();
        if (!graph.IsChain)
        {
            WriteValues(json, "input_layers", graph.Inputs.Select(input => (input.Name, 0, 0)));
            WriteValues(json, "output_layers", graph.Outputs.Select(value => Named(description, graph, shown, value)));
        }

        json.WriteEndObject();
        inbound?.Invoke();
        json.WriteEndObject();
    }

    private static void WritePart(
        Utf8JsonWriter json, NetworkDescription description, GraphDescription graph, ShownGraph shown, ShownPart part)
    {
        if (part.Network >= 0 && description.Networks[part.Network].Graph is { } inner)
        {
            WriteGraph(json, description, inner, ModelSummary.NameOf(description, graph, part), Inbound);
            return;
        }

        json.WriteStartObject();
        json.WriteString("class_name", ModelSummary.TypeOf(description, part));
        json.WriteString("name", ModelSummary.NameOf(description, graph, part));
        json.WriteStartObject("config");
        json.WriteString("name", ModelSummary.NameOf(description, graph, part));
        json.WriteString("dtype", "float32");
        json.WriteEndObject();
        Inbound();
        json.WriteEndObject();

        void Inbound()
        {
            if (graph.IsChain) return;
            json.WriteStartArray("inbound_nodes");
            foreach (int call in shown.CallsOf(part))
            {
                json.WriteStartArray();
                foreach ((int Call, int Output) value in graph.Calls[call].Inputs)
                {
                    (string giver, int node, int tensor) = Named(description, graph, shown, value);
                    json.WriteStartArray();
                    json.WriteStringValue(giver);
                    json.WriteNumberValue(node);
                    json.WriteNumberValue(tensor);
                    json.WriteStartObject();
                    json.WriteEndObject();
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }

    private static (string Name, int Node, int Tensor) Named(
        NetworkDescription description, GraphDescription graph, ShownGraph shown, (int Call, int Output) value)
    {
        (ShownPart part, int call) = shown.GiverOf(value);
        return (ModelSummary.NameOf(description, graph, part), call, value.Call < 0 ? 0 : value.Output);
    }

    private static void WriteValues(Utf8JsonWriter json, string property, IEnumerable<(string Name, int Node, int Tensor)> values)
    {
        json.WriteStartArray(property);
        foreach ((string name, int node, int tensor) in values)
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            json.WriteNumberValue(node);
            json.WriteNumberValue(tensor);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
