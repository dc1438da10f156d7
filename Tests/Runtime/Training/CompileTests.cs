using System.Numerics.Tensors;

namespace CompiledNets.Tests.Training;

/// <summary>What may be given to Compile: names and objects, mixed as in Keras.</summary>
public sealed class CompileTests
{
    [Fact]
    public void Names_and_objects_mix()
    {
        BinaryNet model = new(1);
        model.Compile(new SGD(0.01, momentum: 0.9), "binary_crossentropy", "accuracy", new MeanAbsoluteError(), "rmse");
        Assert.Equal(["accuracy", "loss", "mean_absolute_error", "rmse"], Keys(model));
        model.Compile("adam", new BinaryCrossentropy(), metrics: ["mae"], weightedMetrics: [new BinaryAccuracy(), "acc"]);
        Assert.IsType<Adam>(model.Optimizer);
        Assert.Equal(["acc", "binary_accuracy", "loss", "mae"], Keys(model));
    }

    [Fact]
    public void Accuracy_as_an_object_is_what_it_is_as_a_string()
    {
        BinaryNet model = new(1);
        model.Compile("adam", "binary_crossentropy", "accuracy", new Accuracy("object"), new BinaryAccuracy());
        Logs logs = model.Evaluate(Examples.Binary(50), verbose: Verbose.Silent);
        Assert.True(logs["accuracy"] > 0);
        Assert.Equal(logs["binary_accuracy"], logs["accuracy"]);
        Assert.Equal(logs["accuracy"], logs["object"]);
    }

    [Fact]
    public void Without_an_optimizer_it_is_RMSprop_as_in_Keras()
    {
        BinaryNet model = new(1);
        model.Compile(loss: "mse");
        Assert.IsType<RMSprop>(model.Optimizer);
        model.Fit(Examples.Binary(8), verbose: Verbose.Silent);
    }

    [Fact]
    public void A_network_that_only_a_loop_of_ones_own_trains_needs_no_loss()
    {
        BinaryNet model = new(1);
        model.Compile(new Adam());
        Tensor<float> x = Examples.Features(4, 6);
        model.Forward(x, training: true);
        model.Backward(Tensor.Create(new float[] { 1, 1, 1, 1 }, [4, 1]));
        model.ApplyGradients();
        Assert.Contains("No loss to compute",
            Assert.Throws<InvalidOperationException>(() => model.Fit(Examples.Binary(4), verbose: Verbose.Silent))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_the_loss_or_the_metric_it_speaks_of()
    {
        BinaryNet model = new(1);
        model.Compile("adam", "mse");
        Assert.StartsWith("The loss 'mean_squared_error' takes", Message(model), StringComparison.Ordinal);

        ClassNet classes = new(1);
        classes.Compile("adam", "sparse_categorical_crossentropy", "mae");
        Assert.StartsWith(
            "The metric 'mae' takes", Assert.ThrowsAny<ArgumentException>(() =>
            classes.Fit(Examples.Features(4, 4), Tensor.Create(new float[4]), verbose: Verbose.Silent)).Message, StringComparison.Ordinal);

        static string Message(BinaryNet model) =>
            Assert.ThrowsAny<ArgumentException>(() => model.Fit(Examples.Features(4, 6), Examples.Features(4, 3), verbose: Verbose.Silent))
            .Message;
    }

    private static string[] Keys(BinaryNet model) =>
        [.. model.Evaluate(Examples.Binary(8), verbose: Verbose.Silent).Keys.Order(StringComparer.Ordinal)];
}
