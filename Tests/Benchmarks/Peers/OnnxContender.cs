using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>
/// ONNX Runtime: all optimizations, inputs and outputs bound beforehand to memory that is there, nothing made in a call.
/// </summary>
internal abstract class OnnxContender : Contender
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly List<OrtValue> values = [];
    private readonly List<OrtIoBinding> bindings = [];
    private int next;

    /// <summary>Makes it with the weights of one of ours.</summary>
    protected OnnxContender(BenchmarkNetwork of, Model weights, int batch, int threads)
    {
        using SessionOptions sessionOptions = new()
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session = new(OnnxModel.Write(of, weights, batch), sessionOptions);
    }

    public override string Version => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <summary>Calls that are bound.</summary>
    protected int Count => bindings.Count;

    public override void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            RunBound(next);
            next = next + 1 == bindings.Count ? 0 : next + 1;
        }
    }

    public override void Dispose()
    {
        foreach (OrtIoBinding binding in bindings) binding.Dispose();
        foreach (OrtValue value in values) value.Dispose();
        options.Dispose();
        session.Dispose();
    }

    /// <summary>One of the calls that are bound.</summary>
    protected void RunBound(int call) => session.RunWithBinding(options, bindings[call]);

    /// <summary>Room for the inputs and outputs of another call.</summary>
    protected OrtIoBinding Bind()
    {
        bindings.Add(session.CreateIoBinding());
        return bindings[^1];
    }

    /// <summary>Memory that is there as an input or output.</summary>
    protected OrtValue Value(Memory<float> floats, params long[] shape)
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, floats, shape);
        values.Add(value);
        return value;
    }
}
