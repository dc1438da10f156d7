using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>A network in TorchSharp with the weights of one of ours. Its outputs are logits: losses take them as they are.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly BenchmarkNetwork network;
    private readonly Dictionary<string, int> places = [];
    private readonly List<nn.Module> modules = [];
    private readonly List<Func<Tensor[], Tensor>> layers = [];
    private readonly int[] outputs;

    /// <summary>Makes it.</summary>
    public TorchNetwork(BenchmarkNetwork network, Model weights)
    {
        this.network = network;
        foreach (NetworkInput input in network.Inputs) places.Add(input.Name, places.Count);
        foreach (NetworkLayer layer in network.Layers)
        {
            layers.Add(Layer(layer, weights));
            places.Add(layer.Name, places.Count);
        }

        outputs = [.. network.Outputs.Select(output => places[output.From])];
    }

    /// <summary>The parameters that train.</summary>
    public IEnumerable<Parameter> Parameters => modules.SelectMany(module => module.parameters());

    /// <summary>By output, the logits.</summary>
    /// <param name="inputs">By input, the samples.</param>
    public Tensor[] Logits(Tensor[] inputs)
    {
        Tensor[] values = new Tensor[places.Count];
        inputs.CopyTo(values, 0);
        for (int i = 0; i < layers.Count; i++) values[inputs.Length + i] = layers[i](values);
        Tensor[] logits = new Tensor[outputs.Length];
        for (int i = 0; i < outputs.Length; i++) logits[i] = values[outputs[i]];
        return logits;
    }

    /// <summary>By output, what it gives.</summary>
    public Tensor[] Outputs(Tensor[] inputs)
    {
        Tensor[] values = Logits(inputs);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = network.Outputs[i].Ending switch
            {
                Ending.Sigmoid => values[i].sigmoid(),
                Ending.Softmax => values[i].softmax(-1),
                _ => values[i],
            };
        }

        return values;
    }

    /// <summary>The outputs, one behind the other, out of TorchSharp.</summary>
    public float[] OutputValues(Tensor[] inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        return [.. Outputs(inputs).SelectMany(output => output.data<float>().ToArray())];
    }

    public void Dispose()
    {
        foreach (nn.Module module in modules) module.Dispose();
    }

    private Func<Tensor[], Tensor> Layer(NetworkLayer layer, Model weights)
    {
        int first = places[layer.From[0]], second = places[layer.From[^1]];
        switch (layer)
        {
            case ConvLayer layerOfWindows:
                Conv2d conv = Conv(layerOfWindows, weights);
                return values => nn.functional.relu(conv.forward(values[first]));
            case DenseLayer dense:
                (ModelWeight kernel, ModelWeight bias) = BenchmarkNetwork.PairOf(weights, dense);
                Linear linear = Linear(dense.Inputs, dense.Units, (WeightOrder.Of(dense, kernel.Values), bias));
                if (!dense.HasRelu) return values => linear.forward(values[first]);
                return values => nn.functional.relu(linear.forward(values[first]));
            case ImageLayer { Image: var (rows, columns, channels) }:
                return values => values[first].reshape(-1, rows, columns, channels).permute(0, 3, 1, 2).contiguous();
            case PoolLayer:
                return values => nn.functional.max_pool2d(values[first], 2);
            case FlattenLayer:
                return values => values[first].flatten(1);
            case ConcatenateLayer:
                return values => cat([values[first], values[second]], 1);
            case AddLayer:
                return values => values[first] + values[second];
            case RowsLayer rows:
                return values => values[first].reshape(-1, rows.Rows, rows.Features);
            case MeanLayer:
                return values => values[first].mean([1]);
            case NormalizationLayer normalization:
                LayerNorm norm = Norm(normalization, weights);
                return values => norm.forward(values[first]);
            case RecurrentLayer recurrent:
                return Recurrent(recurrent, first, weights);
            case AttentionLayer attention:
                return Attention(attention, first, weights);
            default:
                throw new NotSupportedException($"{layer.GetType().Name} is not written for TorchSharp.");
        }
    }

    private Conv2d Conv(ConvLayer layer, Model weights)
    {
        int padding = layer.IsSame ? layer.Kernel / 2 : 0;
        Conv2d conv = nn.Conv2d(layer.Image.Channels, layer.Filters, layer.Kernel, padding: padding);
        (ModelWeight kernel, ModelWeight bias) = BenchmarkNetwork.PairOf(weights, layer);
        using (no_grad())
        using (NewDisposeScope())
        {
            long[] shape = [layer.Filters, layer.Image.Channels, layer.Kernel, layer.Kernel];
            conv.weight!.copy_(tensor(WeightOrder.Of(layer, kernel.Values), shape));
            conv.bias!.copy_(tensor(bias.Values.ToArray()));
        }

        modules.Add(conv);
        return conv;
    }

    private Func<Tensor[], Tensor> Recurrent(RecurrentLayer layer, int source, Model weights)
    {
        ModelWeight[] own = [.. BenchmarkNetwork.WeightsOf(weights, layer)];
        if (layer.Gates == 4)
        {
            LSTM lstm = nn.LSTM(layer.Features, layer.Units, batchFirst: true);
            Put(lstm, [0, 1, 2, 3]);
            // An LSTM of Keras has one bias.
            lstm.get_parameter("bias_hh_l0")!.requires_grad = false;
            return values => lstm.forward(values[source]).Item1.select(1, layer.Rows - 1);
        }

        GRU gru = nn.GRU(layer.Features, layer.Units, batchFirst: true);
        Put(gru, [1, 0, 2]);
        return values => gru.forward(values[source]).Item1.select(1, layer.Rows - 1);

        void Put(nn.Module module, int[] gates)
        {
            using (no_grad())
            using (NewDisposeScope())
            {
                int columns = layer.Gates * layer.Units;
                Copy("weight_ih_l0", own[0].Values, [columns, layer.Features]);
                Copy("weight_hh_l0", own[1].Values, [columns, layer.Units]);
                Copy("bias_ih_l0", own[2].Values[..columns], [columns]);
                Copy("bias_hh_l0", own[2].Values.Length > columns ? own[2].Values[columns..] : new float[columns], [columns]);
            }

            modules.Add(module);

            void Copy(string name, ReadOnlySpan<float> numbers, long[] shape) =>
                module.get_parameter(name)!.copy_(tensor(WeightOrder.OfGates(numbers, layer.Units, gates), shape));
        }
    }

    // Query, key and value by one product, as PyTorch's own module makes them, and its fused attention.
    private Func<Tensor[], Tensor> Attention(AttentionLayer attention, int source, Model weights)
    {
        int size = attention.Features;
        Linear projections = Linear(size, 3 * size, [.. Enumerable.Range(0, 3).Select(Pair)]);
        Linear output = Linear(size, size, Pair(3));
        return values =>
        {
            Tensor heads = projections.forward(values[source]).reshape(-1, attention.Rows, 3, attention.Heads,
                size / attention.Heads).permute(2, 0, 3, 1, 4);
            Tensor found = nn.functional.scaled_dot_product_attention(heads[0], heads[1], heads[2]);
            return output.forward(found.transpose(1, 2).reshape(-1, attention.Rows, size));
        };

        (float[] Kernel, ModelWeight Bias) Pair(int pair)
        {
            (ModelWeight kernel, ModelWeight bias) = BenchmarkNetwork.PairOf(weights, attention, pair);
            return (kernel.Values.ToArray(), bias);
        }
    }

    private LayerNorm Norm(NormalizationLayer normalization, Model weights)
    {
        // Keras's epsilon.
        LayerNorm norm = nn.LayerNorm(normalization.Features, eps: 1e-3);
        (ModelWeight gamma, ModelWeight beta) = BenchmarkNetwork.PairOf(weights, normalization);
        using (no_grad())
        using (NewDisposeScope())
        {
            norm.weight!.copy_(tensor(gamma.Values.ToArray()));
            norm.bias!.copy_(tensor(beta.Values.ToArray()));
        }

        modules.Add(norm);
        return norm;
    }

    // Several kernels give their outputs side by side.
    private Linear Linear(int inputs, int units, params (float[] Kernel, ModelWeight Bias)[] weights)
    {
        Linear linear = nn.Linear(inputs, units);
        using (no_grad())
        using (NewDisposeScope())
        {
            linear.weight!.copy_(cat([.. weights.Select(pair => tensor(pair.Kernel, [inputs, units / weights.Length]).t())], 0));
            linear.bias!.copy_(cat([.. weights.Select(pair => tensor(pair.Bias.Values.ToArray()))], 0));
        }

        modules.Add(linear);
        return linear;
    }
}
