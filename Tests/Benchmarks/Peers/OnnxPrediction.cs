using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>The same predictions in ONNX Runtime: all optimizations, inputs and outputs bound beforehand to memory that is there, nothing made in a call.</summary>
internal sealed class OnnxPrediction : Contender
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly List<OrtValue> values = [];
    private readonly List<OrtIoBinding> bindings = [];
    private readonly float[] outputs;
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
        outputs = new float[rows.Batch * of.Outputs];
        OrtValue output = Value(outputs, rows.Batch, of.Outputs);
        for (int i = 0; i < rows.Batches; i++)
        {
            int floats = rows.Batch * of.Features;
            OrtIoBinding binding = session.CreateIoBinding();
            binding.BindInput(OnnxModel.Input, Value(rows.Samples.AsMemory(i * floats, floats), rows.Batch, of.Features));
            binding.BindOutput(OnnxModel.Output, output);
            bindings.Add(binding);
        }
    }

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
        return [.. outputs];
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
