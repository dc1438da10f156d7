using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The same predictions in TorchSharp, in inference mode. Samples are views of a tensor, and the outputs stay one.</summary>
internal sealed class TorchPrediction : Contender
{
    private readonly TorchNetwork network;
    private readonly Tensor samples;
    private readonly SampleRows rows;
    private int next;

    /// <summary>Makes it with the weights of one of ours.</summary>
    public TorchPrediction(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
    {
        set_num_threads(threads);
        this.rows = rows;
        network = new(of, weights);
        samples = tensor(rows.Samples, [rows.Batches * rows.Batch, of.Features]);
    }

    public override void Run(int times)
    {
        using IDisposable inference = inference_mode();
        for (int i = 0; i < times; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            network.Outputs(samples.narrow(0, (long)next * rows.Batch, rows.Batch));
            next = next + 1 == rows.Batches ? 0 : next + 1;
        }
    }

    public override float[] FirstOutputs() => network.OutputValues(samples.narrow(0, 0, rows.Batch));

    public override void Dispose()
    {
        samples.Dispose();
        network.Dispose();
    }
}
