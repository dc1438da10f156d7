using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Losses;

/// <summary>Sparse categorical crossentropy: figures of Keras's own tests, ignored classes, and what is refused.</summary>
public sealed class SparseCategoricalCrossentropyTests
{
    private static readonly float[,] Pred = { { 0.9f, 0.05f, 0.05f }, { 0.5f, 0.89f, 0.6f }, { 0.05f, 0.01f, 0.94f } };
    private static readonly float[,] Logits = { { 8, 1, 1 }, { 0, 9, 1 }, { 2, 3, 5 } };

    [Fact]
    public void Is_that_of_one_hot_targets()
    {
        Assert.Equal(0.3239f, new SparseCategoricalCrossentropy().Call(new[] { 0, 1, 2 }, Pred), 1e-4f);
        Assert.Equal(0.3239f, new SparseCategoricalCrossentropy().Call(new[,] { { 0 }, { 1 }, { 2 } }, Pred), 1e-4f);
        Assert.Equal(0.31829f, new SparseCategoricalCrossentropy(fromLogits: true).Call(new[] { 0, 1, 2 }, Logits, [1.2f, 3.4f, 5.6f]),
            1e-4f);
    }

    [Fact]
    public void A_sure_and_right_network_loses_little_but_not_nothing()
    {
        SparseCategoricalCrossentropy loss = new(fromLogits: true);
        Assert.Equal(2.0611537e-9f, loss.Call(new[] { 0 }, new float[,] { { 20, 0 } }), 1e-14f);
        Assert.Equal([-2.0611537e-9f, 2.0611537e-9f],
            loss.Gradient(new float[] { 0 }, Tensor.Create([20f, 0], [1, 2])).ToArray().Select(x => MathF.Round(x * 1e16f) / 1e16f));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(255)]
    public void Ignored_positions_count_nowhere(int ignored)
    {
        Tensor<float> truth = Tensor.Create<float>([0, ignored, 2], [3]);
        Tensor<float> pred = Tensor.Create([.. Pred.Cast<float>()], [3, 3]);
        SparseCategoricalCrossentropy loss = new(ignoreClass: ignored);
        float[] values = new SparseCategoricalCrossentropy(ignoreClass: ignored).Values(truth, pred).ToArray();

        Assert.Equal(0, values[1]);
        Assert.Equal((values[0] + values[2]) / 2, loss.Call(truth, pred), 1e-6f);
        Assert.Equal([0f, 0, 0], loss.Gradient(truth, pred).ToArray()[3..6]);
        Assert.Equal(
            ((2 * values[0]) + (3 * values[2])) / 5,
            new SparseCategoricalCrossentropy(ignoreClass: ignored, reduction: Reduction.MeanWithSampleWeight)
                .Call(truth, pred, new float[] { 2, 7, 3 }),
            1e-6f);
    }

    [Fact]
    public void A_batch_of_ignored_positions_loses_nothing() =>
        Assert.Equal(0, new SparseCategoricalCrossentropy(ignoreClass: 0).Call(new[] { 0, 0, 0 }, Pred));

    [Fact]
    public void Divisor_counts_what_is_not_ignored()
    {
        Arena targets = new(LaneCount * 2);
        Arena weights = new(LaneCount * 2);
        float[] labels = [0, -1, 2, -1, 1, -1];
        for (int sample = 0; sample < 6; sample++)
        {
            targets.Span[((sample / LaneCount) * LaneCount) + (sample % LaneCount)] = labels[sample];
            weights.Span[sample] = sample;
        }

        LossArguments batch = new()
        {
            Targets = ref targets.Start,
            TargetStride = 1,
            Weights = ref weights.Start,
            WeightStride = 1,
            Positions = 1,
            Classes = 3
        };
        Assert.Equal(3, new SparseCategoricalCrossentropy(ignoreClass: -1).Divisor(batch, LaneCount, 6).Value);
        Assert.Equal(6, new SparseCategoricalCrossentropy().Divisor(batch, LaneCount, 6).Value);
        Assert.Equal(0 + 2 + 4, new SparseCategoricalCrossentropy(ignoreClass: -1, reduction: Reduction.MeanWithSampleWeight)
            .Divisor(batch, LaneCount, 6).Value);
        Assert.Equal(1, new SparseCategoricalCrossentropy(ignoreClass: -1, reduction: Reduction.Sum).Divisor(batch, LaneCount, 6).Value);
    }

    [Fact]
    public void A_class_number_out_of_range_is_refused()
    {
        float[] labels = [5, 9, 6, 3, 0, 12, 11];
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new SparseCategoricalCrossentropy().CheckTargetValues(labels, 1, 10));
        Assert.Equal("Received a label value of 12 which is outside the valid range of [0, 10). It stands in row 5.", error.Message);
        Assert.Contains("-1", Assert.Throws<ArgumentException>(
            () => new SparseCategoricalCrossentropy().CheckTargetValues([-1], 1, 10)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(
            () => new SparseCategoricalCrossentropy().CheckTargetValues([float.NaN], 1, 10)).Message);
        new SparseCategoricalCrossentropy(ignoreClass: 12).CheckTargetValues([12, 3], 1, 10);
    }

    [Fact]
    public void A_class_number_that_is_no_whole_number_is_refused() => Assert.Equal(
        "Received a label value of 1.5 which is not a whole number. It stands in row 1.",
        Assert.Throws<ArgumentException>(() => new SparseCategoricalCrossentropy().CheckTargetValues([0, 1, 1, 1.5f], 2, 10)).Message);

    [Fact]
    public void One_hot_targets_are_refused_with_the_loss_for_them()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new SparseCategoricalCrossentropy().CheckTargets([10], [10]));
        Assert.Contains("target.shape=(None, 10), output.shape=(None, 10)", error.Message);
        Assert.Contains("use CategoricalCrossentropy", error.Message);
    }

    [Fact]
    public void Time_steps_have_class_numbers_of_their_own()
    {
        Assert.Equal(new LossShape(-1, 7, 4, 2), new SparseCategoricalCrossentropy().CheckTargets([7], [7, 4]));
        Assert.Equal(new LossShape(-1, 7, 4, 2), new SparseCategoricalCrossentropy().CheckTargets([7, 1], [7, 4]));
    }

    private const int LaneCount = 4;
}
