using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Arguments of <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c> in Keras's order, and what steps and frequencies mean.</summary>
[Collection(nameof(Alone))]
public sealed class FitArgumentTests
{
    private static readonly Dataset Data = Examples.Binary(50);

    [Fact]
    public void Positional_arguments_are_in_Keras_order()
    {
        BinaryNet model = Compiled(), named = Compiled();
        Tensor<float> weights = Tensor.Create([.. Enumerable.Range(0, 50).Select(i => i / 50f)]);
        Counts counts = new();
        Dataset validation = Examples.Binary(30);
        History history = model.Fit(
            Data.Features, Data.Targets, 10, 5, Verbose.Silent, [counts], 0, validation, false, null, weights, 1, 3, 2, 7, 2);
        History same = named.Fit(
            Data.Features, Data.Targets, batchSize: 10, epochs: 5, verbose: Verbose.Silent, validationData: validation, shuffle: false,
            sampleWeight: weights, initialEpoch: 1, stepsPerEpoch: 3, validationSteps: 2, validationBatchSize: 7, validationFrequency: 2);
        Assert.Equal([1, 2, 3, 4], history.Epochs);
        Assert.Equal(same["loss"], history["loss"]);
        Assert.Equal(same["val_loss"], history["val_loss"]);
        // Epochs of 3, 2 (the data runs out), 3 and 2 batches; two validations of 2.
        Assert.Equal((10, 4), (counts.Trained, counts.Tested));
        Logs logs = model.Evaluate(Data.Features, Data.Targets, 10, Verbose.Silent, weights, 2, [counts]);
        Assert.Equal(6, counts.Tested);
        Tensor<float> head = Data.Features.Slice(..20, ..);
        Assert.Equal(model.Evaluate(head, Data.Targets.Slice(..20, ..), 10, Verbose.Silent, weights.Slice(..20)).Loss, logs.Loss);
        Tensor<float> outputs = model.Predict(Data.Features, 10, Verbose.Silent, 2, [counts]);
        Assert.Equal(2, counts.Predicted);
        Assert.Equal(TensorRows.Numbers(model.Predict(head)), TensorRows.Numbers(outputs));
    }

    [Fact]
    public void Epochs_of_fixed_steps_go_on_in_the_data_and_say_where_it_runs_out()
    {
        BinaryNet model = Compiled(), byHand = Compiled();
        string warnings = Errors(() =>
            model.Fit(Data, batchSize: 10, epochs: 4, verbose: Verbose.Silent, shuffle: false, stepsPerEpoch: 2));
        foreach (int batch in new[] { 0, 1, 2, 3, 4, 0, 1 })
        {
            Dataset rows = Data.Take((batch * 10)..((batch + 1) * 10));
            byHand.TrainOnBatch(rows.Features, rows.Targets);
        }

        Assert.Equal(byHand.Dense.Kernel.Values.ToArray(), model.Dense.Kernel.Values.ToArray());
        Assert.Contains("the data ran out in step 2 of 2 of epoch 3; 50 samples make 5 batches of 10", warnings, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_of_fixed_steps_begins_with_the_first_each_time()
    {
        BinaryNet model = Compiled();
        model.Dense.Trainable = model.Dense1.Trainable = false;
        History history = model.Fit(Data, epochs: 4, verbose: Verbose.Silent, validationData: Data, validationSteps: 2,
            validationBatchSize: 5);
        Assert.All(history["val_loss"], loss => Assert.Equal(history["val_loss"][0], loss));
        Assert.Equal(model.Evaluate(Data.Take(..10), batchSize: 5, verbose: Verbose.Silent).Loss, history["val_loss"][0]);
    }

    [Fact]
    public void More_steps_than_there_are_batches_are_told_of()
    {
        BinaryNet model = Compiled();
        string warnings = Errors(() => model.Evaluate(Data, batchSize: 20, verbose: Verbose.Silent, steps: 7));
        Assert.Contains("the data ran out after 3 of 7 steps", warnings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stepsPerEpoch")]
    [InlineData("validationSteps")]
    [InlineData("validationBatchSize")]
    [InlineData("validationFrequency")]
    public void Nothing_of_something_is_refused(string argument)
    {
        BinaryNet model = Compiled();
        int Of(string name, int otherwise) => name == argument ? 0 : otherwise;
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(
            Data, stepsPerEpoch: Of("stepsPerEpoch", 1), validationSteps: Of("validationSteps", 1),
            validationBatchSize: Of("validationBatchSize", 1), validationFrequency: Of("validationFrequency", 1)));
        Assert.Contains($"Received: {argument}=0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_may_be_arrays()
    {
        float[,] grid = new float[50, 6];
        double[,] doubles = new double[50, 6];
        float[][] rows = [.. Enumerable.Range(0, 50).Select(i => Data.Row(i).ToArray())];
        for (int i = 0; i < 50; i++)
        {
            for (int f = 0; f < 6; f++) doubles[i, f] = grid[i, f] = rows[i][f];
        }

        float[] targets = TensorRows.Numbers(Data.Targets);
        int[] labels = [.. targets.Select(target => (int)target)];
        BinaryNet tensors = Compiled();
        double loss = tensors.Fit(Data, verbose: Verbose.Silent)["loss"][0];
        Tensor<float> predicted = tensors.Predict(Data.Features);
        foreach ((Samples x, Samples y) in new (Samples, Samples)[] { (grid, targets), (doubles, labels), (rows, targets) })
        {
            BinaryNet arrays = Compiled();
            Assert.Equal(loss, arrays.Fit(x, y, verbose: Verbose.Silent)["loss"][0]);
            Assert.Equal(TensorRows.Numbers(predicted), TensorRows.Numbers(arrays.Predict(x)));
        }

        BinaryNet direct = Compiled();
        direct.Fit(grid, labels, verbose: Verbose.Silent);
        Assert.Equal(TensorRows.Numbers(predicted), TensorRows.Numbers(direct.Predict(doubles)));
        Assert.Equal(direct.Evaluate(rows, targets, verbose: Verbose.Silent).Loss, direct.TestOnBatch(grid, labels).Loss, 1e-6);
        Assert.Equal(direct.TestOnBatch(rows, targets).Loss, direct.TrainOnBatch(rows, targets).Loss, 1e-6);
    }

    private static string Errors(Action action)
    {
        TextWriter before = Console.Error;
        using StringWriter errors = new();
        Console.SetError(errors);
        try
        {
            action();
        }
        finally
        {
            Console.SetError(before);
        }

        return errors.ToString();
    }

    [Fact]
    public void A_normalization_that_was_not_adapted_is_told_of_once()
    {
        NormalizedNet model = new(seed: 1);
        model.Compile("adam", "mse");
        string warnings = Errors(() =>
        {
            for (int i = 0; i < 2; i++) model.Fit(Examples.Features(8, 3), new float[8], verbose: Verbose.Silent);
        });
        Assert.Equal(2, warnings.Split("layer 'normalization' of 'NormalizedNet' has not seen any data").Length);

        NormalizedNet adapted = new(seed: 1);
        adapted.Normalization.Adapt(new float[,] { { 1, 2, 3 }, { 3, 2, 1 } });
        NormalizedNet copied = new(seed: 1);
        copied.CopyWeightsFrom(adapted);
        foreach (NormalizedNet other in new[] { adapted, copied })
        {
            other.Compile("adam", "mse");
            Assert.Equal("", Errors(() => other.TrainOnBatch(Examples.Features(8, 3), new float[8, 1])));
        }
    }

    private static BinaryNet Compiled()
    {
        BinaryNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        return model;
    }

    private sealed class Counts : Callback
    {
        public int Trained { get; private set; }

        public int Tested { get; private set; }

        public int Predicted { get; private set; }

        public override void OnTrainBatchEnd(int batch, Logs logs) => Trained++;

        public override void OnTestBatchEnd(int batch, Logs logs) => Tested++;

        public override void OnPredictBatchEnd(int batch) => Predicted++;
    }
}
