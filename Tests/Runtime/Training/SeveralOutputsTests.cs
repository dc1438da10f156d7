using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Training, evaluation and prediction of networks with several inputs and outputs.</summary>
public sealed class SeveralOutputsTests
{
    private static readonly Samples[] X = [Examples.Features(48, 13), Examples.Features(48, 8, seed: 6)];
    private static readonly Tensor<float> Price = Examples.Features(48, 1, seed: 7);
    private static readonly Tensor<float> IsSold =
        Tensor.Create([.. Enumerable.Range(0, 48).Select(i => Price[i, 0] > 0 ? 1f : 0f)], [48, 1]);

    private static readonly Samples[] Y = [Price, IsSold];

    [Fact]
    public void Figures_have_the_names_and_the_order_of_Keras()
    {
        HouseNet model = new(1);
        model.Compile("adam", ["mse", "binary_crossentropy"], [1, 0.2], [["mae"], ["accuracy"]], [["mae"], []]);
        History history = model.Fit(X, Y, epochs: 2, verbose: Verbose.Silent, validationSplit: 0.25);
        string[] names = ["is_sold_accuracy", "is_sold_loss", "loss", "price_loss", "price_mae", "price_weighted_mae"];
        Assert.Equal([.. names, .. names.Select(name => "val_" + name)], history.Keys);
        Assert.Equal(2, history["val_is_sold_accuracy"].Count);
        Assert.Equal(names, model.TestOnBatch(X, Y).Keys);
        Assert.Equal(names, model.TrainOnBatch(X, Y).Keys);
    }

    [Fact]
    public void A_single_loss_has_no_figure_beside_the_sum()
    {
        HouseNet model = new(1);
        model.Compile("adam", [null, "binary_crossentropy"], metrics: [["mae"], []]);
        Assert.Equal(["loss", "price_mae"], model.TestOnBatch(X, Y).Keys);
    }

    [Fact]
    public void The_loss_is_the_weighted_sum_of_those_of_the_outputs()
    {
        HouseNet model = new(1);
        model.Compile("adam", ["mse", "binary_crossentropy"], [0.5, 3]);
        Tensor<float>[] outputs = model.Predict(X);
        Logs logs = model.Evaluate(X, Y, batchSize: 1, verbose: Verbose.Silent);
        Assert.Equal(new MeanSquaredError().Call(Price, outputs[0]), logs["price_loss"], 1e-5);
        Assert.Equal(new BinaryCrossentropy().Call(IsSold, outputs[1]), logs["is_sold_loss"], 1e-5);
        Assert.Equal((0.5 * logs["price_loss"]) + (3 * logs["is_sold_loss"]), logs.Loss, 1e-6);

        // With a smaller last batch those of the outputs are means over batches, as in Keras, and the loss is one over samples.
        Logs uneven = model.Evaluate(X, Y, batchSize: 7, verbose: Verbose.Silent);
        Assert.Equal(logs.Loss, uneven.Loss, 1e-5);
        float[] price = TensorRows.Numbers(outputs[0]), y = TensorRows.Numbers(Price);
        double mean = Enumerable.Range(0, y.Length).Chunk(7).Average(batch => batch.Average(i => Math.Pow(price[i] - y[i], 2)));
        Assert.Equal(mean, uneven["price_loss"], 1e-5);
    }

    [Fact]
    public void One_loss_is_for_every_output()
    {
        HouseNet model = new(1), twice = new(1);
        model.Compile("adam", "mse");
        twice.Compile("adam", ["mse", "mse"]);
        Assert.Equal(twice.TrainOnBatch(X, Y), model.TrainOnBatch(X, Y));
        Assert.Equal(Bits(twice), Bits(model));
    }

    [Fact]
    public void Lists_and_dictionaries_do_the_same()
    {
        HouseNet byOrder = new(1), byName = new(1);
        byOrder.Compile("adam", ["mse", "binary_crossentropy"], [1, 0.2], [[], ["accuracy"]], [["mae"], []]);
        byName.Compile(
            "adam", new Dictionary<string, Loss> { ["is_sold"] = "binary_crossentropy", ["price"] = "mse" },
            new Dictionary<string, double> { ["is_sold"] = 0.2 },
                new Dictionary<string, IReadOnlyList<Metric>> { ["is_sold"] = ["accuracy"] },
            new Dictionary<string, IReadOnlyList<Metric>> { ["price"] = ["mae"] });
        Samples weights = Enumerable.Range(0, 48).Select(i => 0.5f + (i % 3)).ToArray();
        var x = new Dictionary<string, Samples> { ["street"] = X[1], ["figures"] = X[0] };
        var y = new Dictionary<string, Samples> { ["is_sold"] = IsSold, ["price"] = Price };
        var classes = new Dictionary<int, float> { [0] = 0.5f, [1] = 2 };
        History one = byOrder.Fit(
            X, Y, epochs: 2, verbose: Verbose.Silent, validationData: (X, Y), classWeight: [null, classes], sampleWeight: [weights, null]);
        History other = byName.Fit(
            x, y, epochs: 2, verbose: Verbose.Silent, validationData: (x, y),
            classWeight: new Dictionary<string, IReadOnlyDictionary<int, float>> { ["is_sold"] = classes },
            sampleWeight: new Dictionary<string, Samples> { ["price"] = weights });
        Assert.Equal(one.Keys, other.Keys);
        Assert.All(one.Keys, key => Assert.Equal(one[key], other[key]));
        Assert.Equal(Bits(byOrder), Bits(byName));
        Assert.Equal(byOrder.Evaluate(X, Y, verbose: Verbose.Silent), byName.Evaluate(x, y, verbose: Verbose.Silent));
        Assert.Equal(TensorRows.Numbers(byOrder.Predict(X)[1]), TensorRows.Numbers(byName.Predict(x)["is_sold"]));
        Assert.Equal(byOrder.TrainOnBatch(X, Y), byName.TrainOnBatch(x, y));
    }

    [Fact]
    public void Weights_of_samples_and_classes_belong_to_their_output()
    {
        HouseNet model = new(1);
        model.Compile(new SGD(1e-9), ["mse", "binary_crossentropy"]);
        float[] weights = [.. Enumerable.Range(0, 48).Select(i => (float)(i % 4))];
        float[] ofClasses = [.. Enumerable.Range(0, 48).Select(i => IsSold[i, 0] == 1 ? 2f : 0.25f)];
        Tensor<float>[] outputs = model.Predict(X);
        Logs logs = model.TrainOnBatch(X, Y, [weights, null], [null, new Dictionary<int, float> { [0] = 0.25f, [1] = 2 }]);
        Assert.Equal(new MeanSquaredError().Call(Price, outputs[0], Tensor.Create(weights)), logs["price_loss"], 1e-5);
        Assert.Equal(new BinaryCrossentropy().Call(IsSold, outputs[1], Tensor.Create(ofClasses)), logs["is_sold_loss"], 1e-5);
    }

    [Fact]
    public void Accuracy_means_for_each_output_what_its_shapes_tell()
    {
        WideGraphNet model = new(1);
        Samples[] x = [Examples.Features(32, 120), Examples.Features(32, 90)];
        Samples[] y = [Examples.Classes(32, 4).Targets, Examples.Features(32, 2)];
        model.Compile("adam", ["crossentropy", "mse"], metrics: [["accuracy"], ["accuracy"]]);
        Logs logs = model.TestOnBatch(x, y);
        Tensor<float> kind = model.Predict(x)[0];
        var sparse = new SparseCategoricalAccuracy();
        sparse.Update(y[0].Tensor, kind);
        Assert.Equal(sparse.Result, logs["kind_accuracy"]);
        Assert.Equal(0, logs["place_accuracy"] % (1 / 32.0), 1e-9);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bits_do_not_depend_on_threads(int threads)
    {
        Samples[] x = [Examples.Features(300, 120), Examples.Features(300, 90)];
        Samples[] y = [Examples.Classes(300, 4).Targets, Examples.Features(300, 2)];
        WideGraphNet alone = Trained(1), shared = Trained(threads);
        Assert.Equal(Bits(alone), Bits(shared));
        Tensor<float>[] one = alone.Predict(x), other = shared.Predict(x);
        for (int i = 0; i < 2; i++) Assert.Equal(TensorRows.Numbers(one[i]), TensorRows.Numbers(other[i]));
        Assert.Equal(Row(alone), Row(shared));

        WideGraphNet Trained(int count)
        {
            WideGraphNet model = new(1) { Threads = count };
            model.Compile("adam", ["sparse_categorical_crossentropy", "mse"], [1, 0.3]);
            model.Fit(x, y, batchSize: 128, epochs: 2, verbose: Verbose.Silent);
            return model;
        }

        float[] Row(WideGraphNet model)
        {
            float[] kind = new float[3], place = new float[2];
            model.Predict([FirstRow(x[0], 120), FirstRow(x[1], 90)], [kind, place]);
            return [.. kind, .. place];
        }
    }

    [Fact]
    public void Single_samples_several_and_tensors_are_predicted_alike()
    {
        HouseNet model = new(1);
        Tensor<float>[] outputs = model.Predict(X);
        float[] figures = TensorRows.Numbers(X[0].Tensor), street = TensorRows.Numbers(X[1].Tensor);
        float[] price = new float[48], isSold = new float[48];
        model.Predict([figures, street], [price, isSold]);
        Assert.Equal(TensorRows.Numbers(outputs[0]), price);
        Assert.Equal(TensorRows.Numbers(outputs[1]), isSold);
        float[] onePrice = new float[1], oneIsSold = new float[1];
        for (int i = 0; i < 48; i++)
        {
            model.Predict([figures.AsMemory(i * 13, 13), street.AsMemory(i * 8, 8)], [onePrice, oneIsSold]);
            Assert.Equal(price[i], onePrice[0], 1e-5f);
            Assert.Equal(isSold[i], oneIsSold[0], 1e-5f);
        }

        SinglePrediction single = model.PredictSingle();
        single.Take(0, figures.AsSpan(0, 13));
        single.Take(1, street.AsSpan(0, 8));
        single.Run();
        single.Give(0, onePrice);
        Assert.Equal(price[0], onePrice[0], 1e-5f);
    }

    [Fact]
    public void A_single_network_takes_the_forms_of_several()
    {
        BinaryNet one = new(1), other = new(1);
        Dataset data = Examples.Binary(40);
        one.Compile("adam", "binary_crossentropy", "accuracy");
        other.Compile("adam", ["binary_crossentropy"], metrics: [["accuracy"]]);
        History first = one.Fit(data, epochs: 2, verbose: Verbose.Silent);
        History second = other.Fit([data.Features], [data.Targets], epochs: 2, verbose: Verbose.Silent);
        Assert.Equal(first["accuracy"], second["accuracy"]);
        Assert.Equal(first["loss"], second["loss"]);
        float[] row = FirstRow(data.Features, 6), output = new float[1];
        other.Predict([row], [output]);
        Assert.Equal(one.Predict(row), output);
        SinglePrediction single = one.PredictSingle();
        single.Take(0, row);
        single.Run();
        single.Give(0, output);
        Assert.Equal(one.Predict(row), output);
    }

    [Fact]
    public void An_output_without_a_loss_trains_nothing()
    {
        TwoTowersNet model = new(1);
        Samples x = Examples.Features(32, 5), y = Examples.Features(32, 3);
        // Momentum and decay would move weights whose gradient is zero.
        model.Compile(new AdamW(0.01, weightDecay: 0.1), [null, "mse"]);
        float[] left = Left(), right = [.. model.Dense2.Kernel.Values];
        Tensor<float> before = model.Predict([x])[0];
        History history = model.Fit([x], [null, y], epochs: 3, verbose: Verbose.Silent);
        Assert.True(history["loss"][2] < history["loss"][0]);
        Assert.Equal(left, Left());
        Assert.NotEqual(right, model.Dense2.Kernel.Values.ToArray());
        Assert.Equal(2, before.Lengths[1]);
        model.Compile(new AdamW(0.01, weightDecay: 0.1), ["mse", "mse"]);
        model.Fit([x], [Examples.Features(32, 2), y], verbose: Verbose.Silent);
        Assert.NotEqual(left, Left());

        float[] Left() => [.. model.Dense.Kernel.Values, .. model.Dense.Bias.Values, .. model.Dense1.Kernel.Values];
    }

    [Fact]
    public void A_step_is_what_forward_losses_backward_and_update_make()
    {
        HouseNet model = new(1), byHand = new(1);
        model.Compile(new SGD(0.1), ["mse", "binary_crossentropy"], [1, 0.2]);
        byHand.Compile(new SGD(0.1));
        for (int step = 0; step < 3; step++)
        {
            model.TrainOnBatch(X, Y);
            Tensor<float>[] outputs = byHand.Forward(X, training: true);
            Tensor<float> ofPrice = new MeanSquaredError().Gradient(Price, outputs[0]);
            Tensor<float> ofIsSold = Tensor.Multiply<float>(new BinaryCrossentropy().Gradient(IsSold, outputs[1]), 0.2f);
            byHand.Backward([ofPrice, ofIsSold]);
            byHand.ApplyGradients();
        }

        for (int w = 0; w < model.Weights.Count; w++)
        {
            for (int i = 0; i < model.Weights[w].Values.Length; i++)
                Assert.Equal(model.Weights[w].Values[i], byHand.Weights[w].Values[i], 1e-5f);
        }
    }

    private static float[] FirstRow(Samples x, int columns) => TensorRows.Numbers(x.Tensor)[..columns];

    private static uint[] Bits(Model model) =>
        [.. model.Weights.SelectMany(weight => weight.Values.ToArray()).Select(BitConverter.SingleToUInt32Bits)];
}
