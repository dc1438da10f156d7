using System.Numerics.Tensors;
using CompiledNets.Constraints;
using CompiledNets.Data;
using CompiledNets.Numerics;
using CompiledNets.Regularizers;

namespace CompiledNets.Tests.Training;

/// <summary>
/// Regularizers and constraints in training: each step is the plain one with the penalties' gradients, and the constraints after it.
/// </summary>
public sealed class WeightRuleTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(1e9)]
    public void A_step_adds_the_gradients_of_penalties_and_applies_constraints_afterwards(double? clipNorm)
    {
        Dataset data = Data(64);
        RuledNet model = new(3) { Threads = 1 };
        PlainNet plain = new(3);
        for (int w = 0; w < model.Weights.Count; w++) plain.Weights[w].Assign(model.Weights[w].Values);
        plain.Compile(new SGD(0.1), "mse");
        model.Compile(new SGD(0.1) { ClipNorm = clipNorm }, "mse");

        double penalty = 0;
        float[][] gradients = [.. plain.Weights.Select(weight => new float[weight.Values.Length])];
        foreach ((int weight, Regularizer regularizer) in Regularizers(model))
            penalty += regularizer.Penalty(model.Weights[weight].Values, model.Weights[weight].Shape, gradients[weight]);
        double plainLoss = plain.Evaluate(data, verbose: Verbose.Silent)["loss"];
        Assert.Equal(plainLoss + penalty, model.Evaluate(data, verbose: Verbose.Silent)["loss"], 1e-5);

        double loss = model.TrainOnBatch(data.Features, data.Targets)["loss"];
        double before = plain.TrainOnBatch(data.Features, data.Targets)["loss"];
        Assert.Equal(before + penalty, loss, 1e-5);
        for (int w = 0; w < plain.Weights.Count; w++)
        {
            ModelWeight weight = plain.Weights[w];
            float[] values = weight.Values.ToArray();
            for (int i = 0; i < values.Length; i++) values[i] -= 0.1f * gradients[w][i];
            if (weight.Path is "dense/kernel") new MaxNorm(0.9).Apply(values, weight.Shape);
            if (weight.Path is "batch_normalization/beta" or "dense_1/bias") new NonNeg().Apply(values, weight.Shape);
            for (int i = 0; i < values.Length; i++) Assert.Equal(values[i], model.Weights[w].Values[i], 2e-5);
        }
    }

    [Theory]
    [InlineData(LaneWidth.Lanes128)]
    [InlineData(LaneWidth.Lanes512)]
    public void Threads_change_no_bit(LaneWidth width)
    {
        (double[] losses, float[] weights) = Train(1, width);
        foreach (int threads in new[] { 2, 3 })
        {
            (double[] again, float[] shared) = Train(threads, width);
            Assert.Equal(losses, again);
            Assert.Equal(weights, shared);
        }
    }

    [Fact]
    public void A_frozen_layer_has_no_penalty_and_no_constraint()
    {
        Dataset data = Data(32);
        RuledNet model = new(3);
        PlainNet plain = new(3);
        model.Compile(new SGD(0), "mse");
        plain.Compile(new SGD(0), "mse");
        for (int w = 0; w < model.Weights.Count; w++) plain.Weights[w].Assign(model.Weights[w].Values);
        foreach (ModelLayer layer in model.Layers) layer.Trainable = false;
        foreach (ModelLayer layer in plain.Layers) layer.Trainable = false;
        float[] kernel = model.Dense.Kernel.Values.ToArray();
        Assert.Equal(plain.TestOnBatch(data.Features, data.Targets)["loss"], model.TestOnBatch(data.Features, data.Targets)["loss"], 1e-6);
        double loss = plain.TrainOnBatch(data.Features, data.Targets)["loss"];
        Assert.Equal(loss, model.TrainOnBatch(data.Features, data.Targets)["loss"], 1e-6);
        Assert.Equal(kernel, model.Dense.Kernel.Values.ToArray());
    }

    [Fact]
    public void The_gradients_of_an_own_loop_are_plain_and_its_updates_are_constrained()
    {
        Dataset data = Data(16);
        RuledNet model = new(3);
        PlainNet plain = new(3);
        for (int w = 0; w < model.Weights.Count; w++) plain.Weights[w].Assign(model.Weights[w].Values);
        Tensor<float> ones = Tensor.Create([.. Enumerable.Repeat(1f, 16 * 4)], [16, 4]);
        foreach (Model each in new Model[] { model, plain })
        {
            each.Compile(new SGD(0.1));
            each.Forward(data.Features, training: true);
            each.Backward(ones);
        }

        for (int w = 0; w < model.Weights.Count; w++)
            if (model.Weights[w].Trainable) Assert.Equal(plain.Weights[w].Gradient.ToArray(), model.Weights[w].Gradient.ToArray());
        model.ApplyGradients();
        float[] column = [.. Enumerable.Range(0, 60).Select(i => model.Dense.Kernel.Values[i * 70])];
        Assert.True(Math.Sqrt(column.Sum(w => w * w)) <= 0.9 + 1e-5);
        Assert.DoesNotContain(model.Dense1.Bias.Values.ToArray(), b => b < 0);
    }

    [Fact]
    public void Rules_that_are_not_for_their_weight_say_so_when_the_network_is_made()
    {
        string message = Assert.Throws<ArgumentException>(() => new WrongRegularizerNet()).Message;
        Assert.StartsWith(
            "The regularizer of 'dense/bias' cannot be used. Inputs to OrthogonalRegularizer must have rank 2.", message,
                StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new WrongConstraintNet()).Message;
        Assert.StartsWith(
            "The constraint of 'dense/kernel' cannot be used. UnitNorm takes norms along axis 2, which a weight of shape (3, 2) does " +
                "not have.",
            message, StringComparison.Ordinal);
    }

    internal static Dataset Data(int rows) => new(Examples.Features(rows, 60), Examples.Features(rows, 4, seed: 9));

    private static IEnumerable<(int Weight, Regularizer Regularizer)> Regularizers(RuledNet model)
    {
        for (int w = 0; w < model.Weights.Count; w++)
        {
            Regularizer? regularizer = model.Weights[w].Path switch
            {
                "dense/kernel" => new L1L2(1e-4, 1e-3),
                "dense/bias" => new L2(0.01),
                "batch_normalization/gamma" => new L2(),
                "dense_1/kernel" => new OrthogonalRegularizer(0.1),
                "dense_1/bias" => new OwnPenalty(),
                _ => null,
            };
            if (regularizer is not null) yield return (w, regularizer);
        }
    }

    private static (double[] Losses, float[] Weights) Train(int threads, LaneWidth width)
    {
        RuledNet model = new(3) { Threads = threads, Width = width };
        model.Compile("adam", "mse");
        History history = model.Fit(Data(300), epochs: 3, batchSize: 128, verbose: Verbose.Silent, validationSplit: 0.1);
        return ([.. history["loss"], .. history["val_loss"]], [.. model.Weights.SelectMany(weight => weight.Values.ToArray())]);
    }
}

/// <summary>Large enough for several threads, with a rule of each kind.</summary>
[Network]
[Input(60)]
[Dense(70, Activation.Tanh, KernelL1 = 1e-4, KernelL2 = 1e-3, BiasL2 = 0.01, KernelConstraint = nameof(Short))]
[BatchNormalization(GammaRegularizer = Regularizer.L2, BetaConstraint = Constraint.NonNeg)]
[Dense(4, KernelRegularizer = nameof(Apart), BiasRegularizer = nameof(Own), BiasConstraint = "non_neg", BiasInitializer = Initializer.Ones)]
internal sealed partial class RuledNet
{
    private static Constraint Short => new MaxNorm(0.9);

    private static OrthogonalRegularizer Apart => new(0.1);

    private static OwnPenalty Own() => new();
}

[Network]
[Input(60)]
[Dense(70, Activation.Tanh)]
[BatchNormalization]
[Dense(4)]
internal sealed partial class PlainNet;

[Network]
[Input(3)]
[Dense(2, BiasRegularizer = Regularizer.OrthogonalRegularizer)]
internal sealed partial class WrongRegularizerNet;

[Network]
[Input(3)]
[Dense(2, KernelConstraint = nameof(Deep))]
internal sealed partial class WrongConstraintNet
{
    private static UnitNorm Deep => new(axis: 2);
}

/// <summary>Fourth powers.</summary>
internal sealed class OwnPenalty : Regularizer
{
    public override double Penalty(ReadOnlySpan<float> weight, ReadOnlySpan<int> shape, Span<float> gradient)
    {
        double sum = 0;
        for (int i = 0; i < weight.Length; i++)
        {
            sum += Math.Pow(weight[i], 4);
            if (!gradient.IsEmpty) gradient[i] += 4 * MathF.Pow(weight[i], 3);
        }

        return sum;
    }
}
