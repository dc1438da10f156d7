using System.Numerics.Tensors;
using CompiledNets.Execution;

namespace CompiledNets.Tests.Losses;

/// <summary>Figures of Keras's own tests of categorical crossentropy.</summary>
public sealed class CategoricalCrossentropyTests
{
    private static readonly float[,] True = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
    private static readonly float[,] Pred = { { 0.9f, 0.05f, 0.05f }, { 0.5f, 0.89f, 0.6f }, { 0.05f, 0.01f, 0.94f } };
    private static readonly float[,] Logits = { { 8, 1, 1 }, { 0, 9, 1 }, { 2, 3, 5 } };

    [Fact]
    public void Probabilities_are_divided_by_their_sum()
    {
        Assert.Equal(0.3239f, new CategoricalCrossentropy().Call(True, Pred), 1e-4f);
        Assert.Equal(0.7449f, new CategoricalCrossentropy().Call(True, Pred, [2.3f]), 1e-3f);
        Assert.Equal(1.0696f, new CategoricalCrossentropy().Call(True, Pred, [1.2f, 3.4f, 5.6f]), 1e-4f);
    }

    [Fact]
    public void Logits_are_put_through_a_softmax()
    {
        CategoricalCrossentropy loss = new(fromLogits: true);
        Assert.Equal(0.0573f, loss.Call(True, Logits), 1e-4f);
        Assert.Equal(0.31829f, loss.Call(True, Logits, [1.2f, 3.4f, 5.6f]), 1e-4f);

        Tensor<float> values = loss.Values(Tensor.Create([.. True.Cast<float>()], [3, 3]),
            Tensor.Create([.. Logits.Cast<float>()], [3, 3]));
        Assert.Equal(0.001822f, values[0], 1e-6f);
        Assert.Equal(0.000459f, values[1], 1e-6f);
        Assert.Equal(0.169846f, values[2], 1e-6f);
    }

    [Fact]
    public void Smoothing_moves_targets_to_all_classes() =>
        Assert.Equal(40 / 3f, new CategoricalCrossentropy(fromLogits: true, labelSmoothing: 0.1f)
            .Call(new float[,] { { 1, 0, 0 } }, new float[,] { { 100, -100, -100 } }), 1e-3f);

    [Fact]
    public void Certainty_in_the_wrong_class_is_finite_and_has_no_gradient()
    {
        Assert.Equal(16.118095f, new CategoricalCrossentropy().Call(new float[,] { { 1, 0 } }, new float[,] { { 0, 1 } }), 1e-4f);
        Assert.Equal([0f, 0], new CategoricalCrossentropy().Gradient(Tensor.Create([1f, 0], [1, 2]), Tensor.Create([0f, 1], [1, 2]))
            .ToArray());
    }

    [Fact]
    public void Large_logits_do_not_overflow()
    {
        CategoricalCrossentropy loss = new(fromLogits: true);
        Assert.Equal(2000f, loss.Call(new float[,] { { 0, 1 } }, new float[,] { { 1000, -1000 } }));
        Assert.Equal([1f, -1], loss.Gradient(Tensor.Create([0f, 1], [1, 2]), Tensor.Create([1000f, -1000], [1, 2])).ToArray());
    }

    [Fact]
    public void Class_numbers_are_refused_with_the_loss_for_them()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CategoricalCrossentropy().CheckTargets([], [10]));
        Assert.StartsWith(
            "The loss 'categorical_crossentropy' takes targets and outputs of the same rank (ndim). Received: target.shape=(None,), " +
            "output.shape=(None, 10). ", error.Message);
        Assert.Contains("SparseCategoricalCrossentropy", error.Message);
        Assert.Contains("SparseCategoricalCrossentropy",
            Assert.Throws<ArgumentException>(() => new CategoricalCrossentropy().CheckTargets([1], [10])).Message);
    }

    [Fact]
    public void Works_on_the_logits_of_a_softmax() => Assert.Equal(OutputActivation.Softmax, new CategoricalCrossentropy().Fuses);
}
