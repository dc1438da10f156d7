using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>Penalties on outputs of layers: in the loss, in its gradient, and in loops of one's own where they are asked for.</summary>
public sealed class ActivityPenaltyTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(37)]
    public void The_loss_has_the_mean_penalty_of_a_sample(int rows)
    {
        PenalizedNet model = new(2);
        model.Compile(new SGD(0), "mse");
        Dataset data = Data(rows);
        double expected = Penalty(model, data.Features, rows);
        Tensor<float> output = model.Predict(data.Features, verbose: Verbose.Silent);
        double error = 0;
        for (int i = 0; i < rows; i++) error += Math.Pow(output[i, 0] - data.Targets[i, 0], 2) / rows;
        Assert.Equal(error + expected, model.TestOnBatch(data.Features, data.Targets)["loss"], 1e-5);
        Assert.Equal(error + expected, model.TrainOnBatch(data.Features, data.Targets)["loss"], 1e-5);
        Assert.Equal(expected, model.Penalty, 1e-5);
        model.Forward(data.Features);
        Assert.Equal(expected, model.Penalty, 1e-5);
    }

    [Fact]
    public void An_own_loop_gets_the_gradient_of_penalties_where_it_asks_for_it()
    {
        PenalizedNet model = new(2);
        Samples x = Examples.Features(21, 6);
        Tensor<float> zeros = Tensor.Create(new float[21], [21, 1]);
        model.Forward(x);
        Tensor<float> inputGradient = model.Backward(zeros);
        Assert.Equal(new float[60], model.Dense.Kernel.Gradient.ToArray());
        Assert.DoesNotContain(TensorRows.Numbers(inputGradient), number => number != 0);

        model.Forward(x);
        model.Backward(zeros, penalties: true);
        foreach (ModelWeight weight in model.Weights)
        {
            float[] gradient = weight.Gradient.ToArray();
            for (int i = 0; i < gradient.Length; i += 3)
            {
                const float h = 1e-3f;
                float[] values = weight.Values.ToArray();
                float before = values[i];
                values[i] = before + h;
                weight.Assign(values);
                model.Forward(x);
                double up = model.Penalty;
                values[i] = before - h;
                weight.Assign(values);
                model.Forward(x);
                Assert.Equal((up - model.Penalty) / (2 * h), gradient[i], 2e-3);
                values[i] = before;
                weight.Assign(values);
            }
        }
    }

    [Fact]
    public void A_step_of_training_takes_the_same_gradients_as_an_own_loop()
    {
        PenalizedNet trained = new(2), own = new(2);
        Dataset data = Data(19);
        trained.Compile(new SGD(0.1), "mse");
        own.Compile(new SGD(0.1));
        for (int step = 0; step < 3; step++)
        {
            trained.TrainOnBatch(data.Features, data.Targets);
            Tensor<float> output = own.Forward(data.Features, training: true);
            own.Backward(new MeanSquaredError().Gradient(data.Targets, output), penalties: true);
            own.ApplyGradients();
        }

        for (int w = 0; w < own.Weights.Count; w++)
        {
            float[] expected = trained.Weights[w].Values.ToArray();
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], own.Weights[w].Values[i], 1e-6);
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

    private static (double[] Losses, float[] Weights) Train(int threads, LaneWidth width)
    {
        WidePenalizedNet model = new(3) { Threads = threads, Width = width };
        model.Compile("adam", "mse");
        History history = model.Fit(WeightRuleTests.Data(300), epochs: 3, batchSize: 128, verbose: Verbose.Silent, validationSplit: 0.1);
        return ([.. history["loss"], .. history["val_loss"]], [.. model.Weights.SelectMany(weight => weight.Values.ToArray())]);
    }

    private static Dataset Data(int rows) => new(Examples.Features(rows, 6), Examples.Features(rows, 1, seed: 9));

    // By hand: the outputs of the first layer, and what the weights cost.
    private static double Penalty(PenalizedNet model, Samples x, int rows)
    {
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int unit = 0; unit < 10; unit++)
            {
                double z = model.Dense.Bias.Values[unit];
                for (int i = 0; i < 6; i++) z += x.Tensor[row, i] * model.Dense.Kernel.Values[(i * 10) + unit];
                double y = 1 / (1 + Math.Exp(-z));
                sum += ((0.3 * Math.Abs(y)) + (0.2 * y * y) + (0.05 * y * y)) / rows;
            }
        }

        foreach (float w in model.Dense1.Kernel.Values) sum += 0.1 * w * w;
        return sum;
    }
}

/// <summary>Outputs that are never zero, where absolute values have no derivative.</summary>
[Network]
[Input(6)]
[Dense(10, Activation.Sigmoid, ActivityL1 = 0.3, ActivityL2 = 0.2)]
[ActivityRegularization(L2 = 0.05)]
[Dense(1, KernelL2 = 0.1)]
internal sealed partial class PenalizedNet;

/// <summary>Large enough for several threads.</summary>
[Network]
[Input(60)]
[Dense(70, Activation.Tanh, ActivityL1 = 0.3)]
[BatchNormalization(ActivityL2 = 0.02)]
[Dense(4, ActivityRegularizer = Regularizer.L2)]
internal sealed partial class WidePenalizedNet;
