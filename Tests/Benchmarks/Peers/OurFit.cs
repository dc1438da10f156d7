using System.Numerics.Tensors;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>
/// Epochs of our <c>Fit</c>: shuffling, steps, history, and callbacks that have nothing to say. For one input and one output.
/// </summary>
internal sealed class OurFit(Model model, BenchmarkNetwork network, SampleRows rows) : OurContender(model, network, rows)
{
    private readonly int batch = rows.Batch;
    private readonly Tensor<float> samples = Tensor.Create(rows.Inputs[0], [rows.Count, network.Inputs[0].Features]);
    private readonly Tensor<float> targets = Tensor.Create(rows.Targets[0], [rows.Count, network.Outputs[0].TargetSize]);

    public override void Run(int times) => Model.Fit(samples, targets, batch, epochs: times, verbose: Verbose.Silent);
}
