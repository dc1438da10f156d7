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
    private readonly List<Linear> linears = [];
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
    public IEnumerable<Parameter> Parameters => linears.SelectMany(linear => linear.parameters());

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
        foreach (Linear linear in linears) linear.Dispose();
    }

    private Func<Tensor[], Tensor> Layer(NetworkLayer layer, Model weights)
    {
        int first = places[layer.From[0]], second = places[layer.From[^1]];
        switch (layer)
        {
            case DenseLayer dense:
                Linear linear = Linear(dense, weights);
                linears.Add(linear);
                if (!dense.HasRelu) return values => linear.forward(values[first]);
                return values => nn.functional.relu(linear.forward(values[first]));
            case ConcatenateLayer:
                return values => cat([values[first], values[second]], 1);
            case AddLayer:
                return values => values[first] + values[second];
            default:
                throw new NotSupportedException($"{layer.GetType().Name} is not written for TorchSharp.");
        }
    }

    private static Linear Linear(DenseLayer dense, Model weights)
    {
        Linear linear = nn.Linear(dense.Inputs, dense.Units);
        (ModelWeight kernel, ModelWeight bias) = BenchmarkNetwork.WeightsOf(weights, dense);
        using (no_grad())
        using (NewDisposeScope())
        {
            linear.weight!.copy_(tensor(kernel.Values.ToArray(), [dense.Inputs, dense.Units]).t());
            linear.bias!.copy_(tensor(bias.Values.ToArray()));
        }

        return linear;
    }
}
