using System.Runtime.InteropServices;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>
/// Writes a network as an ONNX model: a <c>Gemm</c> and an activation for each dense layer, <c>Concat</c> and <c>Add</c> for those that
/// join. The numbers of fields are those of <c>onnx.proto</c>.
/// </summary>
internal static class OnnxModel
{
    private const int FloatType = 1;
    private const int IntegerAttribute = 2;
    private const int FormatVersion = 8;
    private const int OperatorSet = 17;

    /// <summary>Name of an output; inputs have those of the network.</summary>
    public static string NameOf(NetworkOutput output) => $"{output.From}/output";

    /// <summary>The file's bytes, for batches of one size.</summary>
    public static byte[] Write(BenchmarkNetwork network, Model weights, int batch)
    {
        ProtobufMessage graph = new ProtobufMessage().Text(2, "network");
        foreach (NetworkInput input in network.Inputs) graph.Message(11, Value(input.Name, batch, input.Features));
        foreach (NetworkLayer layer in network.Layers)
        {
            switch (layer)
            {
                case DenseLayer dense:
                    AddDense(graph, dense, weights);
                    break;
                case ConcatenateLayer:
                    graph.Message(1, Node("Concat", layer.Name, layer.From).Message(5, Attribute("axis", 1)));
                    break;
                case AddLayer:
                    graph.Message(1, Node("Add", layer.Name, layer.From));
                    break;
                default:
                    throw new NotSupportedException($"{layer.GetType().Name} is not written as ONNX.");
            }
        }

        foreach (NetworkOutput output in network.Outputs)
        {
            graph.Message(1, Node(EndOf(output), NameOf(output), output.From));
            graph.Message(12, Value(NameOf(output), batch, output.Size));
        }

        ProtobufMessage operators = new ProtobufMessage().Text(1, "").Number(2, OperatorSet);
        return new ProtobufMessage().Number(1, FormatVersion).Message(7, graph).Message(8, operators).Bytes.ToArray();
    }

    private static void AddDense(ProtobufMessage graph, DenseLayer dense, Model weights)
    {
        string kernel = $"{dense.Name}/kernel", bias = $"{dense.Name}/bias", logits = dense.HasRelu ? $"{dense.Name}/logits" : dense.Name;
        (ModelWeight ownKernel, ModelWeight ownBias) = BenchmarkNetwork.WeightsOf(weights, dense);
        graph.Message(5, Tensor(kernel, ownKernel)).Message(5, Tensor(bias, ownBias));
        graph.Message(1, Node("Gemm", logits, dense.Source, kernel, bias));
        if (dense.HasRelu) graph.Message(1, Node("Relu", dense.Name, logits));
    }

    private static string EndOf(NetworkOutput output) => output.Ending switch
    {
        Ending.Sigmoid => "Sigmoid",
        Ending.Softmax => "Softmax",
        _ => "Identity",
    };

    private static ProtobufMessage Node(string type, string output, params ReadOnlySpan<string> inputs)
    {
        ProtobufMessage node = new();
        foreach (string input in inputs) node.Text(1, input);
        return node.Text(2, output).Text(3, output).Text(4, type);
    }

    private static ProtobufMessage Attribute(string name, int value) =>
        new ProtobufMessage().Text(1, name).Number(3, value).Number(20, IntegerAttribute);

    private static ProtobufMessage Tensor(string name, ModelWeight weight)
    {
        ProtobufMessage tensor = new();
        foreach (int axis in weight.Shape) tensor.Number(1, axis);
        return tensor.Number(2, FloatType).Text(8, name).Raw(9, MemoryMarshal.AsBytes(weight.Values));
    }

    private static ProtobufMessage Value(string name, params ReadOnlySpan<int> shape)
    {
        ProtobufMessage axes = new();
        foreach (int axis in shape) axes.Message(1, new ProtobufMessage().Number(1, axis));
        ProtobufMessage tensorType = new ProtobufMessage().Number(1, FloatType).Message(2, axes);
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, tensorType));
    }
}
