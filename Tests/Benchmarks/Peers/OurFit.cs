using System.Numerics.Tensors;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Epochs of our <c>Fit</c>: shuffling, steps, history, and callbacks that have nothing to say.</summary>
internal sealed class OurFit(Model model, BenchmarkNetwork network, SampleRows rows) : Contender
{
    private readonly Tensor<float> samples = Tensor.Create(rows.Samples, [rows.Batches * rows.Batch, network.Features]);
    private readonly Tensor<float> targets = Tensor.Create(rows.Targets, [rows.Batches * rows.Batch, rows.Targets.Length / (rows.Batches * rows.Batch)]);

    public override void Run(int times) => model.Fit(samples, targets, rows.Batch, epochs: times, verbose: Verbose.Silent);

    public override float[] FirstOutputs() => model.Predict(rows.SamplesOf(0));
}
