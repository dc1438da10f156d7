using System.Text;
using System.Text.Json;
using CompiledNets.Keras.Graphs;
using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras;

/// <summary>Turns the config of a Keras network into a class with attributes, as a user would write it.</summary>
public static class NetworkSource
{
    /// <summary>A chain of layers as a class.</summary>
    /// <param name="className">What to call the class.</param>
    /// <param name="inputShape">Shape of a sample.</param>
    /// <param name="layers">The layers after the input, in order.</param>
    /// <param name="keepNames">Whether names that the layers would not get by themselves are written too.</param>
    /// <returns>
    /// C# source of the class, without usings and namespace. It means names of <c>CompiledNets</c> and <c>CompiledNets.Initializers</c>.
    /// </returns>
    /// <exception cref="KerasUnsupportedException">A layer or an option of one is not there.</exception>
    public static string Write(string className, IEnumerable<int> inputShape, IEnumerable<KerasObject> layers, bool keepNames = true) =>
        WriteChain(className, inputShape, [.. layers.Select(layer => new GraphLayer(layer, [], isFrozen: false))], keepNames,
            new Dictionary<GraphLayer, string>());

    /// <summary>
    /// A network of Keras's own JSON (<c>model.to_json()</c>) as a class: attributes on the class where the layers form a chain, else
    /// nodes, with the names of Keras's inputs and outputs. What is nested in it is laid open.
    /// </summary>
    /// <param name="className">What to call the class.</param>
    /// <param name="model">The JSON: a Sequential or a Functional, of any version of Keras.</param>
    /// <param name="keepNames">Whether names that the layers would not get by themselves are written too.</param>
    /// <returns>
    /// C# source of the class, without usings and namespace. It means names of <c>CompiledNets</c> and <c>CompiledNets.Initializers</c>.
    /// </returns>
    /// <exception cref="KerasUnsupportedException">Something in it is not there.</exception>
    public static string Write(string className, JsonElement model, bool keepNames = true)
    {
        return Write(className, LayerGraph.Read(model), keepNames, new Dictionary<GraphLayer, string>());
    }

    /// <summary>Writes a graph, and tells what its layers are called in the class.</summary>
    /// <param name="className">What to call the class.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="keepNames">Whether names that the layers would not get by themselves are written too.</param>
    /// <param name="layerNames">Takes the name of each layer in the class.</param>
    internal static string Write(string className, LayerGraph graph, bool keepNames, IDictionary<GraphLayer, string> layerNames) =>
        graph.IsChain
        ? WriteChain(className, graph.Inputs[0].Shape, [.. graph.Calls.Select(call => call.Layer)], keepNames, layerNames)
        : GraphSource.Write(className, graph, keepNames, layerNames);

    private static string WriteChain(
        string className, IEnumerable<int> inputShape, IReadOnlyList<GraphLayer> layers, bool keepNames, IDictionary<GraphLayer,
            string> layerNames)
    {
        StringBuilder source = new();
        List<string> members = [];
        source.Append("[Network]\n").Append(new AttributeSource("Input", "input").With(LayerSources.List(inputShape))).Append('\n');
        IReadOnlyList<(string Name, bool IsWritten)> names = LayerNaming.Of(className, layers, keepNames);
        for (int i = 0; i < layers.Count; i++)
        {
            layerNames[layers[i]] = names[i].Name;
            AttributeSource attribute = LayerSources.Of(layers[i], names[i].Name, names[i].IsWritten);
            if (LayerSources.IsMerge(layers[i].Config))
                throw new KerasUnsupportedException($"{layers[i].Config.ClassName} called with one value");
            source.Append(attribute).Append('\n');
            members.AddRange(attribute.Members);
        }

        source.Append("public sealed partial class ").Append(className);
        if (members.Count == 0) return source.Append(";\n").ToString();
        source.Append("\n{\n");
        foreach (string member in members) source.Append("    ").Append(member).Append('\n');
        return source.Append("}\n").ToString();
    }
}
