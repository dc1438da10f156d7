namespace CompiledNets.Tests.Metrics;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("accuracy")]
    [InlineData("acc")]
    [InlineData("Accuracy")]
    [InlineData("ACC")]
    public void Accuracy_is_told_by_the_shapes_and_keeps_its_word(string identifier)
    {
        Assert.IsType<BinaryAccuracy>(Metric.Get(identifier, [], [1]));
        Assert.IsType<BinaryAccuracy>(Metric.Get(identifier, [1], [1]));
        Assert.IsType<SparseCategoricalAccuracy>(Metric.Get(identifier, [], [10]));
        Assert.IsType<SparseCategoricalAccuracy>(Metric.Get(identifier, [1], [10]));
        Assert.IsType<SparseCategoricalAccuracy>(Metric.Get(identifier, [7], [7, 10]));
        Assert.IsType<CategoricalAccuracy>(Metric.Get(identifier, [10], [10]));
        Assert.Equal(identifier, Metric.Get(identifier, [10], [10]).Name);
    }

    [Theory]
    [InlineData("mse", typeof(CompiledNets.Metrics.MeanSquaredError))]
    [InlineData("MAE", typeof(CompiledNets.Metrics.MeanAbsoluteError))]
    [InlineData("bce", typeof(CompiledNets.Metrics.BinaryCrossentropy))]
    [InlineData("RootMeanSquaredError", typeof(RootMeanSquaredError))]
    [InlineData("sparse_categorical_crossentropy", typeof(CompiledNets.Metrics.SparseCategoricalCrossentropy))]
    public void Names_of_Keras_lead_to_metrics_that_show_the_very_string(string identifier, Type type)
    {
        Metric metric = Metric.Get(identifier, [3], [3]);
        Assert.IsType(type, metric);
        Assert.Equal(identifier, metric.Name);
    }

    [Fact]
    public void Objects_show_their_own_names()
    {
        Assert.Equal("binary_accuracy", new BinaryAccuracy().Name);
        Assert.Equal("mean_squared_error", new CompiledNets.Metrics.MeanSquaredError().Name);
        Assert.Equal("mine", new CategoricalAccuracy("mine").Name);
    }

    [Fact]
    public void An_unknown_name_gets_the_nearest_known_one()
    {
        Assert.StartsWith(
            "Could not interpret metric identifier: acuracy. Did you mean 'accuracy'?", Assert.Throws<ArgumentException>(() => Metric.Get("acuracy", [1], [1])).Message);
        Assert.Throws<ArgumentException>(() => Metric.Get("rmse", [1], [1]));
        Assert.Throws<ArgumentException>(() => Metric.Get("crossentropy", [1], [1]));
    }

    [Fact]
    public void Accuracies_get_better_upwards_and_errors_downwards()
    {
        Assert.Equal(MetricDirection.Up, new Accuracy().Direction);
        Assert.Equal(MetricDirection.Up, new SparseCategoricalAccuracy().Direction);
        Assert.Equal(MetricDirection.Down, new RootMeanSquaredError().Direction);
        Assert.Equal(MetricDirection.Down, new CompiledNets.Metrics.CategoricalCrossentropy().Direction);
    }
}
