using CompiledNets.Benchmarks.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The same training steps in TorchSharp, with losses that take logits.</summary>
internal class TorchTraining : TorchContender
{
    private readonly optim.Optimizer optimizer;
    private readonly Func<Tensor, Tensor, Tensor>[] losses;
    private readonly Tensor[] targets;
    private int next;

    /// <summary>Makes it with the weights of one of ours.</summary>
    public TorchTraining(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
        : base(of, weights, rows, threads)
    {
        optimizer = optim.Adam(Network.Parameters, lr: 0.001, eps: 1e-7);
        losses = [.. of.Outputs.Select(output => LossOf(output.Ending))];
        targets = [.. of.Outputs.Select((output, i) => TargetsOf(output, rows.Targets[i]))];
    }

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            long first = (long)next * Rows.Batch;
            Step(all => all.narrow(0, first, Rows.Batch));
            next = next + 1 == Rows.Batches ? 0 : next + 1;
        }
    }

    public override void Dispose()
    {
        foreach (Tensor target in targets) target.Dispose();
        optimizer.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A step on some of all samples, inside the caller's dispose scope.</summary>
    protected void Step(Func<Tensor, Tensor> choose)
    {
        optimizer.zero_grad();
        Tensor[] logits = Network.Logits(Inputs(choose));
        Tensor sum = losses[0](logits[0], choose(targets[0]));
        for (int i = 1; i < losses.Length; i++) sum += losses[i](logits[i], choose(targets[i]));
        sum.backward();
        optimizer.step();
    }

    private static Func<Tensor, Tensor, Tensor> LossOf(Ending ending) => ending switch
    {
        Ending.Sigmoid => (y, t) => nn.functional.binary_cross_entropy_with_logits(y, t),
        Ending.Softmax => (y, t) => nn.functional.cross_entropy(y, t),
        _ => (y, t) => nn.functional.mse_loss(y, t),
    };

    private static Tensor TargetsOf(NetworkOutput output, float[] numbers)
    {
        if (output.Ending != Ending.Softmax) return tensor(numbers, [numbers.Length / output.TargetSize, output.TargetSize]);
        using Tensor classes = tensor(numbers);
        return classes.to(ScalarType.Int64);
    }
}
