using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>What <c>Fit</c> does with its arguments.</summary>
public sealed class FitTests
{
    [Fact]
    public void A_network_learns()
    {
        BinaryNet model = new(seed: 1);
        model.Compile(new Adam(learningRate: 0.02), new BinaryCrossentropy(), new BinaryAccuracy("accuracy"));
        History history = model.Fit(Examples.Binary(400), epochs: 60, verbose: Verbose.Silent, validationSplit: 0.25);
        Assert.Equal(["accuracy", "loss", "val_accuracy", "val_loss"], history.Keys);
        Assert.Equal(60, history["loss"].Count);
        Assert.Equal(Enumerable.Range(0, 60), history.Epochs);
        Assert.True(history["loss"][^1] < history["loss"][0] / 2);
        Assert.True(history["accuracy"][^1] > 0.9);
    }

    [Fact]
    public void Validation_is_the_tail_and_is_not_trained_on()
    {
        Dataset data = Examples.Binary(50);
        BinaryNet whole = Compiled(), part = Compiled();
        History split = whole.Fit(data, epochs: 3, verbose: Verbose.Silent, validationSplit: 0.3, shuffle: false);
        Dataset head = new(data.Features.Slice(..35, ..), data.Targets.Slice(..35, ..)),
            tail = new(data.Features.Slice(35.., ..), data.Targets.Slice(35.., ..));
        History given = part.Fit(head, epochs: 3, verbose: Verbose.Silent, validationData: tail, shuffle: false);
        Assert.Equal(split["loss"], given["loss"]);
        Assert.Equal(split["val_loss"], given["val_loss"]);
        Assert.Equal(split["val_loss"][^1], part.Evaluate(tail, verbose: Verbose.Silent).Loss);
    }

    [Fact]
    public void Evaluate_gives_means_over_samples_for_any_batch_size()
    {
        BinaryNet model = Compiled();
        Dataset data = Examples.Binary(77);
        Logs whole = model.Evaluate(data, batchSize: 77, verbose: Verbose.Silent);
        foreach (int size in new[] { 1, 10, 32, 500 })
        {
            Logs parts = model.Evaluate(data, batchSize: size, verbose: Verbose.Silent);
            Assert.Equal(whole.Loss, parts.Loss, 1e-6);
            Assert.Equal(whole["accuracy"], parts["accuracy"], 1e-12);
        }
    }

    [Fact]
    public void Initial_epoch_goes_on_counting()
    {
        History history = Compiled().Fit(Examples.Binary(40), epochs: 7, initialEpoch: 5, verbose: Verbose.Silent);
        Assert.Equal([5, 6], history.Epochs);
    }

    [Fact]
    public void A_weight_of_nothing_takes_a_sample_out()
    {
        Dataset data = Examples.Binary(40);
        float[] weights = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 2f : 0f)];
        BinaryNet weighted = Compiled(), half = Compiled();
        // Half of the samples weigh twice, the others nothing: the mean over all is that of the half.
        weighted.Fit(data.Features, data.Targets, verbose: Verbose.Silent, shuffle: false, batchSize: 40,
            sampleWeight: Tensor.Create(weights));
        half.Fit(data.Features.Slice(..20, ..), data.Targets.Slice(..20, ..), verbose: Verbose.Silent, shuffle: false, batchSize: 40);
        Assert.All(half.Dense.Kernel.Values.ToArray().Zip(weighted.Dense.Kernel.Values.ToArray()), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-6f));
        BinaryNet all = Compiled();
        all.Fit(data.Features, data.Targets, verbose: Verbose.Silent, shuffle: false, batchSize: 40);
        Assert.Contains(all.Dense.Kernel.Values.ToArray().Zip(weighted.Dense.Kernel.Values.ToArray()), pair =>
            MathF.Abs(pair.First - pair.Second) > 1e-4f);
    }

    [Fact]
    public void Class_weights_are_weights_of_the_samples_of_a_class()
    {
        Dataset data = Examples.Binary(40);
        float[] weights = [.. Enumerable.Range(0, 40).Select(i => data.Targets[i, 0] == 1 ? 3f : 1f)];
        BinaryNet byClass = Compiled(), bySample = Compiled();
        byClass.Fit(data, verbose: Verbose.Silent, classWeight: new Dictionary<int, float> { [1] = 3 });
        bySample.Fit(data.Features, data.Targets, verbose: Verbose.Silent, sampleWeight: Tensor.Create(weights));
        Assert.Equal(bySample.Dense.Kernel.Values.ToArray(), byClass.Dense.Kernel.Values.ToArray());
    }

    [Fact]
    public void A_frozen_layer_stays()
    {
        BinaryNet model = Compiled();
        model.Dense.Trainable = false;
        float[] kernel = model.Dense.Kernel.Values.ToArray(), last = model.Dense1.Kernel.Values.ToArray();
        model.Fit(Examples.Binary(40), verbose: Verbose.Silent);
        Assert.Equal(kernel, model.Dense.Kernel.Values.ToArray());
        Assert.NotEqual(last, model.Dense1.Kernel.Values.ToArray());
    }

    [Fact]
    public void Cancellation_ends_training_between_batches_and_keeps_the_weights()
    {
        using CancellationTokenSource source = new();
        BinaryNet model = Compiled(), byHand = Compiled();
        Dataset data = Examples.Binary(100);
        Assert.Throws<OperationCanceledException>(() => model.Fit(
            data, epochs: 1000, batchSize: 20, verbose: Verbose.Silent, callbacks: [new AfterBatches(3, source.Cancel)], shuffle: false,
                cancellationToken: source.Token));
        for (int at = 0; at < 60; at += 20) byHand.TrainOnBatch(data.Take(at..(at + 20)).Features, data.Take(at..(at + 20)).Targets);
        Assert.Equal(byHand.Dense.Kernel.Values.ToArray(), model.Dense.Kernel.Values.ToArray());
        model.Fit(data, verbose: Verbose.Silent);
    }

    [Fact]
    public void A_callback_of_a_batch_ends_training_after_that_batch()
    {
        BinaryNet model = Compiled(), byHand = Compiled();
        Dataset data = Examples.Binary(100), validation = Examples.Binary(30);
        AfterBatches stop = new(2, () => model.StopTraining = true);
        History history = model.Fit(data, epochs: 1000, batchSize: 10, verbose: Verbose.Silent, callbacks: [stop],
            validationData: validation, shuffle: false);
        for (int at = 0; at < 20; at += 10) byHand.TrainOnBatch(data.Take(at..(at + 10)).Features, data.Take(at..(at + 10)).Targets);
        Assert.Equal(2, stop.Seen);
        Assert.Equal([0], history.Epochs);
        Assert.Equal(byHand.Dense.Kernel.Values.ToArray(), model.Dense.Kernel.Values.ToArray());
        Assert.Equal(byHand.Evaluate(validation, batchSize: 10, verbose: Verbose.Silent).Loss, history["val_loss"][0]);
    }

    [Fact]
    public void Keys_that_a_callback_adds_to_the_logs_of_a_batch_are_gone_with_it()
    {
        List<string> keys = [];
        Compiled().Fit(Examples.Binary(30), batchSize: 10, verbose: Verbose.Silent, callbacks: [new AddsKey(), new Watches(keys)]);
        Assert.Equal(["accuracy, loss, added0", "accuracy, loss, added1", "accuracy, loss, added2"], keys);
    }

    [Fact]
    public void No_epochs_leave_the_weights()
    {
        BinaryNet model = new(seed: 1);
        model.Compile(new Adam { UseEma = true }, new BinaryCrossentropy());
        model.Fit(Examples.Binary(40), epochs: 2, verbose: Verbose.Silent);
        model.Dense.Kernel.Assign([.. Enumerable.Repeat(0.5f, model.Dense.Kernel.Values.Length)]);
        model.Fit(Examples.Binary(40), epochs: 0, verbose: Verbose.Silent);
        model.Fit(Examples.Binary(40), epochs: 2, initialEpoch: 2, verbose: Verbose.Silent);
        Assert.All(model.Dense.Kernel.Values.ToArray(), value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void Validation_targets_may_have_or_lack_a_last_axis_of_1()
    {
        Dataset data = Examples.Binary(40), flat = new(data.Features, Tensor.Create(TensorRows.Numbers(data.Targets)));
        foreach ((Dataset train, Dataset validation) in new[] { (data, flat), (flat, data) })
        {
            History history = Compiled().Fit(train, verbose: Verbose.Silent, validationData: validation);
            Assert.Equal(Compiled().Fit(data, verbose: Verbose.Silent, validationData: data)["val_loss"], history["val_loss"]);
        }
    }

    [Fact]
    public void Validation_is_cut_as_evaluation_is()
    {
        BinaryNet model = new(seed: 1);
        model.Compile(new Adam(), new MeanSquaredError { Reduction = Reduction.Sum });
        Dataset few = Examples.Binary(5), many = Examples.Binary(30);
        double loss = model.Fit(few, batchSize: 32, verbose: Verbose.Silent, validationData: many)["val_loss"][0];
        Assert.Equal(model.Evaluate(many, batchSize: 32, verbose: Verbose.Silent).Loss, loss);
    }

    [Theory]
    [InlineData(Verbose.Silent)]
    [InlineData(Verbose.Bar)]
    public void A_batch_may_be_as_large_as_a_number_gets(Verbose verbose)
    {
        BinaryNet model = Compiled();
        Dataset data = Examples.Binary(77);
        Assert.Equal(model.Evaluate(data, batchSize: 77, verbose: Verbose.Silent).Loss,
            model.Evaluate(data, batchSize: int.MaxValue, verbose: verbose).Loss);
        Assert.Single(model.Fit(data, batchSize: int.MaxValue, verbose: verbose, validationSplit: 0.2)["loss"]);
    }

    [Fact]
    public void Gradients_by_hand_are_those_of_fit()
    {
        Dataset data = Examples.Binary(32);
        BinaryNet fit = Compiled(), hand = Compiled();
        fit.Fit(data, verbose: Verbose.Silent, shuffle: false);
        Tensor<float> output = hand.Forward(data.Features, training: true);
        hand.Backward(new BinaryCrossentropy().Gradient(data.Targets, output));
        hand.ApplyGradients();
        for (int i = 0; i < 60; i++) Assert.Equal(fit.Dense.Kernel.Values[i], hand.Dense.Kernel.Values[i], 1e-5f);
    }

    [Fact]
    public void Steps_on_spans_are_those_of_tensors()
    {
        Dataset data = Examples.Binary(20);
        BinaryNet spans = Compiled(), tensors = Compiled();
        double loss = spans.TrainOnBatch(TensorRows.Numbers(data.Features), TensorRows.Numbers(data.Targets));
        Logs logs = tensors.TrainOnBatch(data.Features, data.Targets);
        Assert.Equal(loss, logs.Loss);
        Assert.Equal(tensors.Dense.Kernel.Values.ToArray(), spans.Dense.Kernel.Values.ToArray());
    }

    private static BinaryNet Compiled()
    {
        BinaryNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        return model;
    }

    private sealed class AfterBatches(int count, Action action) : Callback
    {
        public int Seen { get; private set; }

        public override void OnTrainBatchEnd(int batch, Logs logs)
        {
            if (++Seen == count) action();
        }
    }

    private sealed class AddsKey : Callback
    {
        public override void OnTrainBatchEnd(int batch, Logs logs) => logs[$"added{batch}"] = batch;
    }

    private sealed class Watches(List<string> keys) : Callback
    {
        public override void OnTrainBatchEnd(int batch, Logs logs) => keys.Add(string.Join(", ", logs.Keys));
    }
}
