using System.Numerics.Tensors;

namespace CompiledNets.Tests.Losses;

public sealed class LossNamesTests
{
    [Theory]
    [InlineData("mse", "mean_squared_error")]
    [InlineData("MSE", "mean_squared_error")]
    [InlineData("MeanSquaredError", "mean_squared_error")]
    [InlineData("mean_squared_error", "mean_squared_error")]
    [InlineData("mae", "mean_absolute_error")]
    [InlineData("log_cosh", "log_cosh")]
    [InlineData("logcosh", "log_cosh")]
    [InlineData("bce", "binary_crossentropy")]
    [InlineData("BinaryCrossentropy", "binary_crossentropy")]
    [InlineData("categorical_crossentropy", "categorical_crossentropy")]
    [InlineData("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy")]
    public void Names_of_Keras_lead_to_losses(string identifier, string name) => Assert.Equal(name, Loss.Get(identifier).Name);

    [Fact]
    public void An_unknown_name_gets_the_nearest_known_one()
    {
        string message = Assert.Throws<ArgumentException>(() => Loss.Get("binary_crosentropy")).Message;
        Assert.StartsWith("Could not interpret loss identifier: binary_crosentropy. Did you mean 'binary_crossentropy'? Known losses: ",
            message);
        Assert.DoesNotContain("Did you mean", Assert.Throws<ArgumentException>(() => Loss.Get("quux_zyzzy")).Message);
    }

    [Theory]
    [InlineData("crossentropy")]
    [InlineData("CE")]
    public void Crossentropy_is_told_by_the_shapes(string identifier)
    {
        Assert.IsType<BinaryCrossentropy>(Loss.Get(identifier).For([1], [1]));
        Assert.IsType<SparseCategoricalCrossentropy>(Loss.Get(identifier).For([], [10]));
        Assert.IsType<SparseCategoricalCrossentropy>(Loss.Get(identifier).For([1], [10]));
        Assert.IsType<CategoricalCrossentropy>(Loss.Get(identifier).For([10], [10]));

        Tensor<float> output = Tensor.Create([0.2f, 0.8f], [2, 1]), target = Tensor.Create([0f, 1], [2, 1]);
        Assert.Equal(new BinaryCrossentropy().Call(target, output), Loss.Get(identifier).Call(target, output));
    }
}
