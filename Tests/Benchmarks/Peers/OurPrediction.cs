using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Our predictions, of a batch or of a single row, rows in and rows out.</summary>
internal sealed class OurPrediction(Model model, BenchmarkNetwork network, SampleRows rows) : Contender
{
    private readonly float[] outputs = new float[rows.Batch * network.Outputs];
    private int next;

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            model.Predict(rows.SamplesOf(next), outputs);
            next = next + 1 == rows.Batches ? 0 : next + 1;
        }
    }

    public override float[] FirstOutputs() => model.Predict(rows.SamplesOf(0));
}
