using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Our predictions, of a batch or of a single row, rows in and rows out.</summary>
internal sealed class OurPrediction(Model model, BenchmarkNetwork network, SampleRows rows) : OurContender(model, network, rows)
{
    private readonly ReadOnlyMemory<float>[][] inputs = rows.InputsByBatch();
    private readonly float[][] outputs = [.. network.Outputs.Select(output => new float[rows.Batch * output.Size])];
    private readonly bool isSingle = network.IsSingle;
    private int next;

    public override void Run(int times)
    {
        if (isSingle) RunSpans(times);
        else RunPorts(times);
    }

    private void RunSpans(int times)
    {
        float[] output = outputs[0];
        for (int i = 0; i < times; i++)
        {
            Model.Predict(inputs[next][0].Span, output);
            next = next + 1 == inputs.Length ? 0 : next + 1;
        }
    }

    private void RunPorts(int times)
    {
        Memory<float>[] places = [.. outputs.Select(output => output.AsMemory())];
        for (int i = 0; i < times; i++)
        {
            Model.Predict(inputs[next], places);
            next = next + 1 == inputs.Length ? 0 : next + 1;
        }
    }
}
