using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Bad input to networks with several inputs and outputs gets an exception that names the port.</summary>
public sealed class PortInputTests
{
    private static readonly Tensor<float> Figures = Examples.Features(8, 13), Street = Examples.Features(8, 8);
    private static readonly Tensor<float> Price = Examples.Features(8, 1);
    private static readonly Samples[] X = [Figures, Street];
    private static readonly Samples[] Y = [Price, Tensor.Create(new float[8], [8, 1])];

    [Fact]
    public void One_tensor_for_two_inputs() => Says(
        "has the inputs 'figures', 'street' and the outputs 'price', 'is_sold': give `Fit()` lists", model => model.Fit(Figures, Price));

    [Fact]
    public void One_span_for_two_inputs()
    {
        Says("give `Predict()` lists", model => model.Predict(new float[13], new float[1]));
        Says("give `TrainOnBatch()` lists", model => model.TrainOnBatch(new float[13], new float[1]));
        Says("give `Forward()` lists", model => model.Forward(Figures));
    }

    [Fact]
    public void A_missing_input()
    {
        Says("has 2 inputs, 'figures', 'street', and each needs an entry in its place. Received: 1 in `x`. Missing: 'street'.",
            model => model.Fit([Figures], Y));
        Says("Missing in `x`: 'street'", model => model.Predict(new Dictionary<string, Samples> { ["figures"] = Figures }));
        Says("Missing: 'street'", model => model.Forward([Figures]));
        Says("Missing: 'is_sold'", model => model.Fit(X, [Price]));
    }

    [Fact]
    public void A_shape_that_does_not_fit() => Says(
        "The input of 'HouseNet' at 'street' has the wrong shape. Expected shape (None, 8), but received: x['street'].shape=(8, 13).",
        model => model.Predict([Figures, Figures]));

    [Fact]
    public void Numbers_of_rows_that_differ()
    {
        Says("Received: x['figures'] has 8, x['street'] has 5, y['price'] has 8, y['is_sold'] has 8.",
            model => model.Fit([Figures, Examples.Features(5, 8)], Y));
        Says("x['figures'] has 8, x['street'] has 5", model => model.Predict([Figures, Examples.Features(5, 8)]));
        Says("x['figures'] has 8, x['street'] has 5", model => model.Forward([Figures, Examples.Features(5, 8)]));
        Says("Received: 1 at 'figures', 2 at 'street'",
            model => model.Predict([new float[13], new float[16]], [new float[1], new float[1]]));
        Says("sampleWeight['is_sold'] has 3", model => model.Fit(X, Y, sampleWeight: [null, new float[3]]));
    }

    [Fact]
    public void Names_that_do_not_exist()
    {
        Says("has no input 'streets', for which `x` has an entry. It has: 'figures', 'street'.",
            model => model.Predict(new Dictionary<string, Samples> { ["figures"] = Figures, ["streets"] = Street }));
        Says("has no output 'cost', for which `loss` has an entry. It has: 'price', 'is_sold'.",
            model => model.Compile("adam", new Dictionary<string, Loss> { ["cost"] = "mse" }));
        Says("`lossWeights`", model => model.Compile(
            "adam", new Dictionary<string, Loss> { ["price"] = "mse" }, new Dictionary<string, double> { ["Price"] = 2 }));
    }

    [Fact]
    public void Targets_that_are_missing() => Says(
        "Output 'is_sold' of 'HouseNet' has the loss 'binary_crossentropy', but there are no targets for it. Expected targets for " +
            "'price', 'is_sold'.",
        model => model.Fit(X, [Price, null]));

    [Fact]
    public void Targets_that_do_not_fit()
    {
        Says("Output 'price' of 'HouseNet': The loss 'mean_squared_error' takes", model => model.Fit(X, [Figures, Price]));
        Says("y['price'] is not a number (NaN) at row 2, column 0", model =>
        {
            float[] numbers = new float[8];
            numbers[2] = float.NaN;
            model.Fit(X, [Tensor.Create(numbers, [8, 1]), Price]);
        });
        Says("Output 'is_sold' of 'HouseNet': Sample weights must have", model =>
            model.Fit(X, Y, sampleWeight: [null, Examples.Features(8, 3)]));
        Says("Output 'is_sold' of 'HouseNet': `classWeight` has a weight for class 7", model =>
            model.Fit(X, Y, classWeight: [null, new Dictionary<int, float> { [7] = 2 }]));
    }

    [Fact]
    public void No_loss_at_all() => Assert.Contains("No loss to compute", Assert.Throws<InvalidOperationException>(() =>
    {
        HouseNet model = new(1);
        model.Compile("adam", [null, null]);
        model.Fit(X, Y);
    }).Message, StringComparison.Ordinal);

    [Fact]
    public void Lists_that_are_too_short_or_long()
    {
        Says("Received: 1 in `loss`. Missing: 'is_sold'", model => model.Compile("adam", ["mse"]));
        Says("Received: 3 in `lossWeights`", model => model.Compile("adam", ["mse", "mse"], [1, 2, 3]));
        Says("Received: 1 in `metrics`", model => model.Compile("adam", "mse", "mae"));
        Says("finite loss weight for output 'is_sold'", model => model.Compile("adam", ["mse", "mse"], [1, double.NaN]));
    }

    [Fact]
    public void Gradients_of_outputs_that_are_missing_or_do_not_fit()
    {
        Says("Missing: 'is_sold'", model =>
        {
            model.Forward(X);
            model.Backward([Price]);
        });
        Says("Expected shape (8, 1), but received: outputGradients['is_sold'].shape=(8, 13)", model =>
        {
            model.Forward(X);
            model.Backward([Price, Figures]);
        });
    }

    [Fact]
    public void Room_for_an_output_that_does_not_fit()
    {
        Says("gives 1 numbers at 'is_sold'", model => model.Predict([new float[13], new float[8]], [new float[1], new float[2]]));
        Says("takes 8 numbers at the input 'street' for a single sample. Received: 7",
            model => model.PredictSingle().Take(1, new float[7]));
    }

    // What every network has, without the forms that are written for this one.
    private static void Says(string text, Action<Model> call)
    {
        HouseNet model = new(1);
        model.Compile("adam", ["mse", "binary_crossentropy"]);
        float[] before = Numbers(model);
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => call(model));
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Numbers(model));
    }

    private static float[] Numbers(Model model) => [.. model.Weights.SelectMany(weight => weight.Values.ToArray())];
}
