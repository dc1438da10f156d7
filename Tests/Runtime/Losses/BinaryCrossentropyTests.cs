using System.Numerics.Tensors;
using CompiledNets.Execution;

namespace CompiledNets.Tests.Losses;

/// <summary>Figures of Keras's own tests of binary crossentropy, and what happens at probabilities of 0 and 1.</summary>
public sealed class BinaryCrossentropyTests
{
    [Fact]
    public void Is_the_mean_over_questions() => Assert.Equal(
        0.2004691f,
        new BinaryCrossentropy().Call(new float[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
            new float[,] { { 0.9f, 0.1f, 0.2f }, { 0.3f, 0.8f, 0.1f }, { 0.1f, 0.2f, 0.7f } }),
        2e-7f);

    [Fact]
    public void Is_finite_at_zero_and_one()
    {
        float[,] truth = { { 1, 0 }, { 1, 0 } };
        float[,] pred = { { 1, 1 }, { 1, 0 } };

        Assert.Equal(3.98559f, new BinaryCrossentropy().Call(truth, pred), 1e-5f);
        Assert.Equal(9.1668f, new BinaryCrossentropy().Call(truth, pred, [2.3f]), 1e-4f);
        Assert.Equal(4.7827f, new BinaryCrossentropy().Call(truth, pred, [1.2f, 3.4f]), 1e-4f);
    }

    [Theory]
    [InlineData(0, 1, 15.942385)]
    [InlineData(1, 0, 16.118095)]
    [InlineData(0, 0, 1.19e-7)]
    [InlineData(1, 1, 1.19e-7)]
    public void Certainty_costs_what_it_costs_in_Keras_and_has_no_gradient(float target, float probability, float expected)
    {
        BinaryCrossentropy loss = new();
        Assert.Equal(expected, loss.Call(new[,] { { target } }, new[,] { { probability } }), Math.Max(1e-5f * expected, 2e-8f));
        Assert.Equal([0f], loss.Gradient(Tensor.Create([target], [1, 1]), Tensor.Create([probability], [1, 1])).ToArray());
    }

    [Fact]
    public void Gradient_passes_at_the_bounds_of_the_clip()
    {
        float[] gradient = new BinaryCrossentropy(reduction: Reduction.Sum)
            .Gradient(Tensor.Create([1f, 0f], [2, 1]), Tensor.Create([1e-7f, 1 - 1e-7f], [2, 1])).ToArray();
        Assert.Equal(-1e7f, gradient[0], 1e2f);
        Assert.Equal(8388608f, gradient[1], 10f);
    }

    [Fact]
    public void Logits_need_no_clip()
    {
        BinaryCrossentropy loss = new(fromLogits: true);
        float[,] truth = { { 1, 0, 1 }, { 0, 1, 1 } };
        float[,] logits = { { 10, -10, 10 }, { 10, 10, -10 } };

        Assert.Equal(3.3333f, loss.Call(truth, logits), 1e-4f);
        Assert.Equal(10f, loss.Call(truth, logits, [4, 3]), 1e-3f);
        Assert.Equal(50f, loss.Call(new[,] { { 0f } }, new[,] { { 50f } }));
        Assert.Equal(2.0611537e-9f, loss.Call(new[,] { { 1f } }, new[,] { { 20f } }), 1e-14f);
        Assert.Equal([1f, -1], new BinaryCrossentropy(true, reduction: Reduction.Sum)
            .Gradient(Tensor.Create([0f, 1], [2, 1]), Tensor.Create([200f, -200], [2, 1])).ToArray());
    }

    [Fact]
    public void Smoothing_moves_targets_to_one_half() =>
        Assert.Equal(3.5f, new BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.1f)
            .Call(new float[,] { { 1, 0, 1 } }, new float[,] { { 10, -10, -10 } }), 1e-4f);

    [Fact]
    public void Targets_of_another_shape_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new BinaryCrossentropy().CheckTargets([3], [1]));
        Assert.StartsWith(
            "The loss 'binary_crossentropy' takes targets and outputs of the same shape. Received: target.shape=(None, 3), " +
            "output.shape=(None, 1). ", error.Message);
    }

    [Fact]
    public void Targets_may_lack_the_last_axis_of_one() =>
        Assert.Equal(new LossShape(-1, 1, 1, 1), new BinaryCrossentropy().CheckTargets([], [1]));

    [Fact]
    public void Works_on_the_logits_of_a_sigmoid() => Assert.Equal(OutputActivation.Sigmoid, new BinaryCrossentropy().Fuses);

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Contains("labelSmoothing=1.5",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossentropy(labelSmoothing: 1.5f)).Message);
        Assert.Contains("axis=1", Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossentropy(axis: 1)).Message);
    }
}
