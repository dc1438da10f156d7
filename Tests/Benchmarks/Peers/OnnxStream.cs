using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>
/// The same steps in ONNX Runtime, whose states are inputs and outputs: they are bound to memory that is there, and change places from call
/// to call, so that nothing is copied.
/// </summary>
internal sealed class OnnxStream : Contender
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly List<OrtValue> values = [];
    private readonly List<OrtIoBinding> bindings = [];
    private readonly List<float[]> states = [];
    private readonly float[] output;
    private int next;

    /// <summary>Makes it with the weights of one of ours.</summary>
    public OnnxStream(BenchmarkNetwork of, Model weights, SampleRows rows, int threads)
    {
        using SessionOptions sessionOptions = new()
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session = new(OnnxModel.Write(of, weights, batch: 1), sessionOptions);
        output = new float[of.Outputs[0].Size];
        OrtValue place = Value(output, 1, output.Length);
        RecurrentLayer layer = of.Layers.OfType<RecurrentLayer>().Single();
        (string Before, string After)[] names = OnnxModel.StatesOf(layer);
        OrtValue[][] sides = [States(names.Length, layer.Units), States(names.Length, layer.Units)];
        for (int batch = 0; batch < rows.Batches; batch++)
        {
            OrtIoBinding binding = session.CreateIoBinding();
            binding.BindInput(of.Inputs[0].Name, Value(rows.InputOf(batch, 0), 1, of.Inputs[0].Features));
            binding.BindOutput(OnnxModel.NameOf(of.Outputs[0]), place);
            for (int i = 0; i < names.Length; i++)
            {
                binding.BindInput(names[i].Before, sides[batch % 2][i]);
                binding.BindOutput(names[i].After, sides[(batch + 1) % 2][i]);
            }

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
        foreach (float[] state in states) Array.Clear(state);
        foreach (OrtIoBinding binding in bindings) session.RunWithBinding(options, binding);
        return [.. output];
    }

    public override void Dispose()
    {
        foreach (OrtIoBinding binding in bindings) binding.Dispose();
        foreach (OrtValue value in values) value.Dispose();
        options.Dispose();
        session.Dispose();
    }

    private OrtValue[] States(int count, int units) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            states.Add(GC.AllocateArray<float>(units, pinned: true));
            return Value(states[^1], 1, 1, units);
        }),
    ];

    private OrtValue Value(Memory<float> floats, params long[] shape)
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, floats, shape);
        values.Add(value);
        return value;
    }
}
