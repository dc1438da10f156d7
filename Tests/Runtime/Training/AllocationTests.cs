using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Training steps and predictions allocate nothing once everything is there.</summary>
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

    [Fact]
    public void An_epoch_allocates_the_same_for_any_number_of_steps()
    {
        BinaryNet model = new(1);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        Dataset few = Examples.Binary(64), many = Examples.Binary(2048);
        long ofFew = Allocated(() => model.Fit(few, verbose: Verbose.Silent, shuffle: false));
        long ofMany = Allocated(() => model.Fit(many, verbose: Verbose.Silent, shuffle: false));
        Assert.Equal(ofFew, ofMany);
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

    [Fact]
    public void A_row_that_threads_share_allocates_nothing()
    {
        SharedRowNet model = new(1) { Threads = 2 };
        float[] x = Numbers(Examples.Features(1, 300)), outputs = new float[5];
        Assert.Equal(0, Allocated(() => model.Predict(x, outputs)));
    }

    private static float[] Numbers(System.Numerics.Tensors.Tensor<float> tensor) => TensorRows.Numbers(tensor);

    private static long Allocated(Action action)
    {
        for (int i = 0; i < 3; i++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
