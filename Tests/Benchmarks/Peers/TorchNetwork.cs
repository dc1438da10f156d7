using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>A network in TorchSharp with the weights of one of ours. It ends in logits: losses take them as they are.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Sequential layers = nn.Sequential();
    private readonly Ending ending;

    /// <summary>Makes it.</summary>
    public TorchNetwork(BenchmarkNetwork network, Model weights)
    {
        ending = network.Ending;
        for (int i = 0; i + 1 < network.Sizes.Length; i++)
        {
            int inputs = network.Sizes[i], units = network.Sizes[i + 1];
            Linear linear = nn.Linear(inputs, units);
            using (no_grad())
            using (NewDisposeScope())
            {
                linear.weight!.copy_(tensor(weights.Weights[2 * i].Values.ToArray(), [inputs, units]).t());
                linear.bias!.copy_(tensor(weights.Weights[(2 * i) + 1].Values.ToArray()));
            }

            layers.append($"linear{i}", linear);
            if (i + 2 < network.Sizes.Length) layers.append($"relu{i}", nn.ReLU());
        }
    }

    /// <summary>The parameters that train.</summary>
    public IEnumerable<Parameter> Parameters => layers.parameters();

    /// <summary>The logits.</summary>
    public Tensor Logits(Tensor samples) => layers.forward(samples);

    /// <summary>The outputs.</summary>
    public Tensor Outputs(Tensor samples) => ending switch
    {
        Ending.Sigmoid => layers.forward(samples).sigmoid(),
        Ending.Softmax => layers.forward(samples).softmax(-1),
        _ => layers.forward(samples),
    };

    /// <summary>The outputs, out of TorchSharp.</summary>
    public float[] OutputValues(Tensor samples)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        return Outputs(samples).data<float>().ToArray();
    }

    public void Dispose() => layers.Dispose();
}
