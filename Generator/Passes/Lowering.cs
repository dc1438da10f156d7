using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>What layers lower themselves with: the graph that is built, the layer's weights, the mode.</summary>
internal sealed class Lowering(Graph graph, ParameterLayout parameters, bool isTraining)
{
    private int layer;

    /// <summary>The graph being built.</summary>
    public Graph Graph { get; } = graph;

    /// <summary>Whether the graph is that of training, where dropout drops and batch statistics are taken.</summary>
    public bool IsTraining { get; } = isTraining;

    /// <summary>Place of the current layer among those behind the input.</summary>
    public int LayerIndex => layer;

    /// <summary>Appends an op and gives its output.</summary>
    public Value Add(Op op) => Graph.Add(op);

    /// <summary>A weight of the current layer, by its Keras name.</summary>
    public Value Weight(string name) => parameters.Find(layer, name).Value;

    /// <summary>A weight of the current layer under another shape of the same elements, as it meets a sample value.</summary>
    public Value Weight(string name, Shape shape)
    {
        Value weight = Weight(name);
        return weight.Shape.Equals(shape) ? weight : Graph.View(weight, shape);
    }

    /// <summary>Applies an activation by its Keras name.</summary>
    public Value Activate(string layerName, string? activation, Value x)
    {
        if (activation is null or "linear") return x;
        Value y = Kind(activation) is { } kind
            ? Add(new Rowwise(layerName, kind, x, layerName + "_" + activation))
            : Add(new Pointwise(layerName, [x], Activations.Expression(activation, Scalar.Operand(0))!, layerName + "_" + activation));
        return y;
    }

    /// <summary>A network's layers in ops.</summary>
    public static Graph Lower(Shape input, IReadOnlyList<(Layer Layer, Shape Input)> layers, ParameterLayout parameters, bool isTraining)
    {
        var graph = new Graph { Input = new Value("input", input, Space.Sample) };
        graph.Trainable.AddRange(parameters.Weights.Where(w => w.Weight.Trainable).Select(w => w.Value));
        var lowering = new Lowering(graph, parameters, isTraining);
        Value value = graph.Input;
        for (int i = 0; i < layers.Count; i++)
        {
            lowering.layer = i;
            value = layers[i].Layer.Lower(lowering, value);
        }

        if (value == graph.Input) value = graph.Add(new Pointwise("input", [value], Scalar.Operand(0), "output"));
        graph.Output = value;
        graph.Logits = graph.Producer(value) switch
        {
            Pointwise { Inputs.Count: 1, Expression: Scalar.Unary { Kind: UnaryKind.Sigmoid, A: Scalar.OperandElement } } sigmoid => sigmoid.Inputs[0],
            Rowwise { Kind: RowwiseKind.Softmax } softmax => softmax.Inputs[0],
            _ => null,
        };
        if (graph.Logits == graph.Input) graph.Logits = null;
        return graph;
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
