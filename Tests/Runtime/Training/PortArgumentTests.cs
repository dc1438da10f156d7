using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>One number for each sample and one for each step.</summary>
[Network]
internal sealed partial class NarrowNet
{
    [Input(1)] public partial Node Single { get; }
    [Input(5)] public partial Node Row { get; }
    [Concatenate(nameof(Single), nameof(Row)), Dense(1), Output] public partial Node Y { get; }
}

/// <summary>Arguments of networks with several inputs and outputs that contradict each other, and inputs that Keras takes too.</summary>
public sealed class PortArgumentTests
{
    private static readonly Samples[] X = [Examples.Features(8, 13), Examples.Features(8, 8)];
    private static readonly Samples[] Y = [Examples.Features(8, 1), Tensor.Create(new float[8], [8, 1])];

    [Fact]
    public void Weights_of_targets_that_are_missing()
    {
        HouseNet model = Compiled();
        model.Compile("adam", ["mse", null]);
        Says("sampleWeight['is_sold'] weighs targets that are not given: y['is_sold'] is missing",
            () => model.Fit(X, [Y[0], null], verbose: Verbose.Silent, sampleWeight: [null, new float[8]]));
        Says("classWeight['is_sold'] weighs targets that are not given",
            () => model.TrainOnBatch(X, [Y[0], null], classWeight: [null, new Dictionary<int, float> { [0] = 2 }]));
        Says("validationSampleWeight['is_sold'] weighs targets that are not given: validationData.Y['is_sold'] is missing",
            () => model.Fit(X, [Y[0], null], verbose: Verbose.Silent, validationData: (X, [Y[0], null]),
                validationSampleWeight: [null, new float[8]]));
        Says("`validationSampleWeight` weighs the samples of `validationData`, which is not given",
            () => model.Fit(X, Y, verbose: Verbose.Silent, validationSplit: 0.5, validationSampleWeight: [new float[8], null]));
    }

    [Fact]
    public void A_loss_weight_without_a_loss()
    {
        HouseNet model = new(1);
        Says("Output 'is_sold' of 'HouseNet' has no loss that its loss weight of 0.2 could count for", () =>
            model.Compile("adam", loss: new() { Price = "mse" }, lossWeights: new() { IsSold = 0.2 }));
        model.Compile("adam", ["mse", null], [2, 1]);
        model.Compile("adam", ["mse", null], [2, 0]);
    }

    [Fact]
    public void A_metric_in_two_places()
    {
        HouseNet model = new(1);
        BinaryAccuracy shared = new();
        Says("The metric 'binary_accuracy' stands for output 'is_sold' of 'HouseNet' and for 'price' too", () =>
            model.Compile("adam", ["mse", "mse"], metrics: [[shared], [shared]]));
        Says("stands for output 'price' of 'HouseNet' and for 'price' too", () =>
            model.Compile("adam", ["mse", "mse"], metrics: [[shared], []], weightedMetrics: [[shared], []]));
        Says("Expected metrics, but one of output 'is_sold' of 'HouseNet' is null", () =>
            model.Compile("adam", ["mse", "mse"], metrics: [[], [null!]]));
        BinaryNet single = new(1);
        Says("The metric 'binary_accuracy' stands for 'BinaryNet' more than once", () => single.Compile("adam", "mse", shared, shared));
        Says("Expected metrics, but one of 'BinaryNet' is null", () => single.Compile("adam", "mse", (Metric)null!));
    }

    [Fact]
    public void Wrong_validation_data_is_named()
    {
        ClassNet single = new(1);
        single.Compile("adam", "sparse_categorical_crossentropy");
        Dataset data = Examples.Classes(8, 4);
        Says("`validationData`: Received a label value of 3", () =>
            single.Fit(data, verbose: Verbose.Silent, validationData: new(data.Features, Enumerable.Repeat(3f, 8).ToArray())));
        Says("Output 'is_sold' of 'HouseNet', `validationData`: Sample weights must have", () => Compiled().Fit(
            X, Y, verbose: Verbose.Silent, validationData: (X, Y), validationSampleWeight: [null, Examples.Features(8, 3)]));
    }

    [Fact]
    public void Classes_of_several_outputs() =>
        Says("take them from what `Predict()` gives", () => ((Model)Compiled()).PredictClasses(X[0]));

    [Fact]
    public void A_single_prediction_out_of_order()
    {
        Says("has the inputs 'figures', 'street', numbered from 0. Received: input=2", () => Compiled().PredictSingle()
            .Take(2, new float[8]));
        Says("has not got its input 'street': call `Take()`", () =>
        {
            SinglePrediction prediction = Compiled().PredictSingle();
            prediction.Take(0, new float[13]);
            prediction.Run();
        });
        Says("call `Run()` before `Give()`", () =>
        {
            SinglePrediction prediction = Compiled().PredictSingle();
            prediction.Take(0, new float[13]);
            prediction.Take(1, new float[8]);
            prediction.Give(0, new float[1]);
        });
    }

    // Keras's Functional adjusts the rank of its inputs by a last axis of 1, there or not.
    [Fact]
    public void A_last_axis_of_one_may_be_missing_or_too_many()
    {
        NarrowNet model = new(1);
        Tensor<float> single = Examples.Features(8, 1), row = Examples.Features(8, 5);
        Tensor<float> wanted = model.Predict(single, row);
        Assert.Equal(wanted.ToArray(), model.Predict(Tensor.Create(single.ToArray(), [8]), Tensor.Reshape(row, [8, 5, 1])).ToArray());
        Says("The input of 'NarrowNet' at 'row' has the wrong shape", () => model.Predict(single, Tensor.Reshape(row, [8, 1, 5])));
    }

    private static HouseNet Compiled()
    {
        HouseNet model = new(1);
        model.Compile("adam", ["mse", "binary_crossentropy"]);
        return model;
    }

    private static void Says(string text, Action call) =>
        Assert.Contains(text, Assert.ThrowsAny<Exception>(call).Message, StringComparison.Ordinal);
}
