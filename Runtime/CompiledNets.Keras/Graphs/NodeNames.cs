using CompiledNets.Keras.Layers;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Graphs;

/// <summary>Gives nodes their names: inputs and outputs are called as in Keras, others after their last layer.</summary>
internal sealed class NodeNames
{
    /// <summary>Classes whose constants attributes and members of the class take, which no node may hide.</summary>
    private static readonly string[] Classes =
        [nameof(Activation), nameof(Initializer), nameof(Initializers.FanMode), nameof(Initializers.Distribution)];

    private readonly HashSet<string> taken;

    /// <summary>Begins.</summary>
    /// <param name="className">The class.</param>
    public NodeNames(string className) =>
        taken = new([.. ReservedMembers.Names, .. ReservedMembers.OfPorts, .. Classes, className], StringComparer.Ordinal);

    /// <summary>Takes the name of an input or an output.</summary>
    /// <param name="port">Its name in Keras.</param>
    public string OfPort(string port)
    {
        string wanted = LayerNames.Pascal(port);
        return Take(wanted.Length == 0 ? "Node" : wanted, "Node");
    }

    /// <summary>Takes the name of another node; those of layers and ports are taken already.</summary>
    /// <param name="layer">The name of its last layer.</param>
    public string OfValue(string layer) => Take(LayerNames.Pascal(layer) + "Value", "");

    /// <summary>Keeps the property of a layer free.</summary>
    public void Keep(string layer) => taken.Add(LayerNames.Pascal(layer));

    private string Take(string wanted, string ending)
    {
        string name = wanted;
        if (!taken.Add(name))
        {
            name = wanted + ending;
            for (int i = 2; !taken.Add(name); i++) name = $"{wanted}{ending}{i}";
        }

        return name;
    }
}
