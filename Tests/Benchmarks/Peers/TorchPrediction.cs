using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The same predictions in TorchSharp, in inference mode. The outputs stay tensors.</summary>
internal sealed class TorchPrediction(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
    : TorchContender(of, weights, rows, threads)
{
    private int next;

    public override void Run(int times)
    {
        using IDisposable inference = inference_mode();
        for (int i = 0; i < times; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            long first = (long)next * Rows.Batch;
            Network.Outputs(Inputs(all => all.narrow(0, first, Rows.Batch)));
            next = next + 1 == Rows.Batches ? 0 : next + 1;
        }
    }
}
