using CompiledNets.Constraints;
using CompiledNets.Initializers;

namespace CompiledNets.Tests.Constraints;

/// <summary>What constraints make of weights, along any axes; their arguments, their names.</summary>
public sealed class ConstraintTests
{
    [Theory]
    [InlineData(new[] { 5, 7 }, new[] { 0 })]
    [InlineData(new[] { 5, 7 }, new[] { 1 })]
    [InlineData(new[] { 5, 7 }, new[] { -1, 0 })]
    [InlineData(new[] { 3, 150 }, new[] { 0 })]
    [InlineData(new[] { 9 }, new[] { 0 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 1 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 0, 2 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 1, 3 })]
    public void Norms_are_taken_along_the_axes(int[] shape, int[] axes)
    {
        float[] weight = Numbers(shape.Aggregate(1, (size, axis) => size * axis));
        int[] along = [.. axes.Select(axis => axis < 0 ? axis + shape.Length : axis)];
        double[] norms = [.. weight.Select((_, i) => Norm(weight.Where((_, k) => AreOfOne(shape, along, i, k))))];
        Check(new MaxNorm(1.2, axes), norm => Math.Min(norm, 1.2));
        Check(new UnitNorm(axes), _ => 1);
        Check(new MinMaxNorm(0.8, 1.5, 0.7, axes), norm => (0.7 * Math.Clamp(norm, 0.8, 1.5)) + (0.3 * norm));

        void Check(Constraint constraint, Func<double, double> wanted)
        {
            float[] changed = [.. weight];
            constraint.Apply(changed, shape);
            for (int i = 0; i < weight.Length; i++) Assert.Equal(weight[i] * wanted(norms[i]) / (1e-7 + norms[i]), changed[i], 1e-5);
        }
    }

    [Fact]
    public void Zeros_stay_zeros()
    {
        foreach (Constraint constraint in new Constraint[] { new MaxNorm(), new UnitNorm(), new MinMaxNorm(), new NonNeg() })
        {
            float[] zeros = new float[12];
            constraint.Apply(zeros, [3, 4]);
            Assert.Equal(new float[12], zeros);
        }
    }

    [Fact]
    public void Negative_numbers_become_zero()
    {
        float[] weight = [-1, 2, -3, 4, 0];
        new NonNeg().Apply(weight, [5]);
        Assert.Equal([0, 2, 0, 4, 0], weight);
    }

    [Theory]
    [InlineData("max_norm", typeof(MaxNorm))]
    [InlineData("NonNeg", typeof(NonNeg))]
    [InlineData("unit_norm", typeof(UnitNorm))]
    [InlineData("min_max_norm", typeof(MinMaxNorm))]
    public void Names_of_Keras_lead_to_constraints(string identifier, Type type) => Assert.IsType(type, Constraint.Get(identifier));

    [Fact]
    public void Wrong_arguments_say_what_came()
    {
        Says("Did you mean 'non_neg'?", () => Constraint.Get("non_negg"));
        Says("maxValue=-1", () => new MaxNorm(-1));
        Says("at least `minValue`", () => new MinMaxNorm(1, 0.5));
        Says("rate=2", () => new MinMaxNorm(rate: 2));
        Says("one axis at least", () => new UnitNorm(ReadOnlySpan<int>.Empty));
        Assert.Throws<ArgumentException>(() => new UnitNorm(2).Apply(new float[12], [3, 4]));
    }

    private static double Norm(IEnumerable<float> numbers) => Math.Sqrt(numbers.Sum(w => (double)w * w));

    private static void Says(string words, Func<object?> action) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    // Numbers whose places differ on the axes alone.
    private static bool AreOfOne(int[] shape, int[] along, int i, int k)
    {
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (i % shape[axis] != k % shape[axis] && !along.Contains(axis)) return false;
            (i, k) = (i / shape[axis], k / shape[axis]);
        }

        return true;
    }

    private static float[] Numbers(int count)
    {
        float[] numbers = new float[count];
        new RandomNormal(stddev: 1).Fill(numbers, [count], 12);
        return numbers;
    }
}
