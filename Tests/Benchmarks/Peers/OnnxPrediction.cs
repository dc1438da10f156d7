using CompiledNets.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The same predictions in ONNX Runtime.</summary>
internal sealed class OnnxPrediction : OnnxContender
{
    private readonly float[][] outputs;

    /// <summary>Makes it with the weights of one of ours.</summary>
    public OnnxPrediction(BenchmarkNetwork of, Model weights, SampleRows rows, int threads) : base(of, weights, rows.Batch, threads)
    {
        outputs = [.. of.Outputs.Select(output => new float[rows.Batch * output.Size])];
        OrtValue[] places = [.. of.Outputs.Select((output, i) => Value(outputs[i], rows.Batch, output.Size))];
        for (int batch = 0; batch < rows.Batches; batch++)
        {
            OrtIoBinding binding = Bind();
            for (int i = 0; i < of.Inputs.Count; i++)
                binding.BindInput(of.Inputs[i].Name, Value(rows.InputOf(batch, i), rows.Batch, of.Inputs[i].Features));
            for (int i = 0; i < places.Length; i++) binding.BindOutput(OnnxModel.NameOf(of.Outputs[i]), places[i]);
        }
    }

    public override float[] FirstOutputs()
    {
        RunBound(0);
        return [.. outputs.SelectMany(output => output)];
    }
}
