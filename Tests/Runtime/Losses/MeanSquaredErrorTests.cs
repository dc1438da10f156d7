using System.Numerics.Tensors;

namespace CompiledNets.Tests.Losses;

/// <summary>Figures of Keras's own tests of mean squared error, and its rules for shapes.</summary>
public sealed class MeanSquaredErrorTests
{
    private static readonly float[,] True = { { 1, 9, 2 }, { -5, -2, 6 } };
    private static readonly float[,] Pred = { { 4, 8, 12 }, { 8, 1, 3 } };
    private static readonly Tensor<float> TrueRows = Tensor.Create([1f, 9, 2, -5, -2, 6], [2, 3]);
    private static readonly Tensor<float> PredRows = Tensor.Create([4f, 8, 12, 8, 1, 3], [2, 3]);

    [Fact]
    public void Is_the_mean_of_squares() => Assert.Equal(49.5f, new MeanSquaredError().Call(True, Pred));

    [Fact]
    public void Of_equal_numbers_is_zero() => Assert.Equal(0f, new MeanSquaredError().Call(True, True));

    [Fact]
    public void One_weight_counts_for_all() => Assert.Equal(113.85f, new MeanSquaredError().Call(True, Pred, [2.3f]), 1e-4f);

    [Fact]
    public void Weights_do_not_change_the_divisor() =>
        Assert.Equal(767.8f / 6, new MeanSquaredError().Call(True, Pred, [1.2f, 3.4f]), 1e-4f);

    [Fact]
    public void Sum_is_not_divided() => Assert.Equal(227.7f, new MeanSquaredError(Reduction.Sum).Call(True, Pred, [2.3f]), 1e-4f);

    [Fact]
    public void Mean_with_sample_weight_divides_by_the_weights() =>
        Assert.Equal(767.8f / 3 / 4.6f, new MeanSquaredError { Reduction = Reduction.MeanWithSampleWeight }.Call(True, Pred, [1.2f, 3.4f]),
            1e-4f);

    [Fact]
    public void Weights_of_zero_give_zero() =>
        Assert.Equal(0f, new MeanSquaredError(Reduction.MeanWithSampleWeight).Call(True, Pred, [0, 0]));

    [Fact]
    public void Values_are_one_a_row_whatever_the_reduction()
    {
        Tensor<float> values = new MeanSquaredError().Values(TrueRows, PredRows, new float[] { 2.3f });

        Assert.Equal([2], values.Lengths.ToArray());
        Assert.Equal(84.3333f, values[0], 1e-3f);
        Assert.Equal(143.3666f, values[1], 1e-3f);
    }

    [Fact]
    public void Without_reduction_there_is_no_one_number()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => new MeanSquaredError(Reduction.None).Call(True, Pred));
        Assert.Contains("Values", error.Message);
    }

    [Fact]
    public void Time_steps_have_weights_of_their_own() =>
        Assert.Equal(
            97.8333f,
            new MeanSquaredError().Call(
                Tensor.Create([1f, 9, 2, -5, -2, 6], [2, 3, 1]), Tensor.Create([4f, 8, 12, 8, 1, 3], [2, 3, 1]),
                    Tensor.Create([3f, 6, 5, 0, 4, 2], [2, 3])),
            1e-3f);

    [Fact]
    public void Whole_numbers_are_taken_as_floats()
    {
        int[,] truth = { { 1, 2, 3, 4 }, { 8, 9, 1, 5 }, { 7, 8, 7, 13 } };
        int[,] pred = { { 4, 5, 23, 14 }, { 18, 91, 7, 10 }, { 3, 6, 5, 7 } };

        Assert.Equal(621.9167f, new MeanSquaredError().Call(truth, pred), 1e-4f);
        Assert.Equal(621.9167f, new MeanSquaredError()
            .Call(Tensor.Create([.. truth.Cast<int>()], [3, 4]), Tensor.Create([.. pred.Cast<int>()], [3, 4])), 1e-4f);
    }

    [Fact]
    public void Targets_without_the_last_axis_of_one_line_up() =>
        Assert.Equal(2.5f, new MeanSquaredError().Call(new float[] { 1, 2 }, new float[,] { { 2 }, { 4 } }));

    [Fact]
    public void A_single_axis_is_one_sample()
    {
        MeanSquaredError loss = new(Reduction.Sum);
        Assert.Equal(2.5f, loss.Call(new float[] { 1, 2 }, new float[] { 2, 4 }));
        Assert.Equal([2.5f], loss.Values(new float[] { 1, 2 }, new float[] { 2, 4 }).ToArray());
        Assert.Equal([1f, 2f], loss.Gradient(new float[] { 1, 2 }, new float[] { 2, 4 }).ToArray());
    }

    [Fact]
    public void Targets_are_not_spread_over_outputs()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new MeanSquaredError().CheckTargets([3], [1]));
        Assert.Equal(
            "The loss 'mean_squared_error' takes targets and outputs of the same shape. Received: target.shape=(None, 3), " +
                "output.shape=(None, 1). " +
            "Each number of the output needs a target of its own; targets are not spread over outputs.",
            error.Message);
    }

    [Fact]
    public void Gradient_is_that_of_the_reduced_loss() =>
        Assert.Equal([1f, -1 / 3f, 10 / 3f, 13 / 3f, 1, -1],
            new MeanSquaredError().Gradient(TrueRows, PredRows).ToArray().Select(x => MathF.Round(x * 3) / 3));

    [Fact]
    public void No_rows_lose_nothing() => Assert.Equal(0f, new MeanSquaredError().Call(new float[0, 3], new float[0, 3]));
}
