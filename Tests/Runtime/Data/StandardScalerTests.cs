using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class StandardScalerTests
{
    [Fact]
    public void Columns_get_mean_0_and_the_populations_deviation_1()
    {
        // The example of scikit-learn's documentation: mean (0.5, 0.5), deviation (0.5, 0.5).
        StandardScaler scaler = new();
        Tensor<float> scaled = scaler.FitTransform(Tensor.Create([0f, 0, 0, 0, 1, 1, 1, 1], [4, 2]));
        Assert.Equal([0.5, 0.5], scaler.Center);
        Assert.Equal([0.5, 0.5], scaler.Scale);
        Assert.Equal([-1f, -1, -1, -1, 1, 1, 1, 1], TensorRows.Numbers(scaled));
        Assert.Equal([3f, 3], TensorRows.Numbers(scaler.Transform(Tensor.Create([2f, 2], [1, 2]))));
    }

    [Fact]
    public void A_constant_column_is_only_moved()
    {
        StandardScaler scaler = new();
        Assert.Equal([0f, 0, 0], TensorRows.Numbers(scaler.FitTransform(Tensor.Create([0.1f, 0.1f, 0.1f], [3, 1]))));
        Assert.Equal([1], scaler.Scale);
    }
}
