using System.Text;
using CompiledNets.Keras.Layers;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Graphs;

/// <summary>Writes a graph as a class with nodes.</summary>
internal sealed class GraphSource
{
    private const int LineEnd = 140;

    private readonly LayerGraph graph;
    private readonly IReadOnlyList<GraphNode> nodes;
    private readonly Dictionary<LayerStep, AttributeSource> attributes = [];
    private readonly Dictionary<GraphNode, string> names = [];
    private readonly List<(string Port, string Name, GraphNode Node)> outputs = [];
    private readonly bool outputsStandApart;

    private GraphSource(string className, LayerGraph graph, bool keepNames, IDictionary<GraphLayer, string> layerNames)
    {
        this.graph = graph;
        nodes = NodeSplit.Of(graph);
        LayerStep[] steps = [.. nodes.SelectMany(node => node.Steps).OfType<LayerStep>()];
        IReadOnlyList<(string Name, bool IsWritten)> layers = LayerNaming.Of(className, [.. steps.Select(step => step.Layer)], keepNames);
        for (int i = 0; i < steps.Length; i++) layerNames[steps[i].Layer] = layers[i].Name;
        for (int i = 0; i < steps.Length; i++) attributes[steps[i]] = Attribute(steps[i], layers[i].Name, layers[i].IsWritten);

        // Outputs are in the order of the source: where that of their values is another, they are nodes of their own at the end.
        int[] places = [.. graph.Outputs.Select(output => Enumerable.Range(0, nodes.Count).First(i => nodes[i].Value == output.Value))];
        outputsStandApart = places.Zip(places.Skip(1)).Any(pair => pair.First >= pair.Second);
        NodeNames taken = new(className);
        foreach (GraphNode input in nodes.Where(node => node.Input is not null)) names[input] = taken.OfPort(PortOf(input.Input!));
        for (int i = 0; i < places.Length; i++)
        {
            GraphNode node = nodes[places[i]];
            bool isNamed = names.TryGetValue(node, out string? name);
            if (!isNamed || outputsStandApart) name = taken.OfPort(graph.Outputs[i].Name);
            if (!isNamed && !outputsStandApart) names[node] = name!;
            outputs.Add((graph.Outputs[i].Name, name!, node));
        }

        foreach ((string layer, _) in layers) taken.Keep(layer);
        foreach (GraphNode node in nodes)
            if (!names.ContainsKey(node)) names[node] = taken.OfValue(NameOf(node, steps, layers));
    }

    /// <summary>The class.</summary>
    /// <param name="className">What to call it.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="keepNames">Whether names that the layers would not get by themselves are written too.</param>
    /// <param name="layerNames">Takes the name of each layer in the class.</param>
    public static string Write(string className, LayerGraph graph, bool keepNames, IDictionary<GraphLayer, string> layerNames) =>
        new GraphSource(className, graph, keepNames, layerNames).Write(className);

    private string Write(string className)
    {
        StringBuilder source = new();
        source.Append("[Network]\npublic sealed partial class ").Append(className).Append("\n{\n");
        foreach (GraphNode node in nodes)
        {
            List<string> list = [];
            if (node.Input is { } input)
                list.Add(Named(new AttributeSource("Input", names[node]).With(LayerSources.List(input.Shape)), PortOf(input), names[node])
                    .ToString());
            if (node.From is not null)
                list.Add($"[From({NameOf(node.From)}{(node.Output is null ? "" : $", Output = {JsonText.Literal(node.Output)}")})]");
            foreach (NodeStep step in node.Steps)
                list.Add(step is LayerStep layer
                    ? attributes[layer]
                    .ToString([.. layer.Others.Select(NameOf)], NamedNodes(layer.Masks))
                    : $"[Shared({NameOf(((SharedStep)step).Node)})]");
            if (!outputsStandApart)
                foreach ((string port, string name, _) in outputs.Where(output => output.Node == node))
                    list.Add(Named(new("Output", name), port, name).ToString());
            AppendNode(source, list, names[node]);
        }

        if (outputsStandApart)
            foreach ((string port, string name, GraphNode node) in outputs)
                AppendNode(source, [$"[From({NameOf(node)})]", Named(new("Output", name), port, name).ToString()], name);
        string[] members = [.. attributes.Values.SelectMany(attribute => attribute.Members)];
        if (members.Length > 0) source.Append('\n');
        foreach (string member in members) source.Append("    ").Append(member).Append('\n');
        return source.Append("}\n").ToString();
    }

    private AttributeSource Attribute(LayerStep step, string name, bool isWritten)
    {
        AttributeSource attribute = LayerSources.Of(step.Layer, name, isWritten);
        if (!LayerSources.IsMerge(step.Layer.Config) && !AttentionCall.Takes(step.Layer.Config.ClassName) && step.Others.Count > 0)
            throw new KerasUnsupportedException($"{step.Layer.Config.ClassName} called with {step.Others.Count} values");
        return attribute;
    }

    // An output of the same name keeps it, for it is in the history.
    private string PortOf(GraphInput input) =>
        graph.Outputs.Any(output => output.Name == input.Name && (outputsStandApart || output.Value != input))
            ? input.Name + "_input" : input.Name;

    private string NameOf(GraphNode node) => $"nameof({names[node]})";

    // States are a list.
    private string[] NamedNodes(IReadOnlyList<(string Argument, GraphNode Node)> given) =>
    [
        .. given.GroupBy(value => value.Argument, value => NameOf(value.Node)).Select(values => values.Key == RecurrentCall.Argument
            ? $"{values.Key} = [{string.Join(", ", values)}]" : $"{values.Key} = {values.Single()}"),
    ];

    private static string NameOf(GraphNode node, LayerStep[] steps, IReadOnlyList<(string Name, bool IsWritten)> layers)
    {
        if (node.Output is not null) return $"{NameOf(node.From!, steps, layers)}_{node.Output}";
        NodeStep last = node.Steps[^1];
        while (last is SharedStep shared) last = shared.Node.Steps[^1];
        return layers[Array.IndexOf(steps, (LayerStep)last)].Name;
    }

    // Ports are called as their nodes are, in snake case.
    private static AttributeSource Named(AttributeSource attribute, string port, string node) =>
        SnakeCase.Of(node) == port ? attribute : attribute.With($"Name = {JsonText.Literal(port)}");

    private static void AppendNode(StringBuilder source, List<string> attributes, string name)
    {
        string property = $"public partial Node {name} {{ get; }}";
        string line = $"    [{string.Join(", ", attributes.Select(attribute => attribute[1..^1]))}] {property}\n";
        if (line.Length <= LineEnd + 1) source.Append(line);
        else
        {
            foreach (string attribute in attributes) source.Append("    ").Append(attribute).Append('\n');
            source.Append("    ").Append(property).Append('\n');
        }
    }
}
