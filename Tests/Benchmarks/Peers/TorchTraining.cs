using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The same training steps in TorchSharp, with losses that take logits and batches that are views.</summary>
internal sealed class TorchTraining : Contender
{
    private readonly TorchNetwork network;
    private readonly optim.Optimizer optimizer;
    private readonly Func<Tensor, Tensor, Tensor> loss;
    private readonly Tensor samples;
    private readonly Tensor targets;
    private readonly SampleRows rows;
    private int next;

    /// <summary>Makes it with the weights of one of ours.</summary>
    public TorchTraining(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
    {
        set_num_threads(threads);
        this.rows = rows;
        network = new(of, weights);
        optimizer = optim.Adam(network.Parameters, lr: 0.001, eps: 1e-7);
        samples = tensor(rows.Samples, [rows.Batches * rows.Batch, of.Features]);
        using Tensor values = tensor(rows.Targets);
        (targets, loss) = of.Ending switch
        {
            Ending.Sigmoid => (values.reshape(-1, 1), (y, t) => nn.functional.binary_cross_entropy_with_logits(y, t)),
            Ending.Softmax => (values.to(ScalarType.Int64), (y, t) => nn.functional.cross_entropy(y, t)),
            _ => (values.reshape(-1, of.Outputs), (Func<Tensor, Tensor, Tensor>)((y, t) => nn.functional.mse_loss(y, t))),
        };
    }

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            long first = (long)next * rows.Batch;
            Tensor value = loss(network.Logits(samples.narrow(0, first, rows.Batch)), targets.narrow(0, first, rows.Batch));
            value.backward();
            optimizer.step();
            next = next + 1 == rows.Batches ? 0 : next + 1;
        }
    }

    public override float[] FirstOutputs() => network.OutputValues(samples.narrow(0, 0, rows.Batch));

    public override void Dispose()
    {
        samples.Dispose();
        targets.Dispose();
        optimizer.Dispose();
        network.Dispose();
    }
}
