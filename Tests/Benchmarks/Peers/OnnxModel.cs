using System.Runtime.InteropServices;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>
/// Writes a network as an ONNX model: a <c>Gemm</c>, <c>Conv</c>, <c>LSTM</c> or <c>GRU</c> and an activation for each layer with weights,
/// <c>Concat</c> and <c>Add</c> for those that join, images with the channels first. The numbers of fields are those of <c>onnx.proto</c>.
/// </summary>
internal static class OnnxModel
{
    private const int FloatType = 1;
    private const int Int64Type = 7;
    private const int IntegerAttribute = 2;
    private const int IntegersAttribute = 7;
    private const int FormatVersion = 8;
    private const int OperatorSet = 17;

    /// <summary>Name of an output; inputs have those of the network.</summary>
    public static string NameOf(NetworkOutput output) => $"{output.From}/output";

    /// <summary>Names of the states of a stateful layer: before a call and after it.</summary>
    public static (string Before, string After)[] StatesOf(RecurrentLayer layer) => layer.IsStateful
        ? [($"{layer.Name}/h", $"{layer.Name}/last"), ($"{layer.Name}/c", $"{layer.Name}/cell")] : [];

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
                case ConvLayer conv:
                    AddConv(graph, conv, weights);
                    break;
                case ImageLayer image:
                    AddImage(graph, image, batch);
                    break;
                case RowsLayer rows:
                    AddRows(graph, rows, batch);
                    break;
                case RecurrentLayer recurrent:
                    AddRecurrent(graph, recurrent, weights, batch);
                    break;
                case PoolLayer { Size: var size, Border: var border }:
                    graph.Message(1, Node("MaxPool", layer.Name, layer.From).Message(5, Attribute("kernel_shape", [size, size]))
                        .Message(5, Attribute("strides", [2, 2])).Message(5, Attribute("pads", [border, border, border, border])));
                    break;
                case BatchNormalizationLayer normalization:
                    AddNormalization(graph, normalization, weights);
                    break;
                case ReluLayer { Most: var most }:
                    AddRelu(graph, layer, most);
                    break;
                case ImageMeanLayer:
                    graph.Message(1, Node("GlobalAveragePool", $"{layer.Name}/image", layer.From));
                    graph.Message(1, Node("Flatten", layer.Name, $"{layer.Name}/image").Message(5, Attribute("axis", 1)));
                    break;
                case FlattenLayer:
                    graph.Message(1, Node("Flatten", layer.Name, layer.From).Message(5, Attribute("axis", 1)));
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
        ModelWeight kernel = BenchmarkNetwork.PairOf(weights, dense).Kernel;
        AddWeighted(graph, dense, weights, Tensor($"{dense.Name}/kernel", WeightOrder.Of(dense, kernel.Values), dense.Inputs, dense.Units),
            "Gemm");
    }

    private static void AddConv(ProtobufMessage graph, ConvLayer conv, Model weights)
    {
        ModelWeight kernel = BenchmarkNetwork.WeightsOf(weights, conv)[0];
        int size = conv.Kernel, channels = conv.Image.Channels / conv.Groups;
        (int before, int after) = conv.Border;
        AddWeighted(graph, conv, weights,
            Tensor($"{conv.Name}/kernel", WeightOrder.Of(conv, kernel.Values), conv.Filters, channels, size, size),
            "Conv", Attribute("kernel_shape", [size, size]), Attribute("pads", [before, before, after, after]),
            Attribute("strides", [conv.Stride, conv.Stride]), Attribute("group", conv.Groups));
    }

    private static void AddNormalization(ProtobufMessage graph, BatchNormalizationLayer layer, Model weights)
    {
        string[] inputs = [layer.Source];
        foreach (ModelWeight weight in BenchmarkNetwork.WeightsOf(weights, layer))
        {
            inputs = [.. inputs, $"{layer.Name}/{inputs.Length}"];
            graph.Message(5, Tensor(inputs[^1], weight.Values, weight.Values.Length));
        }

        graph.Message(1, Node("BatchNormalization", layer.Name, inputs).Message(5,
            new ProtobufMessage().Text(1, "epsilon").Float(2, layer.Epsilon).Number(20, FloatType)));
    }

    private static void AddRelu(ProtobufMessage graph, NetworkLayer layer, float most)
    {
        if (float.IsPositiveInfinity(most))
        {
            graph.Message(1, Node("Relu", layer.Name, layer.From));
            return;
        }

        string least = $"{layer.Name}/least", greatest = $"{layer.Name}/most";
        graph.Message(5, Tensor(least, [0])).Message(5, Tensor(greatest, [most]))
            .Message(1, Node("Clip", layer.Name, layer.From[0], least, greatest));
    }

    private static void AddWeighted(
        ProtobufMessage graph, WeightedLayer layer, Model weights, ProtobufMessage kernel, string type,
        params ReadOnlySpan<ProtobufMessage> attributes)
    {
        string bias = $"{layer.Name}/bias", result = layer.HasRelu ? $"{layer.Name}/linear" : layer.Name;
        IReadOnlyList<ModelWeight> own = BenchmarkNetwork.WeightsOf(weights, layer);
        graph.Message(5, kernel);
        string[] inputs = [layer.Source, $"{layer.Name}/kernel"];
        if (own.Count > 1)
        {
            graph.Message(5, Tensor(bias, own[1].Values, own[1].Values.Length));
            inputs = [.. inputs, bias];
        }

        ProtobufMessage node = Node(type, result, inputs);
        foreach (ProtobufMessage attribute in attributes) node.Message(5, attribute);
        graph.Message(1, node);
        if (layer.HasRelu) graph.Message(1, Node("Relu", layer.Name, result));
    }

    private static void AddImage(ProtobufMessage graph, ImageLayer layer, int batch)
    {
        string image = $"{layer.Name}/image";
        AddReshape(graph, layer.Source, image, batch, layer.Image.Rows, layer.Image.Columns, layer.Image.Channels);
        graph.Message(1, Node("Transpose", layer.Name, image).Message(5, Attribute("perm", [0, 3, 1, 2])));
    }

    // Recurrent layers take the steps first.
    private static void AddRows(ProtobufMessage graph, RowsLayer layer, int batch)
    {
        string rows = $"{layer.Name}/rows";
        AddReshape(graph, layer.Source, rows, batch, layer.Rows, layer.Features);
        graph.Message(1, Node("Transpose", layer.Name, rows).Message(5, Attribute("perm", [1, 0, 2])));
    }

    private static void AddRecurrent(ProtobufMessage graph, RecurrentLayer layer, Model weights, int batch)
    {
        ModelWeight[] own = [.. BenchmarkNetwork.WeightsOf(weights, layer)];
        int columns = layer.Gates * layer.Units;
        bool isLstm = layer.Gates == 4;
        int[] gates = isLstm ? [0, 3, 1, 2] : [0, 1, 2];
        string kernel = $"{layer.Name}/kernel", recurrent = $"{layer.Name}/recurrent", bias = $"{layer.Name}/bias",
            last = $"{layer.Name}/last", all = $"{layer.Name}/all";
        float[] biases =
        [
            .. WeightOrder.OfGates(own[2].Values[..columns], layer.Units, gates),
            .. isLstm ? new float[columns] : WeightOrder.OfGates(own[2].Values[columns..], layer.Units, gates),
        ];
        graph.Message(5, Tensor(kernel, WeightOrder.OfGates(own[0].Values, layer.Units, gates), 1, columns, layer.Features))
            .Message(5, Tensor(recurrent, WeightOrder.OfGates(own[1].Values, layer.Units, gates), 1, columns, layer.Units))
            .Message(5, Tensor(bias, biases, 1, 2 * columns));
        ProtobufMessage node = Node(isLstm ? "LSTM" : "GRU", all, layer.Source, kernel, recurrent, bias).Text(2, last)
            .Message(5, Attribute("hidden_size", layer.Units));
        foreach ((string before, string after) in StatesOf(layer))
        {
            node = before.EndsWith('h') ? node.Text(1, "").Text(1, before) : node.Text(1, before).Text(2, after);
            graph.Message(11, Value(before, 1, batch, layer.Units)).Message(12, Value(after, 1, batch, layer.Units));
        }

        graph.Message(1, isLstm ? node : node.Message(5, Attribute("linear_before_reset", 1)));
        AddReshape(graph, last, layer.Name, batch, layer.Units);
    }

    private static void AddReshape(ProtobufMessage graph, string source, string result, params ReadOnlySpan<long> sizes)
    {
        string shape = $"{result}/shape";
        graph.Message(5, new ProtobufMessage().Number(1, sizes.Length).Number(2, Int64Type).Text(8, shape)
            .Raw(9, MemoryMarshal.AsBytes(sizes)));
        graph.Message(1, Node("Reshape", result, source, shape));
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

    private static ProtobufMessage Attribute(string name, ReadOnlySpan<int> values)
    {
        ProtobufMessage attribute = new ProtobufMessage().Text(1, name);
        foreach (int value in values) attribute.Number(8, value);
        return attribute.Number(20, IntegersAttribute);
    }

    private static ProtobufMessage Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        ProtobufMessage tensor = new();
        foreach (int axis in shape) tensor.Number(1, axis);
        return tensor.Number(2, FloatType).Text(8, name).Raw(9, MemoryMarshal.AsBytes(values));
    }

    private static ProtobufMessage Value(string name, params ReadOnlySpan<int> shape)
    {
        ProtobufMessage axes = new();
        foreach (int axis in shape) axes.Message(1, new ProtobufMessage().Number(1, axis));
        ProtobufMessage tensorType = new ProtobufMessage().Number(1, FloatType).Message(2, axes);
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, tensorType));
    }
}
