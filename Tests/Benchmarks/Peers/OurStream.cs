using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Our predictions, step by step of one stream.</summary>
internal sealed class OurStream(Model model, BenchmarkNetwork network, SampleRows rows) : OurContender(model, network, rows)
{
    private readonly PredictionStream stream = model.CreateStream();
    private readonly ReadOnlyMemory<float>[][] inputs = rows.InputsByBatch();
    private readonly float[] output = new float[network.Outputs[0].Size];
    private int next;

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            stream.Predict(inputs[next][0].Span, output);
            next = next + 1 == inputs.Length ? 0 : next + 1;
        }
    }

    public override float[] FirstOutputs()
    {
        stream.Reset();
        foreach (ReadOnlyMemory<float>[] input in inputs) stream.Predict(input[0].Span, output);
        return [.. output];
    }
}
