using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>What a model keeps between calls belongs to one thread at a time; a second one gets an exception, not wrong figures.</summary>
public sealed class ConcurrencyTests
{
    private static readonly Dataset Data = Examples.Binary(64);

    public static TheoryData<string> Calls =>
        ["Fit", "Evaluate", "TrainOnBatch", "TrainOnBatch of spans", "TestOnBatch", "Forward", "Backward", "ApplyGradients", "Compile"];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_second_thread_gets_an_exception(string call)
    {
        BinaryNet model = Compiled();
        InvalidOperationException? exception = null;
        model.Fit(Data, verbose: Verbose.Silent,
            callbacks: [new OnBatch(() =>
            OnThread(() => exception = Record.Exception(() => Run(model, call)) as InvalidOperationException))]);
        Assert.NotNull(exception);
        Assert.Contains("'BinaryNet' is in use: `Fit()` runs on another thread", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_made_meanwhile()
    {
        BinaryNet model = Compiled();
        float[]? outputs = null;
        model.Fit(Data, verbose: Verbose.Silent,
            callbacks: [new OnBatch(() => OnThread(() => outputs = TensorRows.Numbers(model.Predict(Data.Features))))]);
        Assert.Equal(64, outputs!.Length);
    }

    [Fact]
    public void The_model_is_free_after_a_call_that_failed()
    {
        BinaryNet model = Compiled();
        Assert.Throws<TimeoutException>(() =>
            model.Fit(Data, verbose: Verbose.Silent, callbacks: [new OnBatch(() => throw new TimeoutException())]));
        OnThread(() => model.Fit(Data, verbose: Verbose.Silent));
    }

    [Fact]
    public void A_callback_may_evaluate_at_the_end_of_an_epoch()
    {
        BinaryNet model = Compiled();
        Dataset other = Examples.Binary(20);
        List<double> losses = [];
        History history = model.Fit(
            Data, epochs: 3, verbose: Verbose.Silent, validationData: other,
                callbacks: [new OnEpoch(() => losses.Add(model.Evaluate(other, verbose: Verbose.Silent).Loss))]);
        Assert.Equal(history["val_loss"], losses);
    }

    [Fact]
    public void A_callback_that_evaluates_in_the_middle_of_an_epoch_is_told()
    {
        BinaryNet model = Compiled();
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => model.Fit(Data, verbose: Verbose.Silent, callbacks: [new OnBatch(() => model.Evaluate(Data, verbose: Verbose.Silent))]));
        Assert.Contains("`OnEpochEnd`", exception.Message, StringComparison.Ordinal);
    }

    private static void Run(BinaryNet model, string call)
    {
        switch (call)
        {
            case "Fit": model.Fit(Data, verbose: Verbose.Silent); break;
            case "Evaluate": model.Evaluate(Data, verbose: Verbose.Silent); break;
            case "TrainOnBatch": model.TrainOnBatch(Data.Features, Data.Targets); break;
            case "TrainOnBatch of spans": model.TrainOnBatch(new float[6], new float[1]); break;
            case "TestOnBatch": model.TestOnBatch(Data.Features, Data.Targets); break;
            case "Forward": model.Forward(Data.Features); break;
            case "Backward": model.Backward(Data.Targets); break;
            case "ApplyGradients": model.ApplyGradients(); break;
            default: model.Compile("sgd", "mse"); break;
        }
    }

    private static void OnThread(Action action)
    {
        Thread thread = new(() => action());
        thread.Start();
        thread.Join();
    }

    private static BinaryNet Compiled()
    {
        BinaryNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        return model;
    }

    private sealed class OnBatch(Action action) : Callback
    {
        public override void OnTrainBatchEnd(int batch, Logs logs) => action();
    }

    private sealed class OnEpoch(Action action) : Callback
    {
        public override void OnEpochEnd(int epoch, Logs logs) => action();
    }
}
