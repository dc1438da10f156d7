using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>What a network tells of itself, and weights that go from one to another.</summary>
public sealed class ModelTests
{
    [Fact]
    public void A_seed_that_is_not_given_is_drawn_and_told()
    {
        BinaryNet[] models = [.. Enumerable.Range(0, 4).Select(_ => new BinaryNet())];
        Assert.Equal(4, models.Select(model => model.Seed).Distinct().Count());
        Assert.NotEqual(models[0].Dense.Kernel.Values.ToArray(), models[1].Dense.Kernel.Values.ToArray());
        BinaryNet again = new(models[0].Seed);
        Assert.Equal(models[0].Dense.Kernel.Values.ToArray(), again.Dense.Kernel.Values.ToArray());
        Assert.Equal(-7, new BinaryNet(-7).Seed);
    }

    [Fact]
    public void Weights_are_copied_between_networks_of_one_class()
    {
        WideNet from = new(seed: 1), to = new(seed: 2);
        from.Compile("adam", "sparse_categorical_crossentropy");
        from.Fit(Examples.Classes(32, 64), verbose: Verbose.Silent);
        float[] before = [.. from.Weights.SelectMany(weight => weight.Values.ToArray())];
        to.CopyWeightsFrom(from);
        Assert.Equal(before, to.Weights.SelectMany(weight => weight.Values.ToArray()));
        to.Dense.Kernel.Assign(new float[to.Dense.Kernel.Values.Length]);
        Assert.Equal(before, from.Weights.SelectMany(weight => weight.Values.ToArray()));
        ArgumentException exception = Assert.Throws<ArgumentException>(() => to.CopyWeightsFrom(new BinaryNet(1)));
        Assert.Contains("Expected a WideNet, but received a BinaryNet", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Class_numbers_of_a_batch()
    {
        ClassNet classes = new(seed: 3);
        Tensor<float> x = Examples.Features(40, 4), outputs = classes.Predict(x);
        int[] largest = [.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 3).MaxBy(c => outputs[i, c]))];
        Assert.Equal(largest, classes.PredictClasses(x));
        Assert.True(largest.Distinct().Count() > 1);

        BinaryNet binary = new(seed: 3);
        Tensor<float> features = Examples.Features(40, 6), probabilities = binary.Predict(features);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => probabilities[i, 0] > 0.5f ? 1 : 0), binary.PredictClasses(features));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => probabilities[i, 0] > 0.6f ? 1 : 0),
            binary.PredictClasses(features, threshold: 0.6f));

        NormalizedNet regression = new(seed: 1);
        Assert.Contains("no probabilities",
            Assert.Throws<InvalidOperationException>(() => regression.PredictClasses(new float[2, 3])).Message, StringComparison.Ordinal);
        Assert.Equal(2, regression.PredictClasses(new float[2, 3], threshold: 0).Length);
    }

    [Fact]
    public void Networks_layers_weights_and_histories_say_what_they_are()
    {
        BinaryNet model = new(seed: 1);
        model.Dense1.Bias.Assign([0.25f]);
        Assert.Equal("BinaryNet: (None, 6) -> (None, 1), 81 parameters, seed 1", model.ToString());
        Assert.Equal("dense: Dense, output (None, 10), 70 parameters", model.Dense.ToString());
        model.Dense.Trainable = false;
        Assert.Equal("dense: Dense, output (None, 10), 70 parameters, frozen", model.Dense.ToString());
        Assert.Equal("dense_1/bias (1,): 0.25", model.Dense1.Bias.ToString());
        Assert.StartsWith("dense/kernel (6, 10): ", model.Dense.Kernel.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(", ...", model.Dense.Kernel.ToString(), StringComparison.Ordinal);
        model.Compile("adam", "mse");
        History history = model.Fit(Examples.Binary(8), epochs: 2, verbose: Verbose.Silent);
        Assert.Matches("^2 epochs, the last: loss: 0[.][0-9]{4}$", history.ToString());
        Assert.Equal("no epochs", model.Fit(Examples.Binary(8), epochs: 0, verbose: Verbose.Silent).ToString());
    }

    [Fact]
    public void Outputs_that_no_array_holds_are_refused()
    {
        WideOutputNet model = new(seed: 1);
        foreach (Action predict in new Action[] { () => model.Predict(new float[3000]), () => model.Predict(new float[3000, 1]) })
            Assert.Contains("Predict at most 2147 samples at once", Assert.Throws<ArgumentException>(predict).Message,
                StringComparison.Ordinal);
    }
}
