using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>One number for each of four steps.</summary>
[Network, Input(4, 3), Dense(1)]
internal sealed partial class StepNet;

/// <summary>Weights of samples and positions, where targets lack the last axis of the outputs.</summary>
/// <remarks>
/// Keras's <c>squeeze_or_expand_to_same_rank</c>: targets (n, T) on outputs (n, T, 1) are rows of T numbers, with one value a row.
/// </remarks>
public sealed class PositionWeightTests
{
    private const int Rows = 21, Steps = 4;

    private static readonly Tensor<float> X = Tensor.Reshape(Examples.Features(Rows, 12), [Rows, Steps, 3]);
    private static readonly Tensor<float> Flat = Examples.Features(Rows, Steps, seed: 8);
    private static readonly Tensor<float> Full = Tensor.Reshape(Flat, [Rows, Steps, 1]);
    private static readonly float[] OfSamples = [.. Enumerable.Range(0, Rows).Select(i => 0.5f + (i % 3))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Targets_without_the_last_axis_take_a_weight_for_each_sample(int axes)
    {
        Tensor<float> weights = Tensor.Create(OfSamples, axes == 1 ? [Rows] : [Rows, 1]);
        StepNet flat = Compiled(), full = Compiled();
        Logs logs = flat.TrainOnBatch(X, Flat, weights);
        Assert.Equal(new MeanSquaredError().Call(Flat, Compiled().Predict(X), weights), logs.Loss, 1e-5);
        Logs wanted = full.TrainOnBatch(X, Full, Tensor.Create(OfSamples, [Rows, 1]));
        Assert.Equal(wanted.Loss, logs.Loss, 1e-6);
        Assert.Equal(wanted["weighted_mae"], logs["weighted_mae"], 1e-6);
        Assert.Equal(full.Dense.Kernel.Values.ToArray(), flat.Dense.Kernel.Values.ToArray(), Close);
    }

    [Fact]
    public void Targets_without_the_last_axis_take_no_weight_for_each_position()
    {
        string message = Assert.Throws<ArgumentException>(() => Compiled().TrainOnBatch(X, Flat, Examples.Features(Rows, Steps))).Message;
        Assert.Contains("sampleWeight.shape=(21, 4), values.shape=(21,)", message, StringComparison.Ordinal);
        Assert.Contains("For a weight at each position give targets of the shape (21, 4, 1)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_with_the_last_axis_take_a_weight_for_each_position()
    {
        Tensor<float> weights = Tensor.Create([.. Enumerable.Range(0, Rows * Steps).Select(i => (float)(i % 5))], [Rows, Steps]);
        Logs logs = Compiled().TrainOnBatch(X, Full, weights);
        Assert.Equal(new MeanSquaredError().Call(Full, Compiled().Predict(X), weights), logs.Loss, 1e-5);
    }

    // The losses are those of the training targets; so is what their values are.
    [Fact]
    public void Weights_of_validation_data_are_read_as_those_of_training_data()
    {
        Tensor<float> weights = Tensor.Create(OfSamples, [Rows, 1]);
        StepNet model = Compiled();
        History history = model.Fit(X, Flat, verbose: Verbose.Silent, validationData: new(X, Full, weights));
        Assert.Equal(model.Evaluate(X, Flat, verbose: Verbose.Silent, sampleWeight: weights).Loss, history["val_loss"][0]);
        Tensor<float> ofPositions = Examples.Features(Rows, Steps);
        Assert.Throws<ArgumentException>(() => model.Fit(X, Flat, verbose: Verbose.Silent, validationData: new(X, Full, ofPositions)));
        history = model.Fit(X, Full, verbose: Verbose.Silent, validationData: new(X, Flat, ofPositions));
        Assert.Equal(model.Evaluate(X, Full, verbose: Verbose.Silent, sampleWeight: ofPositions).Loss, history["val_loss"][0]);
    }

    private static StepNet Compiled()
    {
        StepNet model = new(seed: 1);
        model.Compile("sgd", "mse", ["mae"], ["mae"]);
        return model;
    }

    private static bool Close(float one, float other) => Math.Abs(one - other) < 1e-6f;
}
