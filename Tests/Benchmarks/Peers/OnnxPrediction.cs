using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>
/// The same predictions in ONNX Runtime: all optimizations, inputs and outputs bound beforehand to memory that is there, nothing made
/// in a call.
/// </summary>
internal sealed class OnnxPrediction : Contender
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly List<OrtValue> values = [];
    private readonly List<OrtIoBinding> bindings = [];
    private readonly float[][] outputs;
    private int next;

    /// <summary>Makes it with the weights of one of ours.</summary>
    public OnnxPrediction(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
    {
        using SessionOptions sessionOptions = new()
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session = new(OnnxModel.Write(of, weights, rows.Batch), sessionOptions);
        outputs = [.. of.Outputs.Select(output => new float[rows.Batch * output.Size])];
        OrtValue[] places = [.. of.Outputs.Select((output, i) => Value(outputs[i], rows.Batch, output.Size))];
        for (int batch = 0; batch < rows.Batches; batch++)
        {
            OrtIoBinding binding = session.CreateIoBinding();
            for (int i = 0; i < of.Inputs.Count; i++)
                binding.BindInput(of.Inputs[i].Name, Value(rows.InputOf(batch, i), rows.Batch, of.Inputs[i].Features));
            for (int i = 0; i < places.Length; i++) binding.BindOutput(OnnxModel.NameOf(of.Outputs[i]), places[i]);
            bindings.Add(binding);
        }
    }

    public override string Version => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            session.RunWithBinding(options, bindings[next]);
            next = next + 1 == bindings.Count ? 0 : next + 1;
        }
    }

    public override float[] FirstOutputs()
    {
        session.RunWithBinding(options, bindings[0]);
        return [.. outputs.SelectMany(output => output)];
    }

    public override void Dispose()
    {
        foreach (OrtIoBinding binding in bindings) binding.Dispose();
        foreach (OrtValue value in values) value.Dispose();
        options.Dispose();
        session.Dispose();
    }

    private OrtValue Value(Memory<float> floats, long rows, long columns)
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, floats, [rows, columns]);
        values.Add(value);
        return value;
    }
}
