using System.Runtime.InteropServices;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Writes a network as an ONNX model: a <c>Gemm</c> and an activation for each layer. The numbers of fields are those of <c>onnx.proto</c>.</summary>
internal static class OnnxModel
{
    /// <summary>Name of the input.</summary>
    public const string Input = "input";

    /// <summary>Name of the output.</summary>
    public const string Output = "output";

    private const int FloatType = 1;
    private const int FormatVersion = 8;
    private const int OperatorSet = 17;

    /// <summary>The file's bytes, for batches of one size.</summary>
    public static byte[] Write(BenchmarkNetwork network, Model weights, int batch)
    {
        ProtobufMessage graph = new ProtobufMessage().Text(2, "network");
        string value = Input;
        int layers = network.Sizes.Length - 1;
        for (int i = 0; i < layers; i++)
        {
            bool isLast = i == layers - 1;
            string kernel = $"kernel{i}", bias = $"bias{i}", activation = isLast ? EndOf(network) : "Relu", result = isLast ? Output : $"layer{i}";
            graph.Message(5, Tensor(kernel, weights.Weights[2 * i])).Message(5, Tensor(bias, weights.Weights[(2 * i) + 1]));
            graph.Message(1, Node("Gemm", $"logits{i}", value, kernel, bias)).Message(1, Node(activation, result, $"logits{i}"));
            value = result;
        }

        graph.Message(11, Value(Input, batch, network.Features)).Message(12, Value(Output, batch, network.Outputs));
        ProtobufMessage operators = new ProtobufMessage().Text(1, "").Number(2, OperatorSet);
        return new ProtobufMessage().Number(1, FormatVersion).Message(7, graph).Message(8, operators).Bytes.ToArray();
    }

    private static string EndOf(BenchmarkNetwork network) => network.Ending switch
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
