using System.Numerics.Tensors;

namespace CompiledNets.Tests.Data;

[Network]
[Input(2)]
[Normalization]
[Dense(1)]
internal sealed partial class AdaptedNet;

public sealed class NormalizationAdaptTests
{
    [Fact]
    public void The_mean_and_the_variance_of_each_column_are_learned()
    {
        AdaptedNet model = new(1);
        model.Normalization.Adapt(Tensor.Create([1f, 10, 3, 10], [2, 2]));
        Assert.Equal([2f, 10], model.Normalization.Weights[0].Values.ToArray());
        Assert.Equal([1f, 0], model.Normalization.Weights[1].Values.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_with_its_place_and_changes_nothing(float number)
    {
        AdaptedNet model = new(1);
        float[] mean = model.Normalization.Weights[0].Values.ToArray();
        string message = Assert.Throws<ArgumentException>(
            () => model.Normalization.Adapt(Tensor.Create([1f, 2, 3, number], [2, 2]))).Message;
        Assert.Contains("at row 1, column 1 (both from 0)", message, StringComparison.Ordinal);
        Assert.Equal(mean, model.Normalization.Weights[0].Values.ToArray());
    }

    [Fact]
    public void A_variance_beyond_single_precision_is_refused_with_its_channel_and_changes_nothing()
    {
        AdaptedNet model = new(1);
        float[] mean = model.Normalization.Weights[0].Values.ToArray();
        string message = Assert.Throws<ArgumentException>(
            () => model.Normalization.Adapt(Tensor.Create([1f, 1e30f, 3, -1e30f], [2, 2]))).Message;
        Assert.StartsWith("Expected data whose variance single precision holds, up to 3.4e38. Received: variance ", message,
            StringComparison.Ordinal);
        Assert.Contains(" of channel 1 (from 0).", message, StringComparison.Ordinal);
        Assert.Equal(mean, model.Normalization.Weights[0].Values.ToArray());
    }
}
