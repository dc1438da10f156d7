using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Our training steps: packing, forward and backward pass, loss and optimizer, through the public call.</summary>
internal sealed class OurTraining(Model model, BenchmarkNetwork network, SampleRows rows) : OurContender(model, network, rows)
{
    private readonly bool isSingle = network.IsSingle;
    private readonly ReadOnlyMemory<float>[][] inputs = rows.InputsByBatch();
    private readonly ReadOnlyMemory<float>[][] targets = rows.TargetsByBatch();
    private int next;

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (isSingle) Model.TrainOnBatch(inputs[next][0].Span, targets[next][0].Span);
            else Model.TrainOnBatch(inputs[next], targets[next]);
            next = next + 1 == inputs.Length ? 0 : next + 1;
        }
    }
}
