using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Our side.</summary>
internal abstract class OurContender(Model model, BenchmarkNetwork network, SampleRows rows) : Contender
{
    public override string Version => "CompiledNets";

    /// <summary>The network.</summary>
    protected Model Model { get; } = model;

    public override float[] FirstOutputs()
    {
        float[][] outputs = [.. network.Outputs.Select(output => new float[rows.Batch * output.Size])];
        ReadOnlyMemory<float>[] inputs = rows.InputsByBatch()[0];
        Memory<float>[] places = [.. outputs.Select(output => output.AsMemory())];
        Model.Predict(inputs, places);
        return [.. outputs.SelectMany(output => output)];
    }
}
