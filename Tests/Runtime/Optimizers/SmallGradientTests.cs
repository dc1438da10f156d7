using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Optimizers;

/// <summary>Gradients whose squares are near the end of single precision, beside the smallest epsilon that is taken.</summary>
public sealed class SmallGradientTests
{
    private const double Rate = 0.5;

    private static readonly float[] Sizes = [1, 1e-6f, 1e-10f, 1e-14f, 3e-15f, 1e-16f, 1e-17f, 1e-18f, 1e-20f, 1e-25f, 1e-35f, 1e-42f, 0];

    public static TheoryData<string> Optimizers =>
        ["adam", "adamax", "adam with a slow beta", "adamw", "amsgrad", "rmsprop", "rmsprop with momentum", "rmsprop centered", "sgd",
            "nesterov"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void No_step_is_much_larger_than_the_learning_rate(string name)
    {
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            foreach (float size in Sizes)
            {
                Optimizer optimizer = Make(name, size);
                float[] w = [0, 0, 0];
                Tensor<float> variable = Tensor.Create(w);
                float[] before = [0, 0, 0];
                for (int step = 0; step < 40; step++)
                {
                    float scale = step % 5 == 4 ? 0 : 1;
                    optimizer.Apply([Tensor.Create<float>([size * scale, -size * scale, size * scale / 3])], [variable], width);
                    for (int i = 0; i < 3; i++)
                    {
                        Assert.True(float.IsFinite(variable[i]), $"{size} {width} step {step}: {variable[i]}");
                        Assert.True(Math.Abs(variable[i] - before[i]) <= 12 * Rate,
                            $"{size} {width} step {step}: from {before[i]} to {variable[i]}");
                        before[i] = variable[i];
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1e-3f)]
    [InlineData(1e-14f)]
    [InlineData(1e-15f)]
    [InlineData(1e-16f)]
    public void Adam_is_the_same_for_gradients_of_every_size(float size)
    {
        Adam adam = new(Rate, epsilon: 1e-18);
        Tensor<float> variable = Tensor.Create<float>([0]);
        double m = 0, v = 0, w = 0;
        for (int step = 1; step <= 10; step++)
        {
            double g = size * (float)step;
            adam.Apply([Tensor.Create<float>([(float)g])], [variable]);
            m += (g - m) * 0.1;
            v += ((g * g) - v) * 0.001;
            w -= Rate * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step)) * m / (Math.Sqrt(v) + 1e-18);
            Assert.Equal(w, variable[0], Math.Abs(w) * 1e-3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-19)]
    public void An_epsilon_too_small_for_single_precision_is_refused(double epsilon)
    {
        foreach (Func<Optimizer> make in new Func<Optimizer>[] { () => new Adam(epsilon: epsilon), () => new AdamW(epsilon: epsilon),
            () => new Lamb(epsilon: epsilon) })
            Assert.StartsWith("Argument `epsilon` must be a finite number and at least 1E-18",
                Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-38)]
    public void An_epsilon_under_the_root_has_a_limit_too(double epsilon) => Assert.StartsWith(
        "Argument `epsilon` must be a finite number and at least 1E-36",
        Assert.Throws<ArgumentOutOfRangeException>(() => new RMSprop(epsilon: epsilon)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1e-38)]
    public void An_epsilon_beside_the_largest_gradient_has_a_limit_too(double epsilon) => Assert.StartsWith(
        "Argument `epsilon` must be a finite number and at least 1E-37",
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adamax(epsilon: epsilon)).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_single_precision_cannot_hold_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(1e39));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { LearningRate = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(epsilon: 1e39));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { WeightDecay = 1e39 });
    }

    private static Optimizer Make(string name, float size) => name switch
    {
        "adam" => new Adam(Rate, epsilon: 1e-18),
        "adamax" => new Adamax(Rate, epsilon: 1e-37),
        "adam with a slow beta" => new Adam(Rate, 0.5, 0.99, 1e-18),
        "adamw" => new AdamW(Rate, epsilon: 1e-18),
        "amsgrad" => new Adam(Rate, epsilon: 1e-18, amsgrad: true),
        "rmsprop" => new RMSprop(Rate, epsilon: 1e-36),
        "rmsprop with momentum" => new RMSprop(Rate, momentum: 0.5, epsilon: 1e-36),
        "rmsprop centered" => new RMSprop(Rate, epsilon: Math.Max(1e-36, size * size), centered: true),
        "sgd" => new SGD(Rate, 0.5),
        _ => new SGD(Rate, 0.5, nesterov: true),
    };
}
