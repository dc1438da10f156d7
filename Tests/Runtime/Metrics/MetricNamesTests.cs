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
        Assert.Equal(1, After([], [1], [1], [0.7f]));
        Assert.Equal(1, After([1], [1], [1], [0.7f]));
        Assert.Equal(1, After([], [3], [2], [0.1f, 0.2f, 0.3f]));
        Assert.Equal(1, After([1], [3], [2], [0.1f, 0.2f, 0.3f]));
        Assert.Equal(0.5, After([2], [2, 3], [2, 1], [0.1f, 0.2f, 0.3f, 0.1f, 0.2f, 0.3f]));
        Assert.Equal(1, After([3], [3], [0, 0, 1], [0.1f, 0.2f, 0.3f]));
        Assert.Equal(identifier, Metric.Get(identifier).Name);

        double After(int[] targetShape, int[] outputShape, float[] target, float[] output)
        {
            Metric metric = Metric.Get(identifier);
            metric.Prepare(targetShape, outputShape);
            metric.Update(target, [1, .. targetShape], output, [1, .. outputShape], []);
            return metric.Result;
        }
    }

    [Theory]
    [InlineData("mse", typeof(MeanSquaredError))]
    [InlineData("MAE", typeof(MeanAbsoluteError))]
    [InlineData("bce", typeof(BinaryCrossentropy))]
    [InlineData("sparse_categorical_crossentropy", typeof(SparseCategoricalCrossentropy))]
    public void Names_of_losses_lead_to_metrics_that_show_the_very_string(string identifier, Type type)
    {
        LossMetric metric = Assert.IsType<LossMetric>(Metric.Get(identifier));
        Assert.IsType(type, metric.Loss);
        Assert.Equal(identifier, metric.Name);
    }

    [Theory]
    [InlineData("RootMeanSquaredError")]
    [InlineData("root_mean_squared_error")]
    [InlineData("rmse")]
    [InlineData("RMSE")]
    public void The_root_of_the_mean_squared_error_has_a_short_name(string identifier) =>
        Assert.Equal(identifier, Assert.IsType<RootMeanSquaredError>(Metric.Get(identifier)).Name);

    [Theory]
    [InlineData(new int[] { }, new[] { 10 }, typeof(SparseCategoricalCrossentropy))]
    [InlineData(new[] { 1 }, new[] { 1 }, typeof(BinaryCrossentropy))]
    [InlineData(new[] { 10 }, new[] { 10 }, typeof(CategoricalCrossentropy))]
    public void Crossentropy_as_a_metric_is_told_by_the_shapes(int[] targetShape, int[] outputShape, Type type)
    {
        LossMetric metric = Assert.IsType<LossMetric>(Metric.Get("ce"));
        metric.Prepare(targetShape, outputShape);
        Assert.IsType(type, metric.Loss);
    }

    [Fact]
    public void Objects_show_their_own_names()
    {
        Assert.Equal("binary_accuracy", new BinaryAccuracy().Name);
        Assert.Equal("mine", new CategoricalAccuracy("mine").Name);
        Metric loss = new MeanSquaredError();
        Assert.Equal("mean_squared_error", loss.Name);
    }

    [Fact]
    public void An_unknown_name_gets_the_nearest_known_one()
    {
        Assert.StartsWith(
            "Could not interpret metric identifier: acuracy. Did you mean 'accuracy'?",
                Assert.Throws<ArgumentException>(() => Metric.Get("acuracy")).Message);
    }

    [Theory]
    [InlineData("auc")]
    [InlineData("AUC")]
    [InlineData("precision")]
    [InlineData("f1_score")]
    public void What_Keras_has_and_is_not_there_yet_says_so(string identifier)
    {
        string message = Assert.Throws<ArgumentException>(() => Metric.Get(identifier)).Message;
        Assert.StartsWith($"The metric '{identifier}' of Keras is not there yet. Known metrics: accuracy, ", message,
            StringComparison.Ordinal);
        Assert.Contains("not there yet", Assert.Throws<ArgumentException>(() => Loss.Get("poisson")).Message, StringComparison.Ordinal);
        Assert.Contains("not there yet", Assert.Throws<ArgumentException>(() => Optimizer.Get("lion")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_name_says_what_it_is_of()
    {
        Assert.StartsWith("The name of the optimizer is empty. Known optimizers: ",
            Assert.Throws<ArgumentException>(() => Optimizer.Get("")).Message, StringComparison.Ordinal);
        Assert.StartsWith("The name of the loss is empty. Known losses: ", Assert.Throws<ArgumentException>(() => Loss.Get("")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("The name of the metric is empty. Known metrics: ",
            Assert.Throws<ArgumentException>(() => Metric.Get(" ")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accuracies_get_better_upwards_and_errors_downwards()
    {
        Assert.Equal(MetricDirection.Up, new Accuracy().Direction);
        Assert.Equal(MetricDirection.Up, new SparseCategoricalAccuracy().Direction);
        Assert.Equal(MetricDirection.Down, new RootMeanSquaredError().Direction);
        Assert.Equal(MetricDirection.Down, Metric.Of(new CategoricalCrossentropy()).Direction);
    }
}
