using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>The same seed gives the same bits, whatever shares the work; another lane width gives the same numbers to rounding.</summary>
public sealed class ReproducibilityTests
{
    [Fact]
    public void Two_runs_of_a_seed_have_the_same_bits()
    {
        (History first, float[] weights) = Train(1, LaneWidths.Best, seed: 3);
        (History second, float[] again) = Train(1, LaneWidths.Best, seed: 3);
        Assert.Equal(first["loss"], second["loss"]);
        Assert.Equal(first["val_accuracy"], second["val_accuracy"]);
        Assert.Equal(weights, again);
        Assert.NotEqual(weights, Train(1, LaneWidths.Best, seed: 4).Weights);
    }

    [Theory]
    [InlineData(LaneWidth.Lanes128, 70)]
    [InlineData(LaneWidth.Lanes256, 70)]
    [InlineData(LaneWidth.Lanes512, 70)]
    [InlineData(LaneWidth.Lanes512, 600)]
    public void Threads_change_no_bit(LaneWidth width, int batch)
    {
        (History alone, float[] weights) = Train(1, width, seed: 3, batch);
        foreach (int threads in new[] { 2, 3, 5 })
        {
            (History history, float[] shared) = Train(threads, width, seed: 3, batch);
            Assert.Equal(alone["loss"], history["loss"]);
            Assert.Equal(weights, shared);
        }
    }

    [Fact]
    public void Lane_widths_agree_to_rounding()
    {
        History widest = Train(1, LaneWidth.Lanes512, seed: 3).History;
        foreach (LaneWidth width in new[] { LaneWidth.Lanes256, LaneWidth.Lanes128 })
        {
            History history = Train(1, width, seed: 3).History;
            foreach ((double expected, double actual) in widest["loss"].Zip(history["loss"])) Assert.Equal(expected, actual, 2e-5);
        }
    }

    [Fact]
    public void Several_models_train_at_once()
    {
        float[] alone = Train(2, LaneWidths.Best, seed: 3).Weights;
        float[][] together = new float[4][];
        Parallel.For(0, 4, i => together[i] = Train(2, LaneWidths.Best, seed: 3).Weights);
        foreach (float[] weights in together) Assert.Equal(alone, weights);
    }

    private static (History History, float[] Weights) Train(int threads, LaneWidth width, int seed, int batch = 70)
    {
        WideNet model = new(seed) { Threads = threads, Width = width };
        model.Compile("adam", "sparse_categorical_crossentropy", "accuracy");
        Dataset data = Examples.Classes(batch * 23 / 7, 64);
        History history = model.Fit(data, epochs: 3, batchSize: batch, verbose: Verbose.Silent, validationSplit: 0.2);
        return (history, [.. model.Weights.SelectMany(weight => weight.Values.ToArray())]);
    }
}
