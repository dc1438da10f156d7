using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Epochs of training in TorchSharp: the rows in a new order each time, batch by batch.</summary>
internal sealed class TorchFit(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
    : TorchTraining(of, weights, rows, threads)
{
    public override void Run(int times)
    {
        for (int epoch = 0; epoch < times; epoch++)
        {
            using Tensor order = randperm(Rows.Count);
            for (int batch = 0; batch < Rows.Batches; batch++)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor chosen = order.narrow(0, (long)batch * Rows.Batch, Rows.Batch);
                Step(all => all.index_select(0, chosen));
            }
        }
    }
}
