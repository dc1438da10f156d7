using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using CompiledNets.Harness.Goldens;

namespace CompiledNets.Tests.Optimizers;

/// <summary>Ten steps of three weights, against Keras in double precision.</summary>
public sealed class OptimizerGoldenTests
{
    private static readonly string[] Known = ["SGD", "RMSprop", "Adam", "AdamW", "Adamax", "Lamb"];

    [Fact]
    public void Steps_are_those_of_Keras()
    {
        List<string> misses = [];
        int cases = 0;
        foreach (GoldenCase golden in GoldenFamily.Read(GoldenFolder.FullPath, "optimizers").Cases)
        {
            if (golden.Text("optimizer") is not string name || !Known.Contains(name)) continue;
            cases++;
            Optimizer optimizer = Make(name, golden.Part("config")!.Value);
            Tensor<float>[] variables = [.. golden.Numbered("w").Select(start => start.ToTensor())];
            for (int step = 0; golden.Arrays.ContainsKey($"g{step}_0"); step++)
            {
                optimizer.Apply([.. golden.Numbered($"g{step}_").Select(gradient => gradient.ToTensor())], variables);
                for (int i = 0; i < variables.Length; i++)
                {
                    double error = Error(golden[$"after{step}_{i}"].Data, variables[i]);
                    if (!(error <= 1e-5))
                        misses.Add(string.Create(CultureInfo.InvariantCulture,
                            $"{golden.Name}: weight {i} after step {step} is off by {error:g3}"));
                }
            }
        }

        Assert.True(cases > 0);
        Assert.Empty(misses);
    }

    /// <summary>The measure of the goldens: ‖ours - golden‖ / max(‖golden‖, 0.05 √n).</summary>
    private static double Error(double[] expected, Tensor<float> actual)
    {
        float[] numbers = new float[actual.FlattenedLength];
        actual.FlattenTo(numbers);
        Assert.Equal(expected.Length, numbers.Length);
        double distance = Math.Sqrt(expected.Zip(numbers, (a, b) => (a - b) * (a - b)).Sum());
        return distance / Math.Max(Math.Sqrt(expected.Sum(a => a * a)), 0.05 * Math.Sqrt(expected.Length));
    }

    private static Optimizer Make(string name, JsonElement config)
    {
        double rate = Number("learning_rate");
        Optimizer optimizer = name switch
        {
            "SGD" => new SGD(rate, Number("momentum"), Flag("nesterov")),
            "RMSprop" => new RMSprop(rate, Number("rho"), Number("momentum"), Number("epsilon"), Flag("centered")),
            "AdamW" => new AdamW(rate, Number("weight_decay"), Number("beta_1"), Number("beta_2"), Number("epsilon"), Flag("amsgrad")),
            "Adamax" => new Adamax(rate, Number("beta_1"), Number("beta_2"), Number("epsilon")),
            "Lamb" => new Lamb(rate, Number("beta_1"), Number("beta_2"), Number("epsilon")),
            _ => new Adam(rate, Number("beta_1"), Number("beta_2"), Number("epsilon"), Flag("amsgrad")),
        };
        Set(nameof(Optimizer.WeightDecay), Optional("weight_decay"));
        Set(nameof(Optimizer.ClipNorm), Optional("clipnorm"));
        Set(nameof(Optimizer.ClipValue), Optional("clipvalue"));
        Set(nameof(Optimizer.GlobalClipNorm), Optional("global_clipnorm"));
        Set(nameof(Optimizer.UseEma), Flag("use_ema"));
        Set(nameof(Optimizer.EmaMomentum), Number("ema_momentum"));
        Set(nameof(Optimizer.EmaOverwriteFrequency), (int?)Optional("ema_overwrite_frequency"));
        Set(nameof(Optimizer.GradientAccumulationSteps), (int?)Optional("gradient_accumulation_steps"));
        return optimizer;

        double Number(string argument) => config.GetProperty(argument).GetDouble();
        double? Optional(string argument) =>
            config.GetProperty(argument) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
        bool Flag(string argument) => config.GetProperty(argument).GetBoolean();
        void Set(string property, object? value) => typeof(Optimizer).GetProperty(property)!.SetValue(optimizer, value);
    }
}
