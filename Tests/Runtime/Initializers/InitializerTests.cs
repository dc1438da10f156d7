using System.Numerics.Tensors;
using CompiledNets.Initializers;

namespace CompiledNets.Tests.Initializers;

public sealed class InitializerTests
{
    public static TheoryData<string> Names => [.. Initializer.Table.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_values_and_another_seed_others(string name)
    {
        Initializer initializer = Initializer.Get(name);
        float[] first = Fill(initializer, [6, 10], 1);
        Assert.Equal(first, Fill(Initializer.Get(name), [6, 10], 1));
        if (initializer is RandomInitializer) Assert.NotEqual(first, Fill(initializer, [6, 10], 2));
        Assert.All(first, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_seed_of_its_own_comes_before_that_of_the_network()
    {
        Assert.Equal(Fill(new HeNormal(seed: 7), [6, 10], 1), Fill(new HeNormal(seed: 7), [6, 10], 2));
        Assert.NotEqual(Fill(new HeNormal(seed: 7), [6, 10], 1), Fill(new HeNormal(seed: 8), [6, 10], 1));
    }

    [Fact]
    public void Equal_seeds_give_proportional_values()
    {
        float[] he = Fill(new HeUniform(3), [8, 8], 0), lecun = Fill(new LecunUniform(3), [8, 8], 0);
        for (int i = 0; i < he.Length; i++) Assert.Equal(he[i], lecun[i] * MathF.Sqrt(2), 1e-6f);
    }

    [Theory]
    [InlineData(new int[0], 1, 1)]
    [InlineData(new[] { 5 }, 5, 5)]
    [InlineData(new[] { 5, 7 }, 5, 7)]
    [InlineData(new[] { 3, 5, 7 }, 15, 21)]
    [InlineData(new[] { 3, 2, 5, 7 }, 30, 42)]
    public void Fans_are_those_of_Keras(int[] shape, double inputs, double outputs) =>
        Assert.Equal(new Fans(inputs, outputs), Fans.Of(shape));

    [Theory]
    [InlineData(7, 7)]
    [InlineData(40, 10)]
    [InlineData(10, 40)]
    [InlineData(1, 9)]
    public void The_shorter_side_of_an_orthogonal_matrix_is_orthonormal(int rows, int columns)
    {
        float[] matrix = Fill(new Orthogonal(gain: 2), [rows, columns], 5);
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = Enumerable.Range(0, length).Sum(k => (double)At(i, k) * At(j, k));
                Assert.Equal(i == j ? 4 : 0, product, 2e-6);
            }
        }

        float At(int vector, int k) => rows >= columns ? matrix[(k * columns) + vector] : matrix[(vector * columns) + k];
    }

    [Fact]
    public void All_axes_but_the_last_are_rows_of_an_orthogonal_matrix() =>
        Assert.Equal(Fill(new Orthogonal(), [12, 5], 3), Fill(new Orthogonal(), [2, 2, 3, 5], 3));

    [Fact]
    public void The_identity_need_not_be_square()
    {
        Assert.Equal([3, 0, 0, 0, 3, 0], Fill(new Identity(gain: 3), [2, 3], 0));
        Assert.Equal([1, 0, 0, 1, 0, 0], Fill(new Identity(), [3, 2], 0));
    }

    [Fact]
    public void A_constant_may_be_a_tensor()
    {
        Constant constant = new(Tensor.Create<float>([1, 2, 3, 4], [2, 2]));
        Assert.Equal([1, 2, 3, 4], Fill(constant, [2, 2], 0));
        Assert.StartsWith("The constant must have the shape of the weight. Expected shape (4,), but received: value.shape=(2, 2).",
            Assert.Throws<ArgumentException>(() => Fill(constant, [4], 0)).Message);
    }

    [Fact]
    public void Shapes_and_numbers_that_make_no_sense_are_refused()
    {
        Assert.StartsWith("The tensor to initialize must be at least two-dimensional. Received: shape=(4,) of rank 1.",
            Assert.Throws<ArgumentException>(() => Fill(new Orthogonal(), [4], 0)).Message);
        Assert.StartsWith("Identity matrix initializer can only be used for 2D matrices. Received: shape=(2, 2, 2) of rank 3.",
            Assert.Throws<ArgumentException>(() => Fill(new Identity(), [2, 2, 2], 0)).Message);
        Assert.StartsWith("Argument `scale` must be a positive number. Received: scale=-1.5",
            Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceScaling(-1.5)).Message);
        Assert.StartsWith("Invalid `mode` argument: 9. Please use one of FanIn, FanOut, FanAvg.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceScaling(mode: (FanMode)9)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomNormal(stddev: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomUniform(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncatedNormal(double.NaN));
    }

    private static float[] Fill(Initializer initializer, int[] shape, ulong seed)
    {
        float[] values = new float[shape.Aggregate(1, (a, b) => a * b)];
        initializer.Fill(values, shape, seed);
        return values;
    }
}
