using System.Numerics.Tensors;

namespace CompiledNets.Tests.Losses;

/// <summary>Figures of Keras's own tests of mean absolute error.</summary>
public sealed class MeanAbsoluteErrorTests
{
    private static readonly float[,] True = { { 1, 9, 2 }, { -5, -2, 6 } };
    private static readonly float[,] Pred = { { 4, 8, 12 }, { 8, 1, 3 } };

    [Fact]
    public void Is_the_mean_of_distances() => Assert.Equal(5.5f, new MeanAbsoluteError().Call(True, Pred));

    [Fact]
    public void One_weight_counts_for_all() => Assert.Equal(12.65f, new MeanAbsoluteError().Call(True, Pred, [2.3f]), 1e-5f);

    [Fact]
    public void Weights_do_not_change_the_divisor() =>
        Assert.Equal(81.4f / 6, new MeanAbsoluteError().Call(True, Pred, [1.2f, 3.4f]), 1e-5f);

    [Fact]
    public void Time_steps_have_weights_of_their_own() =>
        Assert.Equal(
            13.8333f,
            new MeanAbsoluteError().Call(
                Tensor.Create([1f, 9, 2, -5, -2, 6], [2, 3, 1]), Tensor.Create([4f, 8, 12, 8, 1, 3], [2, 3, 1]),
                    Tensor.Create([3f, 6, 5, 0, 4, 2], [2, 3])),
            1e-4f);

    [Fact]
    public void Gradient_is_zero_where_output_equals_target() =>
        Assert.Equal([0.5f, 0, -0.5f, 0.5f],
            new MeanAbsoluteError(Reduction.Sum).Gradient(Tensor.Create([1f, 2, 3, 4], [2, 2]), Tensor.Create([2f, 2, 2, 9], [2, 2]))
            .ToArray());
}
