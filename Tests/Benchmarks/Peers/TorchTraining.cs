using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The same training steps in TorchSharp, with losses that take logits and batches that are views.</summary>
internal class TorchTraining : Contender
{
    private readonly TorchNetwork network;
    private readonly optim.Optimizer optimizer;
    private readonly Func<Tensor, Tensor, Tensor> loss;
    private int next;

    /// <summary>Makes it with the weights of one of ours.</summary>
    public TorchTraining(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
    {
        set_num_threads(threads);
        Rows = rows;
        network = new(of, weights);
        optimizer = optim.Adam(network.Parameters, lr: 0.001, eps: 1e-7);
        Samples = tensor(rows.Samples, [rows.Batches * rows.Batch, of.Features]);
        using Tensor values = tensor(rows.Targets);
        (Targets, loss) = of.Ending switch
        {
            Ending.Sigmoid => (values.reshape(-1, 1), (y, t) => nn.functional.binary_cross_entropy_with_logits(y, t)),
            Ending.Softmax => (values.to(ScalarType.Int64), (y, t) => nn.functional.cross_entropy(y, t)),
            _ => (values.reshape(-1, of.Outputs), (Func<Tensor, Tensor, Tensor>)((y, t) => nn.functional.mse_loss(y, t))),
        };
    }

    /// <summary>All rows.</summary>
    protected SampleRows Rows { get; }

    /// <summary>All samples.</summary>
    protected Tensor Samples { get; }

    /// <summary>All targets.</summary>
    protected Tensor Targets { get; }

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            long first = (long)next * Rows.Batch;
            Step(Samples.narrow(0, first, Rows.Batch), Targets.narrow(0, first, Rows.Batch));
            next = next + 1 == Rows.Batches ? 0 : next + 1;
        }
    }

    public override float[] FirstOutputs() => network.OutputValues(Samples.narrow(0, 0, Rows.Batch));

    public override void Dispose()
    {
        Samples.Dispose();
        Targets.Dispose();
        optimizer.Dispose();
        network.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A step on a batch, inside the caller's dispose scope.</summary>
    protected void Step(Tensor batch, Tensor expected)
    {
        optimizer.zero_grad();
        Tensor value = loss(network.Logits(batch), expected);
        value.backward();
        optimizer.step();
    }
}
