using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Losses;

/// <summary>
/// Every loss, at every lane width, against its definition in double precision: values, and gradients against central differences.
/// </summary>
public sealed class LossKernelTests
{
    private static readonly LaneWidth[] Widths = [LaneWidth.Lanes128, LaneWidth.Lanes256, LaneWidth.Lanes512];

    public enum Numbers
    {
        Real,
        Probabilities,
        Distribution,
    }

    public static TheoryData<string> Cases => [.. Table.Keys];

    private static Dictionary<string, (Loss Loss, ReferenceLoss.Formula Formula, Numbers Outputs, Numbers? Targets)> Table => new()
    {
        ["mse"] = (new MeanSquaredError(), ReferenceLoss.SquaredError, Numbers.Real, Numbers.Real),
        ["mae"] = (new MeanAbsoluteError(), ReferenceLoss.AbsoluteError, Numbers.Real, Numbers.Real),
        ["log cosh"] = (new LogCosh(), ReferenceLoss.LogCosh, Numbers.Real, Numbers.Real),
        ["bce"] = (new BinaryCrossentropy(), ReferenceLoss.Binary(), Numbers.Probabilities, Numbers.Probabilities),
        ["bce smooth"] =
        (new BinaryCrossentropy(labelSmoothing: 0.2f), ReferenceLoss.Binary(0.2f), Numbers.Probabilities, Numbers.Probabilities),
        ["bce logits"] = (new BinaryCrossentropy(fromLogits: true), ReferenceLoss.BinaryOfLogits(), Numbers.Real, Numbers.Probabilities),
        ["bce logits smooth"] =
        (new BinaryCrossentropy(true, 0.2f), ReferenceLoss.BinaryOfLogits(0.2f), Numbers.Real, Numbers.Probabilities),
        ["cce"] = (new CategoricalCrossentropy(), ReferenceLoss.Categorical(), Numbers.Probabilities, Numbers.Distribution),
        ["cce smooth"] = (new CategoricalCrossentropy(labelSmoothing: 0.3f), ReferenceLoss.Categorical(0.3f), Numbers.Distribution,
            Numbers.Distribution),
        ["cce logits"] =
        (new CategoricalCrossentropy(fromLogits: true), ReferenceLoss.CategoricalOfLogits(), Numbers.Real, Numbers.Distribution),
        ["cce logits, no distribution"] =
        (new CategoricalCrossentropy(fromLogits: true), ReferenceLoss.CategoricalOfLogits(), Numbers.Real, Numbers.Probabilities),
        ["cce logits smooth"] =
        (new CategoricalCrossentropy(true, 0.3f), ReferenceLoss.CategoricalOfLogits(0.3f), Numbers.Real, Numbers.Distribution),
        ["sparse"] = (new SparseCategoricalCrossentropy(), ReferenceLoss.Sparse, Numbers.Probabilities, null),
        ["sparse logits"] = (new SparseCategoricalCrossentropy(fromLogits: true), ReferenceLoss.SparseOfLogits, Numbers.Real, null),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_the_definition_at_every_width(string name)
    {
        (Loss loss, ReferenceLoss.Formula formula, Numbers outputs, Numbers? targets) = Table[name];
        Random random = new(7);
        foreach ((int samples, int positions, int classes) in new[] { (1, 1, 5), (4, 1, 1), (16, 3, 4), (19, 1, 7), (35, 2, 3) })
        {
            int targetSize = targets is null ? 1 : classes;
            float[] pred = Draw(random, outputs, samples * positions, classes);
            float[] truth = targets is Numbers kind
                ? Draw(random, kind, samples * positions, classes)
                : [.. Enumerable.Range(0, samples * positions).Select(_ => (float)random.Next(classes))];
            float[] weights = [.. Enumerable.Range(0, samples * positions).Select(_ => random.NextSingle() * 2)];
            Tensor<float> yPred = Tensor.Create(pred, [samples, positions, classes]);
            Tensor<float> yTrue = Tensor.Create(truth, [samples, positions, targetSize]);
            Tensor<float> weight = Tensor.Create(weights, [samples, positions]);

            double[] values = new double[weights.Length];
            double[] slopes = new double[pred.Length];
            for (int i = 0; i < values.Length; i++)
            {
                double[] t = [.. truth.AsSpan(i * targetSize, targetSize).ToArray().Select(x => (double)x)];
                double[] p = [.. pred.AsSpan(i * classes, classes).ToArray().Select(x => (double)x)];
                values[i] = weights[i] * formula(t, p);
                ReferenceLoss.Slope(formula, t, p).Select(x => x * weights[i] / values.Length).ToArray().CopyTo(slopes, i * classes);
            }

            foreach (LaneWidth width in Widths)
            {
                Near(values, loss.Values(yTrue, yPred, weight, width), 5e-7);
                Near(slopes, loss.Gradient(yTrue, yPred, weight, width), 1e-6);
                Assert.Equal(values.Average(), loss.Call(yTrue, yPred, weight, width), 1e-6 * Math.Max(1, values.Average()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_width_gives_the_same_bits(string name)
    {
        (Loss loss, _, Numbers outputs, Numbers? targets) = Table[name];
        Random random = new(11);
        Tensor<float> yPred = Tensor.Create(Draw(random, outputs, 21, 6), [21, 6]);
        Tensor<float> yTrue = targets is Numbers kind
            ? Tensor.Create(Draw(random, kind, 21, 6), [21, 6])
            : Tensor.Create([.. Enumerable.Range(0, 21).Select(i => (float)(i % 6))], [21]);

        foreach (LaneWidth width in Widths)
        {
            Assert.Equal(loss.Call(yTrue, yPred, null, LaneWidth.Lanes128), loss.Call(yTrue, yPred, null, width));
            Assert.Equal(loss.Gradient(yTrue, yPred, null, LaneWidth.Lanes128), loss.Gradient(yTrue, yPred, null, width));
        }
    }

    private static float[] Draw(Random random, Numbers kind, int rows, int classes)
    {
        float[] numbers = new float[rows * classes];
        for (int row = 0; row < rows; row++)
        {
            Span<float> one = numbers.AsSpan(row * classes, classes);
            foreach (ref float number in one)
            {
                number = kind == Numbers.Real ? (random.NextSingle() * 8) - 4 : 0.02f + (random.NextSingle() * 0.96f);
            }

            if (kind == Numbers.Distribution)
            {
                TensorPrimitives.Divide(one, TensorPrimitives.Sum(one), one);
            }
        }

        return numbers;
    }

    private static void Near(double[] expected, Tensor<float> actual, double tolerance)
    {
        float[] numbers = new float[actual.FlattenedLength];
        actual.FlattenTo(numbers);
        double error = Math.Sqrt(expected.Zip(numbers, (a, b) => (a - b) * (a - b)).Sum());
        double norm = Math.Sqrt(expected.Sum(a => a * a));
        Assert.Equal(expected.Length, numbers.Length);
        Assert.True(error <= tolerance * Math.Max(norm, 0.05 * Math.Sqrt(expected.Length)), $"off by {error} of {norm}");
    }
}
