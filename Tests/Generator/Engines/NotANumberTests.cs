using System.Reflection;
using CompiledNets.Harness;
using CompiledNets.Numerics;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// What is not a number stays one through every activation and its derivative where it does in Keras, at every lane width, in batches and
/// in single rows.
/// </summary>
public sealed class NotANumberTests
{
    private const int Features = 6;
    private const int At = 1;

    /// <summary>Keras chooses by comparisons that are all false for NaN, and has 0 behind the last.</summary>
    private static readonly HashSet<string> ZeroInKeras = [nameof(Activation.SoftShrink), nameof(Activation.HardShrink)];

    /// <summary>
    /// Derivatives that TensorFlow computes from the argument or the value; those of the others choose by comparisons, and pass the
    /// gradient on or drop it.
    /// </summary>
    private static readonly HashSet<string> HaveDerivative =
    [
        nameof(Activation.Gelu), nameof(Activation.GeluApproximate), nameof(Activation.Sigmoid), nameof(Activation.LogSigmoid),
        nameof(Activation.Tanh), nameof(Activation.Softplus),
        nameof(Activation.HardSilu), nameof(Activation.Silu), nameof(Activation.Mish), nameof(Activation.Softsign),
        nameof(Activation.Exponential), nameof(Activation.Softmax),
        nameof(Activation.LogSoftmax), nameof(Activation.TanhShrink), nameof(Activation.Squareplus),
    ];

    private static readonly string[] Names = [.. typeof(Activation).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.Name)];

    [Fact]
    public void NaN_stays_NaN()
    {
        IEnumerable<string> sources = Names.SelectMany(name => new[]
        {
            $"[Network, Input({Features}), Activation(Activation.{name})]\npublic sealed partial class Net{name};\n",
            $"[Network, Input({Features}), Dense({Features}, Activation.{name})]\npublic sealed partial class Dense{name};\n",
        });
        using CompiledNetworks networks = CompiledNetworks.Compile("using CompiledNets;\n\n" + string.Concat(sources));
        Assert.True(Names.Length >= 30);
        List<string> lost = [];
        foreach (string name in Names)
        {
            int outputs = name == nameof(Activation.Glu) ? Features / 2 : Features;
            double[] x = [.. Enumerable.Range(0, 17 * Features).Select(i => i % Features == At ? double.NaN : (i % 7 / 3.0) - 1)];
            foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
            {
                ProgramRunner runner = new(networks.Create("Net" + name), width);
                if (!ZeroInKeras.Contains(name))
                {
                    Expect("batch", runner.Predict([x], 17)[0], outputs);
                    Expect("row", runner.PredictRows([x], 17)[0], outputs);
                    Expect("forward", runner.Forward([x], 17, isTraining: true)[0], outputs);
                }
                else
                {
                    runner.Forward([x], 17, isTraining: true);
                }

                if (HaveDerivative.Contains(name))
                    Expect("derivative", runner.Backward([[.. Enumerable.Repeat(1.0, 17 * outputs)]], [])[0]!, Features);

                ProgramRunner dense = new(networks.Create("Dense" + name), width);
                dense.Parameters.Fill(0.1f);
                if (ZeroInKeras.Contains(name)) continue;
                Expect("dense batch", dense.Predict([x], 17)[0], outputs);
                Expect("dense row", dense.PredictRows([x], 17)[0], outputs);

                void Expect(string what, double[] values, int columns)
                {
                    for (int row = 0; row < 17; row++)
                        if (!double.IsNaN(values[(row * columns) + At])) lost.Add(
                            $"{name} {what} {width}: {values[(row * columns) + At]} in row {row}");
                }
            }
        }

        Assert.True(lost.Count == 0, string.Join("\n", lost.Take(40)));
    }
}
