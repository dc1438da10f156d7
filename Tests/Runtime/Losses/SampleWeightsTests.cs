namespace CompiledNets.Tests.Losses;

public sealed class SampleWeightsTests
{
    [Fact]
    public void Weights_of_the_values_shape_stay() => Assert.Equal([1f, 2, 3, 4], SampleWeights.Spread([1, 2, 3, 4], [2, 2], [2, 2]));

    [Fact]
    public void A_size_of_one_is_spread()
    {
        Assert.Equal([1f, 1, 1, 2, 2, 2], SampleWeights.Spread([1, 2], [2, 1], [2, 3]));
        Assert.Equal([1f, 2, 3, 1, 2, 3], SampleWeights.Spread([1, 2, 3], [1, 3], [2, 3]));
    }

    [Fact]
    public void A_last_axis_of_one_may_be_too_many_or_missing()
    {
        Assert.Equal([1f, 2], SampleWeights.Spread([1, 2], [2, 1], [2]));
        Assert.Equal([1f, 2], SampleWeights.Spread([1, 2], [2], [2, 1]));
    }

    [Fact]
    public void One_weight_always_fits() => Assert.Equal([3f, 3, 3, 3], SampleWeights.Spread([3], [], [2, 2]));

    [Fact]
    public void Other_shapes_are_refused_with_both()
    {
        string message = Assert.Throws<ArgumentException>(() => SampleWeights.Spread([1, 2, 3], [3], [3, 3])).Message;
        Assert.Contains("sampleWeight.shape=(3,), values.shape=(3, 3)", message);
        Assert.Contains("give them the shape (3, 1)", message);
        Assert.Throws<ArgumentException>(() => SampleWeights.Spread([1, 2, 3], [3], [2]));
    }

    [Fact]
    public void Mean_with_sample_weight_divides_by_the_weights_as_given()
    {
        MeanSquaredError loss = new(Reduction.MeanWithSampleWeight);
        var truth = System.Numerics.Tensors.Tensor.Create(new float[4], [2, 2, 1]);
        var pred = System.Numerics.Tensors.Tensor.Create([1f, 1, 2, 2], [2, 2, 1]);
        Assert.Equal(((1 * 2) + (3 * 8)) / 4f, loss.Call(truth, pred, System.Numerics.Tensors.Tensor.Create([1f, 3], [2, 1])));
    }
}
