using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class ClassWeightsTests
{
    [Fact]
    public void Classes_weigh_the_same_in_sum()
    {
        // The example of scikit-learn's documentation.
        IReadOnlyDictionary<int, float> weights = ClassWeights.Balanced(new[] { 1, 1, 1, 1, 0, 0 });
        Assert.Equal([0, 1], weights.Keys.Order());
        Assert.Equal((1.5f, 0.75f), (weights[0], weights[1]));
        Assert.Equal(weights, ClassWeights.Balanced(OneHot.ToCategorical(new[] { 1, 1, 1, 1, 0, 0 })));
        Assert.Equal(weights, ClassWeights.Balanced(new float[,] { { 1 }, { 1 }, { 1 }, { 1 }, { 0 }, { 0 } }));
        Assert.Equal([3, 7], ClassWeights.Balanced(new[] { 7, 3, 7 }).Keys.Order());
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e10f)]
    public void Numbers_that_are_no_class_are_refused_with_their_row(float number) =>
        Assert.StartsWith(
            string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"Expected targets to have class numbers: whole ones from 0. Received: {number} at row 1 (from 0)."),
            Assert.Throws<ArgumentException>(() => ClassWeights.Balanced(new[] { 0f, number })).Message, StringComparison.Ordinal);

    [Fact]
    public void No_samples_have_no_weights() => Assert.Throws<ArgumentException>(() => ClassWeights.Balanced(Array.Empty<int>()));
}
