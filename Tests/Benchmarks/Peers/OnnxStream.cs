using CompiledNets.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>
/// The same steps in ONNX Runtime, whose states are inputs and outputs: their memory changes places from call to call, so that nothing is
/// copied.
/// </summary>
internal sealed class OnnxStream : OnnxContender
{
    private readonly List<float[]> states = [];
    private readonly float[] output;

    /// <summary>Makes it with the weights of one of ours.</summary>
    public OnnxStream(BenchmarkNetwork of, Model weights, SampleRows rows, int threads) : base(of, weights, batch: 1, threads)
    {
        output = new float[of.Outputs[0].Size];
        OrtValue place = Value(output, 1, output.Length);
        RecurrentLayer layer = of.Layers.OfType<RecurrentLayer>().Single();
        (string Before, string After)[] names = OnnxModel.StatesOf(layer);
        OrtValue[][] sides = [States(names.Length, layer.Units), States(names.Length, layer.Units)];
        for (int batch = 0; batch < rows.Batches; batch++)
        {
            OrtIoBinding binding = Bind();
            binding.BindInput(of.Inputs[0].Name, Value(rows.InputOf(batch, 0), 1, of.Inputs[0].Features));
            binding.BindOutput(OnnxModel.NameOf(of.Outputs[0]), place);
            for (int i = 0; i < names.Length; i++)
            {
                binding.BindInput(names[i].Before, sides[batch % 2][i]);
                binding.BindOutput(names[i].After, sides[(batch + 1) % 2][i]);
            }
        }
    }

    public override float[] FirstOutputs()
    {
        foreach (float[] state in states) Array.Clear(state);
        for (int call = 0; call < Count; call++) RunBound(call);
        return [.. output];
    }

    private OrtValue[] States(int count, int units) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            states.Add(GC.AllocateArray<float>(units, pinned: true));
            return Value(states[^1], 1, 1, units);
        }),
    ];
}
