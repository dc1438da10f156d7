using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>A few thousand samples of it are more than an arena holds.</summary>
[Network]
[Input(1)]
[Dense(1_000_000, Activation.Relu, UseBias = false)]
[Dense(1)]
internal sealed partial class HugeNet;

/// <summary>What a batch takes: one that is too large is refused, and none is kept longer than its call.</summary>
public sealed class BatchMemoryTests
{
    private static readonly Lazy<HugeNet> Huge = new(static () =>
    {
        HugeNet model = new(seed: 1);
        model.Compile("sgd", "mse");
        return model;
    });

    public static TheoryData<string> Calls => ["Fit", "Evaluate", "TrainOnBatch", "TrainOnBatch of spans", "TestOnBatch", "Forward"];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_batch_that_is_too_large_is_refused(string call)
    {
        float[] numbers = new float[5000];
        Tensor<float> x = Tensor.Create(numbers, [5000, 1]);
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => Run(Huge.Value, x, numbers, call));
        Assert.Contains("batch of 5000 samples of 'HugeNet'", exception.Message, StringComparison.Ordinal);
        Assert.Matches("needs [0-9]{11,} bytes", exception.Message);
        Assert.Matches("batchSize of at most [0-9]{3,4}\\b", exception.Message);
    }

    [Fact]
    public void A_model_does_not_keep_the_data_it_was_trained_on()
    {
        BinaryNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        WeakReference[] data = Train(model);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(data, reference => Assert.False(reference.IsAlive));
        GC.KeepAlive(model);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Train(BinaryNet model)
    {
        float[] x = TensorRows.Numbers(Examples.Features(64, 6)), y = new float[64], outputs = TensorRows.Numbers(Examples.Features(64, 6));
        Tensor<float> features = Tensor.Create(x, [64, 6]), targets = Tensor.Create(y, [64, 1]);
        model.Fit(new Dataset(features, targets), verbose: Verbose.Silent, validationSplit: 0.5, callbacks: [new EarlyStopping()]);
        model.Evaluate(features, targets, verbose: Verbose.Silent);
        model.Forward(Tensor.Create(outputs, [64, 6]));
        return [new(x), new(y), new(outputs), new(features), new(targets)];
    }

    private static void Run(HugeNet model, Tensor<float> x, float[] numbers, string call)
    {
        switch (call)
        {
            case "Fit": model.Fit(x, x, batchSize: 5000, verbose: Verbose.Silent); break;
            case "Evaluate": model.Evaluate(x, x, batchSize: int.MaxValue, verbose: Verbose.Silent); break;
            case "TrainOnBatch": model.TrainOnBatch(x, x); break;
            case "TrainOnBatch of spans": model.TrainOnBatch(numbers, numbers); break;
            case "TestOnBatch": model.TestOnBatch(x, x); break;
            default: model.Forward(x); break;
        }
    }
}
