using CompiledNets.Initializers;
using CompiledNets.Regularizers;

namespace CompiledNets.Tests.Regularizers;

/// <summary>Penalties of weights: their gradients against differences, their arguments, their names.</summary>
public sealed class RegularizerTests
{
    public static TheoryData<Regularizer> All =>
    [
        new L1(0.3), new L2(0.2), new L1L2(0.1, 0.4), new OrthogonalRegularizer(0.5),
        new OrthogonalRegularizer(0.5, OrthogonalMode.Columns),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_is_that_of_the_value(Regularizer regularizer)
    {
        int[] shape = [5, 7];
        float[] weight = Numbers(35), gradient = new float[35];
        gradient.AsSpan().Fill(2);
        double value = regularizer.Penalty(weight, shape, gradient);
        Assert.Equal(value, regularizer.Penalty(weight, shape, default));
        for (int i = 0; i < weight.Length; i++)
        {
            const float h = 1e-3f;
            float before = weight[i];
            weight[i] = before + h;
            double up = regularizer.Penalty(weight, shape, default), width = weight[i];
            weight[i] = before - h;
            double difference = (up - regularizer.Penalty(weight, shape, default)) / (width - weight[i]);
            weight[i] = before;
            Assert.Equal(difference, gradient[i] - 2, 1e-3);
        }
    }

    [Fact]
    public void Every_length_is_worked_alike()
    {
        for (int length = 1; length < 40; length++)
        {
            float[] weight = Numbers(length), gradient = new float[length];
            weight[0] = 0;
            double value = new L1L2(0.1, 0.4).Penalty(weight, [length], gradient);
            Assert.Equal(weight.Sum(w => (0.1 * Math.Abs((double)w)) + (0.4 * w * w)), value, 1e-12 * length);
            for (int i = 0; i < length; i++) Assert.Equal((0.1 * Math.Sign(weight[i])) + (0.8 * weight[i]), gradient[i], 1e-6);
        }
    }

    [Fact]
    public void Columns_are_the_rows_of_the_turned_matrix()
    {
        float[] weight = Numbers(12), turned = [.. Enumerable.Range(0, 12).Select(i => weight[(i % 3 * 4) + (i / 3)])];
        double rows = new OrthogonalRegularizer(1).Penalty(turned, [4, 3], default);
        Assert.Equal(rows, new OrthogonalRegularizer(1, OrthogonalMode.Columns).Penalty(weight, [3, 4], default), 1e-12);
        Assert.Equal(0, new OrthogonalRegularizer(1).Penalty([1, 0, 0, 2], [2, 2], default));
        // A row of zeros is orthogonal to all.
        float[] gradient = new float[4];
        Assert.Equal(0, new OrthogonalRegularizer(1).Penalty([0, 0, 1, 2], [2, 2], gradient));
        Assert.DoesNotContain(gradient, float.IsNaN);
    }

    [Fact]
    public void What_is_not_a_number_stays_none()
    {
        float[] weight = [float.NaN, .. Numbers(9)], gradient = new float[10];
        Assert.True(double.IsNaN(new L1(1).Penalty(weight, [10], gradient)));
        Assert.True(float.IsNaN(gradient[0]));
        Assert.DoesNotContain(gradient[1..], float.IsNaN);
    }

    [Theory]
    [InlineData("l1", typeof(L1))]
    [InlineData("L2", typeof(L2))]
    [InlineData("l1l2", typeof(L1L2))]
    [InlineData("orthogonal_regularizer", typeof(OrthogonalRegularizer))]
    public void Names_of_Keras_lead_to_regularizers(string identifier, Type type) => Assert.IsType(type, Regularizer.Get(identifier));

    [Fact]
    public void Wrong_arguments_say_what_came()
    {
        Says("Did you mean 'l1l2'?", () => Regularizer.Get("l1_l2"));
        Says("non-negative, finite number. Received: l1=-1", () => new L1(-1));
        Says("l2=NaN", () => new L1L2(0, double.NaN));
        Says("mode=7", () => new OrthogonalRegularizer(1, (OrthogonalMode)7));
        Says("rank 2", () => new OrthogonalRegularizer().Penalty(new float[3], [3], default));
        Says("two at least", () => new OrthogonalRegularizer().Penalty(new float[3], [1, 3], default));
    }

    private static void Says(string words, Func<object?> action) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static float[] Numbers(int count)
    {
        float[] numbers = new float[count];
        new RandomNormal(stddev: 1).Fill(numbers, [count], 11);
        return numbers;
    }
}
