using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Our training steps: packing, forward and backward pass, loss and optimizer, through the public call.</summary>
internal sealed class OurTraining(Model model, SampleRows rows) : Contender
{
    private int next;

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            model.TrainOnBatch(rows.SamplesOf(next), rows.TargetsOf(next));
            next = next + 1 == rows.Batches ? 0 : next + 1;
        }
    }

    public override float[] FirstOutputs() => model.Predict(rows.SamplesOf(0));
}
