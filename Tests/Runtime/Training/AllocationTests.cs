using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Training steps and predictions allocate nothing once everything is there, on no thread.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_training_step_allocates_nothing(int threads)
    {
        WideNet model = new(1) { Threads = threads };
        model.Compile("adam", "sparse_categorical_crossentropy");
        Dataset data = Examples.Classes(64, 64);
        float[] x = Numbers(data.Features), y = Numbers(data.Targets);
        Assert.Equal(0, Allocated(() => model.TrainOnBatch(x, y)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_with_penalties_and_constraints_allocates_nothing(int threads)
    {
        RuledNet model = new(1) { Threads = threads };
        model.Compile("adam", "mse");
        Dataset data = WeightRuleTests.Data(128);
        float[] x = Numbers(data.Features), y = Numbers(data.Targets);
        Assert.Equal(0, Allocated(() => model.TrainOnBatch(x, y)));
        WidePenalizedNet penalized = new(1) { Threads = threads };
        penalized.Compile("adam", "mse");
        Assert.Equal(0, Allocated(() => penalized.TrainOnBatch(x, y)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_that_normalizes_weights_allocates_nothing(int threads)
    {
        SpectralWideNet model = new(1) { Threads = threads };
        model.Compile("lamb", "log_cosh");
        float[] x = Numbers(Examples.Features(96, 40)), y = Numbers(Examples.Features(96, 1));
        Assert.Equal(0, Allocated(() => model.TrainOnBatch(x, y)));
    }

    [Fact]
    public void An_epoch_allocates_the_same_for_any_number_of_steps()
    {
        BinaryNet model = new(1);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        Dataset few = Examples.Binary(64), many = Examples.Binary(2048);
        Callback[][] choices = [[], [new EarlyStopping("loss")]];
        foreach (Callback[] callbacks in choices)
        {
            AssertSame(() => Fit(few), () => Fit(many));

            void Fit(Dataset data) =>
                model.Fit(data, verbose: Verbose.Silent, callbacks: callbacks, validationData: data, shuffle: false);
        }
    }

    [Fact]
    public void A_count_of_what_threads_allocate_sees_those_of_others()
    {
        long bytes = Allocated(() =>
        {
            Thread thread = new(() => GC.KeepAlive(new byte[100_000]));
            thread.Start();
            thread.Join();
        });
        Assert.True(bytes > 100_000);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(32, 1)]
    [InlineData(600, 2)]
    public void A_prediction_allocates_nothing(int rows, int threads)
    {
        WideNet model = new(1) { Threads = threads };
        float[] x = Numbers(Examples.Features(rows, 64)), outputs = new float[rows * 3];
        Assert.Equal(0, Allocated(() => model.Predict(x, outputs)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_batch_of_large_images_allocates_nothing(int threads)
    {
        OneByOneNet model = new(1) { Threads = threads };
        float[] x = Numbers(Examples.Features(3, 112 * 112 * 3)), outputs = new float[3 * 3];
        Assert.Equal(0, Allocated(() => model.Predict(x, outputs)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 1)]
    [InlineData(600, 2)]
    public void Several_inputs_and_outputs_allocate_nothing(int rows, int threads)
    {
        HouseNet model = new(1) { Threads = threads };
        model.Compile("adam", ["mse", "binary_crossentropy"]);
        ReadOnlyMemory<float>[] x = [Numbers(Examples.Features(rows, 13)), Numbers(Examples.Features(rows, 8))];
        ReadOnlyMemory<float>[] y = [new float[rows], new float[rows]];
        Memory<float>[] outputs = [new float[rows], new float[rows]];
        Assert.Equal(0, Allocated(() => model.Predict(x, outputs)));
        Assert.Equal(0, Allocated(() => model.TrainOnBatch(x, y)));
    }

    [Fact]
    public void A_row_of_several_inputs_that_threads_share_allocates_nothing()
    {
        WideGraphNet model = new(1) { Threads = 2 };
        ReadOnlyMemory<float>[] x = [new float[120], new float[90]];
        Memory<float>[] outputs = [new float[3], new float[2]];
        Assert.Equal(0, Allocated(() => model.Predict(x, outputs)));
    }

    [Fact]
    public void An_epoch_of_several_outputs_allocates_the_same_for_any_number_of_steps()
    {
        HouseNet model = new(1);
        model.Compile("adam", ["mse", "binary_crossentropy"], [1, 0.2], [["mae"], ["accuracy"]]);
        AssertSame(Epoch(64), Epoch(512));

        Action Epoch(int rows)
        {
            Samples[] x = [Examples.Features(rows, 13), Examples.Features(rows, 8)];
            Samples[] y = [Examples.Features(rows, 1), new float[rows]];
            Callback[] callbacks = [new EarlyStopping("loss")];
            return () => model.Fit(
                x, y, verbose: Verbose.Silent, callbacks: callbacks, validationData: (x, y), shuffle: false);
        }
    }

    [Fact]
    public void A_row_that_threads_share_allocates_nothing()
    {
        SharedRowNet model = new(1) { Threads = 2 };
        float[] x = Numbers(Examples.Features(1, 300)), outputs = new float[5];
        Assert.Equal(0, Allocated(() => model.Predict(x, outputs)));
    }

    private static float[] Numbers(System.Numerics.Tensors.Tensor<float> tensor) => TensorRows.Numbers(tensor);

    // The least of some tries: what the test's own machinery allocates meanwhile does not come each time.
    private static long Allocated(Action action)
    {
        for (int i = 0; i < 3; i++) action();
        long least = long.MaxValue;
        for (int i = 0; i < 30 && least > 0; i++) least = Math.Min(least, Once(action));
        return least;
    }

    // In turns, so that both are seen after the last time the compiler has made their methods better (and put an object on the stack).
    private static void AssertSame(Action few, Action many)
    {
        (long OfFew, long OfMany) least = (long.MaxValue, long.MaxValue);
        for (int i = 0; i < 60; i++) least = (Math.Min(least.OfFew, Once(few)), Math.Min(least.OfMany, Once(many)));
        Assert.Equal(least.OfFew, least.OfMany);
    }

    private static long Once(Action action)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
