using System.Text;
using System.Text.Json;
using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras;

/// <summary>Turns the config of a Keras network into a class with attributes, as a user would write it.</summary>
public static class NetworkSource
{
    /// <summary>A chain of layers as a class.</summary>
    /// <param name="className">What to call the class.</param>
    /// <param name="inputShape">Shape of a sample.</param>
    /// <param name="layers">The layers behind the input, in order.</param>
    /// <param name="keepNames">Whether names that Keras would not give by itself are written too.</param>
    /// <returns>C# source of the class, without usings and namespace.</returns>
    /// <exception cref="KerasUnsupportedException">A layer or an option of one is not there.</exception>
    public static string Write(string className, IEnumerable<int> inputShape, IEnumerable<KerasObject> layers, bool keepNames = true)
    {
        StringBuilder source = new();
        List<string> members = [];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        source.Append("[Network]\n").Append(new AttributeSource("Input").With(LayerSources.List(inputShape))).Append('\n');
        foreach (KerasObject layer in layers)
        {
            AttributeSource attribute = LayerSources.Of(layer);
            string usual = LayerNames.Snake(layer.ClassName);
            int count = counts.GetValueOrDefault(usual);
            counts[usual] = count + 1;
            if (keepNames && layer.Text("name") is string name && name != (count == 0 ? usual : $"{usual}_{count}")) attribute.With($"Name = {JsonSerializer.Serialize(name, NameJson.Default.String)}");
            source.Append(attribute).Append('\n');
            members.AddRange(attribute.Members);
        }

        source.Append("public sealed partial class ").Append(className);
        if (members.Count == 0) return source.Append(";\n").ToString();
        source.Append("\n{\n");
        foreach (string member in members) source.Append("    ").Append(member).Append('\n');
        return source.Append("}\n").ToString();
    }

    /// <summary>A network of Keras's own JSON (<c>model.to_json()</c>) as a class.</summary>
    /// <param name="className">What to call the class.</param>
    /// <param name="model">The JSON.</param>
    /// <param name="keepNames">Whether names that Keras would not give by itself are written too.</param>
    /// <exception cref="KerasUnsupportedException">It is no chain, or something in it is not there.</exception>
    public static string Write(string className, JsonElement model, bool keepNames = true)
    {
        KerasObject network = KerasObject.Read(model);
        if (network.ClassName != "Sequential") throw new KerasUnsupportedException($"{network.ClassName} network");
        List<KerasObject> layers = [.. (network.Take("layers") ?? throw new KerasUnsupportedException("Sequential without layers")).EnumerateArray().Select(KerasObject.Read)];
        int[]? shape = null;
        if (layers is [{ ClassName: "InputLayer" } input, ..])
        {
            shape = SampleShape(input.Take("batch_shape") ?? input.Take("batch_input_shape"));
            layers.RemoveAt(0);
        }

        shape ??= SampleShape(network.Take("build_input_shape"));
        return Write(className, shape ?? throw new KerasUnsupportedException("network without an input shape"), layers, keepNames);
    }

    private static int[]? SampleShape(JsonElement? batchShape) => batchShape is not { ValueKind: JsonValueKind.Array } shape
        ? null
        : [.. shape.EnumerateArray().Skip(1).Select(axis => axis.ValueKind == JsonValueKind.Number ? axis.GetInt32() : throw new KerasUnsupportedException($"input of shape {shape}"))];
}

/// <summary>Writes names as string literals; C# and JSON agree on them.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class NameJson : System.Text.Json.Serialization.JsonSerializerContext;
