using System.Numerics.Tensors;

namespace CompiledNets.Tests.Training;

/// <summary>A network of several inputs and outputs as a user meets it: by names, never by positions.</summary>
public sealed class GraphApiTests
{
    [Fact]
    public void A_graph_is_compiled_trained_judged_and_predicted_by_names()
    {
        var model = new HouseNet(seed: 1);
        model.Compile(new Adam(0.01), loss: new() { Price = "mse", IsSold = "binary_crossentropy" }, lossWeights: new() { IsSold = 0.2 },
            metrics: new() { IsSold = ["accuracy"] });
        (float[,] x1, float[,] x2, float[,] price, float[,] isSold) = Data(64);
        History history = model.Fit(figures: x1, street: x2, price: price, isSold: isSold, batchSize: 16, epochs: 20,
            verbose: Verbose.Silent, validationData: (x1, x2, price, isSold));
        Assert.Equal(["is_sold_accuracy", "is_sold_loss", "loss", "price_loss"],
            history.Keys.Where(key => !key.StartsWith("val_", StringComparison.Ordinal)));
        (Tensor<float> p, Tensor<float> s) = model.Predict(x1, x2);
        Assert.Equal([64, 1], p.Lengths.ToArray());
        Assert.Equal([64, 1], s.Lengths.ToArray());
        Logs logs = model.Evaluate(x1, x2, price, isSold, verbose: Verbose.Silent);
        Assert.Equal(logs["price_loss"] + (0.2 * logs["is_sold_loss"]), logs["loss"], 4);
        Assert.True(history["loss"][^1] < history["loss"][0] / 2);
        (Tensor<float> forward, _) = model.Forward(x1, x2);
        Assert.Equal(p.ToArray(), forward.ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        (Tensor<float> ofFigures, Tensor<float> ofStreet) = model.Backward(price: forward, isSold: null);
        Assert.Equal([64, 13], ofFigures.Lengths.ToArray());
        Assert.Equal([64, 8], ofStreet.Lengths.ToArray());
        Assert.Equal("Deep (32)", model.Deep.ToString());
    }

    [Fact]
    public void All_choices_of_training_are_given_by_names()
    {
        (float[,] x1, float[,] x2, float[,] price, float[,] isSold) = Data(64);
        float[] weights = [.. Enumerable.Range(0, 64).Select(i => i % 3 / 2f)];
        History byName = Compiled().Fit(
            x1, x2, price, isSold, batchSize: 16, epochs: 4, verbose: Verbose.Silent, validationData: (x1, x2, price, isSold),
            validationSampleWeight: new() { IsSold = weights }, stepsPerEpoch: 2, validationSteps: 3, validationBatchSize: 8,
            validationFrequency: 2);
        History byPosition = Compiled().Fit(
            [x1, x2], [price, isSold], 16, 4, Verbose.Silent, validationData: ([x1, x2], [price, isSold]),
            validationSampleWeight: [null, weights], stepsPerEpoch: 2, validationSteps: 3, validationBatchSize: 8, validationFrequency: 2);
        Assert.Equal(byPosition.Keys, byName.Keys);
        Assert.Equal(2, byName["val_loss"].Count);
        foreach (string key in byName.Keys) Assert.Equal(byPosition[key], byName[key]);
        Assert.Equal(
            Compiled().Evaluate([x1, x2], [price, isSold], 8, Verbose.Silent, steps: 2)["loss"],
            Compiled().Evaluate(x1, x2, price, isSold, 8, Verbose.Silent, steps: 2)["loss"]);
    }

    private static HouseNet Compiled()
    {
        var model = new HouseNet(seed: 1);
        model.Compile(new Adam(0.01), loss: new() { Price = "mse", IsSold = "binary_crossentropy" });
        return model;
    }

    private static (float[,] X1, float[,] X2, float[,] Price, float[,] IsSold) Data(int samples)
    {
        var random = new Random(3);
        (float[,] x1, float[,] x2, float[,] price, float[,] isSold) = (new float[samples, 13], new float[samples, 8], new float[samples, 1],
            new float[samples, 1]);
        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < 13; i++) x1[s, i] = random.NextSingle();
            for (int i = 0; i < 8; i++) x2[s, i] = random.NextSingle();
            price[s, 0] = x1[s, 0] + (2 * x2[s, 3]);
            isSold[s, 0] = x1[s, 1] > x2[s, 1] ? 1 : 0;
        }

        return (x1, x2, price, isSold);
    }
}

[Network]
internal sealed partial class HouseNet
{
    [Input(13)] public partial Node Figures { get; }
    [Input(8)] public partial Node Street { get; }
    [From(nameof(Street)), Dense(8, Activation.Relu)] public partial Node Place { get; }
    [Concatenate(nameof(Figures), nameof(Place)), Dense(32, Activation.Relu)] public partial Node Seen { get; }
    [From(nameof(Seen)), Dense(32, Activation.Relu), Add(nameof(Seen))] public partial Node Deep { get; }
    [From(nameof(Deep)), Dense(1), Output] public partial Node Price { get; }
    [From(nameof(Deep)), Dense(1, Activation.Sigmoid), Output] public partial Node IsSold { get; }
}
