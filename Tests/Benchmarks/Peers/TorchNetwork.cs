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
            case DenseLayer dense:
                Linear linear = Linear(dense.Inputs, dense.Units, BenchmarkNetwork.WeightsOf(weights, dense));
                if (!dense.HasRelu) return values => linear.forward(values[first]);
                return values => nn.functional.relu(linear.forward(values[first]));
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
            case AttentionLayer attention:
                return Attention(attention, first, weights);
            default:
                throw new NotSupportedException($"{layer.GetType().Name} is not written for TorchSharp.");
        }
    }

    // Query, key and value by one product, as PyTorch's own module makes them, and its fused attention.
    private Func<Tensor[], Tensor> Attention(AttentionLayer attention, int source, Model weights)
    {
        int size = attention.Features;
        Linear projections =
            Linear(size, 3 * size, [.. Enumerable.Range(0, 3).Select(pair => BenchmarkNetwork.WeightsOf(weights, attention, pair))]);
        Linear output = Linear(size, size, BenchmarkNetwork.WeightsOf(weights, attention, 3));
        return values =>
        {
            Tensor heads = projections.forward(values[source]).reshape(-1, attention.Rows, 3, attention.Heads,
                size / attention.Heads).permute(2, 0, 3, 1, 4);
            Tensor found = nn.functional.scaled_dot_product_attention(heads[0], heads[1], heads[2]);
            return output.forward(found.transpose(1, 2).reshape(-1, attention.Rows, size));
        };
    }

    private LayerNorm Norm(NormalizationLayer normalization, Model weights)
    {
        // Keras's epsilon.
        LayerNorm norm = nn.LayerNorm(normalization.Features, eps: 1e-3);
        (ModelWeight gamma, ModelWeight beta) = BenchmarkNetwork.WeightsOf(weights, normalization);
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
    private Linear Linear(int inputs, int units, params (ModelWeight Kernel, ModelWeight Bias)[] weights)
    {
        Linear linear = nn.Linear(inputs, units);
        using (no_grad())
        using (NewDisposeScope())
        {
            linear.weight!.copy_(
                cat([.. weights.Select(pair => tensor(pair.Kernel.Values.ToArray(), [inputs, units / weights.Length]).t())], 0));
            linear.bias!.copy_(cat([.. weights.Select(pair => tensor(pair.Bias.Values.ToArray()))], 0));
        }

        modules.Add(linear);
        return linear;
    }
}
