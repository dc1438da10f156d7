using System.Text;
using System.Text.Json;
using CompiledNets.Keras.Layers;
using CompiledNets.Naming;

namespace CompiledNets.Keras;

/// <summary>Turns the config of a Keras network into a class with attributes, as a user would write it.</summary>
public static class NetworkSource
{
    /// <summary>A chain of layers as a class.</summary>
    /// <param name="className">What to call the class.</param>
    /// <param name="inputShape">Shape of a sample.</param>
    /// <param name="layers">The layers behind the input, in order.</param>
    /// <param name="keepNames">Whether names that the layers would not get by themselves are written too.</param>
    /// <returns>C# source of the class, without usings and namespace. It means names of <c>CompiledNets</c> and <c>CompiledNets.Initializers</c>.</returns>
    /// <exception cref="KerasUnsupportedException">A layer or an option of one is not there.</exception>
    public static string Write(string className, IEnumerable<int> inputShape, IEnumerable<KerasObject> layers, bool keepNames = true)
    {
        StringBuilder source = new();
        List<string> members = [];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        source.Append("[Network]\n").Append(new AttributeSource("Input", "input").With(LayerSources.List(inputShape))).Append('\n');
        foreach (KerasObject layer in layers)
        {
            string usual = SnakeCase.Of(layer.ClassName);
            int count = counts.GetValueOrDefault(usual);
            string automatic = count == 0 ? usual : $"{usual}_{count}";
            string name = keepNames && layer.Text("name") is string given ? given : automatic;
            AttributeSource attribute = LayerSources.Of(layer, name);

            // Layers with a name of their own are not counted, neither here nor by Keras.
            if (name == automatic) counts[usual] = count + 1;
            else attribute.With($"Name = {JsonText.Literal(name)}");
            source.Append(attribute).Append('\n');
            members.AddRange(attribute.Members);
        }

        source.Append("public sealed partial class ").Append(className);
        if (members.Count == 0) return source.Append(";\n").ToString();
        source.Append("\n{\n");
        foreach (string member in members) source.Append("    ").Append(member).Append('\n');
        return source.Append("}\n").ToString();
    }

    /// <summary>A network of Keras's own JSON (<c>model.to_json()</c>) as a class: a Sequential, or a Functional whose layers form a chain.</summary>
    /// <param name="className">What to call the class.</param>
    /// <param name="model">The JSON.</param>
    /// <param name="keepNames">Whether names that the layers would not get by themselves are written too.</param>
    /// <exception cref="KerasUnsupportedException">It is no chain, or something in it is not there.</exception>
    public static string Write(string className, JsonElement model, bool keepNames = true)
    {
        LayerChain chain = LayerChain.Read(model);
        return Write(className, chain.InputShape, chain.Layers, keepNames);
    }
}
