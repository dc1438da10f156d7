using System.Text.Json;
using CompiledNets.Keras;
using CompiledNets.Keras.Training;

namespace CompiledNets.Keras.Tests;

/// <summary>Losses, metrics and optimizers from Keras's configs.</summary>
public sealed class TrainingObjectTests
{
    [Theory]
    [InlineData("{}", Reduction.SumOverBatchSize)]
    [InlineData("""{"reduction": "auto"}""", Reduction.SumOverBatchSize)]
    [InlineData("""{"reduction": "sum_over_batch_size"}""", Reduction.SumOverBatchSize)]
    [InlineData("""{"reduction": "sum"}""", Reduction.Sum)]
    [InlineData("""{"reduction": "mean_with_sample_weight"}""", Reduction.MeanWithSampleWeight)]
    [InlineData("""{"reduction": "none"}""", Reduction.None)]
    [InlineData("""{"reduction": null}""", Reduction.None)]
    public void A_reduction_that_is_null_is_none_and_one_that_is_missing_the_default(string config, Reduction reduction) =>
        Assert.Equal(reduction, KerasLosses.Create(Object("MeanSquaredError", config)).Reduction);

    [Fact]
    public void Names_are_kept()
    {
        Assert.Equal("mine", KerasLosses.Create(Object("MeanAbsoluteError", """{"name": "mine"}""")).Name);
        Assert.Equal("binary_crossentropy", KerasLosses.Create(Object("BinaryCrossentropy", "{}")).Name);
        Assert.Equal("ce", KerasMetrics.Create(Object("CategoricalCrossentropy", """{"name": "ce", "from_logits": true}""")).Name);
        Assert.Equal("root_mean_squared_error", KerasMetrics.Create(Object("RootMeanSquaredError", "{}")).Name);
    }

    [Fact]
    public void Options_of_optimizers_are_kept()
    {
        var adam = Assert.IsType<Adam>(KerasOptimizers.Create(Object("Adam", """{"name": "adam", "learning_rate": 0.05, "clipnorm": 0.5, "use_ema": true, "ema_momentum": 0.9, "ema_overwrite_frequency": 3}""")));
        Assert.Equal((0.05, 0.5, true, 0.9, 3),
            (adam.LearningRate, adam.ClipNorm, adam.UseEma, adam.EmaMomentum, adam.EmaOverwriteFrequency));
        Assert.Null(adam.GlobalClipNorm);
    }

    [Theory]
    [InlineData("Huber", "{}", "loss Huber")]
    [InlineData("CategoricalCrossentropy", """{"axis": 1}""", "CategoricalCrossentropy with axis 1")]
    [InlineData("MeanSquaredError", """{"reduction": "median"}""", "MeanSquaredError with reduction median")]
    public void Losses_that_are_not_there_are_named(string name, string config, string message) =>
        Assert.Equal(message, Assert.Throws<KerasUnsupportedException>(() => KerasLosses.Create(Object(name, config))).Message);

    [Theory]
    [InlineData("AUC", "{}", "metric AUC")]
    [InlineData("SparseCategoricalCrossentropy", """{"axis": 1}""", "SparseCategoricalCrossentropy with axis 1")]
    public void Metrics_that_are_not_there_are_named(string name, string config, string message) =>
        Assert.Equal(message, Assert.Throws<KerasUnsupportedException>(() => KerasMetrics.Create(Object(name, config))).Message);

    [Theory]
    [InlineData("Lion", "{}", "optimizer Lion")]
    [InlineData("Adam", """{"learning_rate": {"class_name": "WarmUp", "config": {}}}""", "learning-rate schedule WarmUp")]
    [InlineData("SGD", """{"gradient_noise": 2.0}""", "SGD with gradient_noise 2.0")]
    public void Optimizers_that_are_not_there_are_named(string name, string config, string message) =>
        Assert.Equal(message, Assert.Throws<KerasUnsupportedException>(() => KerasOptimizers.Create(Object(name, config))).Message);

    private static KerasObject Object(string name, string config) => new(name, JsonDocument.Parse(config).RootElement);
}
