using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>What layers lower themselves with: the graph that is built, the layer's weights, the mode.</summary>
internal sealed class Lowering
{
    private readonly ParameterLayout parameters;
    private readonly Dictionary<Value, Value> masks = [];
    private readonly List<GraphState> states;
    private readonly List<Value> penalties;
    private List<Op> ops;

    private Lowering(Graph graph, ParameterLayout parameters, bool isTraining) =>
        (this.parameters, states, penalties, ops, IsTraining) = (parameters, graph.States, graph.Penalties, graph.Ops, isTraining);

    /// <summary>Whether the graph is that of training, where dropout drops and batch statistics are taken.</summary>
    public bool IsTraining { get; }

    /// <summary>Number of the current layer.</summary>
    public int LayerIndex { get; private set; }

    /// <summary>Number of the current call; random numbers go by it.</summary>
    public int CallIndex { get; private set; }

    /// <summary>Appends an op and gives its output.</summary>
    public Value Add(Op op)
    {
        ops.Add(op);
        return op.Output;
    }

    /// <summary>
    /// What the batch before left of a state of the current layer. It is there from the start, before all that is worked.
    /// </summary>
    public Value Known(string layer, string name, Shape shape)
    {
        var state = new Value($"{layer}_{name}_known", shape, Space.Sample);
        ops.Insert(0, new KnownState(layer, state));
        return state;
    }

    /// <summary>Leaves a state of the current layer to the next batch.</summary>
    public void Leave(string name, Value before, Value after) => states.Add(new(LayerIndex, name, before, after));

    /// <summary>Has what lowers itself append its ops elsewhere: to the body of a scan.</summary>
    public void Into(List<Op> others, Action lower)
    {
        List<Op> outside = ops;
        ops = others;
        lower();
        ops = outside;
    }

    /// <summary>
    /// Which steps of a value are there: for each place of all axes but the last, or for each of the first ones, 1 where it is and else 0;
    /// null where all are.
    /// </summary>
    public Value? MaskOf(Value value) => masks.TryGetValue(value, out Value? mask) ? mask : null;

    /// <summary>Says which steps of a value are there.</summary>
    public void SetMask(Value value, Value? mask)
    {
        if (mask is not null) masks[value] = mask;
    }

    /// <summary>Shape of the mask of a value of steps: all axes but the last.</summary>
    public static Shape MaskShape(Shape shape) => new(shape.Axes.Take(shape.Rank - 1).ToArray());

    /// <summary>A weight of the current layer, by its Keras name.</summary>
    public Value Weight(string name) => parameters.Find(LayerIndex, name).Value;

    /// <summary>Adds a penalty on a value to the loss.</summary>
    public void Penalize(ActivityPenalty penalty, Value value, string layer) => penalties.Add(Add(penalty.On(value, layer)));

    /// <summary>Applies an activation by its Keras name.</summary>
    public Value Activate(string layerName, string? activation, Value x)
    {
        if (activation is null or "linear") return x;
        return Kind(activation) is { } kind
            ? Add(new Rowwise(layerName, kind, x, x.Shape.Rank - 1, layerName + "_" + activation))
            : Add(new Pointwise(layerName, [x], Activations.Expression(activation, Scalar.Operand(0))!, layerName + "_" + activation));
    }

    /// <summary>A network's calls in ops.</summary>
    public static Graph Lower(Network network, bool isTraining)
    {
        var graph = new Graph
        {
            Inputs = [.. network.Inputs.Select(port => new Value(port.Name, port.Shape, Space.Sample) { Limit = port.Limit })],
        };
        graph.Trainable.AddRange(network.Parameters.Weights.Where(w => w.Weight.Trainable).Select(w => w.Value));
        var lowering = new Lowering(graph, network.Parameters, isTraining);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            lowering.LayerIndex = i;
            network.Layers[i].LowerWeights(lowering);
        }

        var results = new List<IReadOnlyList<Value>>();
        foreach (Call call in network.Calls)
        {
            (lowering.LayerIndex, lowering.CallIndex) = (call.Layer, results.Count);
            Layer layer = network.Layers[call.Layer];
            Value[] inputs = [.. call.Inputs.Select(Of)];
            results.Add(layer.Lower(lowering, inputs));
            if (layer.LowerMask(lowering, inputs) is { } mask) lowering.SetMask(results[results.Count - 1][0], mask);
            if (layer.Activity is not { } activity || layer.PenalizesInside) continue;
            foreach (Value output in results[results.Count - 1]) lowering.Penalize(activity, output, layer.Name);
        }

        graph.Heads = [.. network.Outputs.Select(output => new Head(Of(output.Source)) { Mask = lowering.MaskOf(Of(output.Source)) })];
        return graph;

        Value Of(Source source) => source.IsInput ? graph.Inputs[source.Index] : results[source.Call][source.Index];
    }

    private static RowwiseKind? Kind(string activation) => activation switch
    {
        "softmax" => RowwiseKind.Softmax,
        "log_softmax" => RowwiseKind.LogSoftmax,
        "sparsemax" => RowwiseKind.Sparsemax,
        "glu" => RowwiseKind.Glu,
        _ => null,
    };
}
