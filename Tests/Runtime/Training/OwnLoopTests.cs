using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Loops of one's own: gradients of all inputs, sums over batches, networks that train each other.</summary>
public sealed class OwnLoopTests
{
    private static readonly Samples[] X = [Examples.Features(6, 13), Examples.Features(6, 8, seed: 6)];

    [Theory]
    [InlineData(0, 13)]
    [InlineData(1, 8)]
    public void The_gradient_of_each_input_is_that_of_central_differences(int input, int size)
    {
        SmoothNet model = new(1);
        Tensor<float> ofPrice = Examples.Features(6, 1, seed: 8), ofIsSold = Examples.Features(6, 1, seed: 9);
        model.Forward(X, training: true);
        Tensor<float> gradient = model.Backward([ofPrice, ofIsSold])[input];
        Assert.Equal([6, size], gradient.Lengths.ToArray());
        const float H = 1e-2f;
        for (int i = 0; i < 6 * size; i += 5)
        {
            double difference = (Sum(H) - Sum(-H)) / (2 * H);
            Assert.Equal(difference, gradient[i / size, i % size], 2e-3);

            double Sum(float step)
            {
                float[] moved = [.. TensorRows.Numbers(X[input].Tensor)];
                moved[i] += step;
                Samples[] x = [.. X];
                x[input] = Tensor.Create(moved, [6, size]);
                Tensor<float>[] y = model.Forward(x);
                return Enumerable.Range(0, 6).Sum(
                    row => ((double)y[0][row, 0] * ofPrice[row, 0]) + ((double)y[1][row, 0] * ofIsSold[row, 0]));
            }
        }
    }

    [Fact]
    public void An_output_whose_gradient_is_not_given_counts_as_zero()
    {
        HouseNet model = new(1), zeros = new(1);
        Tensor<float> ofPrice = Examples.Features(6, 1, seed: 8);
        model.Forward(X);
        zeros.Forward(X);
        Tensor<float>[] one = model.Backward([ofPrice, null]), other = zeros.Backward([ofPrice, Tensor.Create(new float[6], [6, 1])]);
        for (int i = 0; i < 2; i++) Assert.Equal(TensorRows.Numbers(other[i]), TensorRows.Numbers(one[i]));
        Assert.Equal(zeros.Dense.Kernel.Gradient.ToArray(), model.Dense.Kernel.Gradient.ToArray());
    }

    [Fact]
    public void Gradients_add_up_over_batches_until_they_are_applied()
    {
        BinaryNet model = new(1);
        model.Compile(new SGD(0.1));
        Tensor<float>[] batches = [Examples.Features(8, 6), Examples.Features(5, 6, seed: 6), Examples.Features(20, 6, seed: 7)];
        float[] sum = new float[60];
        foreach (Tensor<float> x in batches)
        {
            model.Forward(x);
            model.Backward(Ones(x));
            TensorPrimitives.Add(sum, model.Dense.Kernel.Gradient, sum);
        }

        // What was there before the last update does not count.
        model.ApplyGradients();
        model.CopyWeightsFrom(new BinaryNet(1));
        foreach (Tensor<float> x in batches)
        {
            model.Forward(x);
            model.Backward(Ones(x), accumulate: true);
        }

        Assert.Equal(sum, model.Dense.Kernel.Gradient.ToArray());
        model.Forward(batches[0]);
        model.Backward(Ones(batches[0]));
        Assert.NotEqual(sum, model.Dense.Kernel.Gradient.ToArray());

        static Tensor<float> Ones(Tensor<float> x) => Tensor.Create([.. Enumerable.Repeat(1f, (int)x.Lengths[0])], [x.Lengths[0], 1]);
    }

    [Fact]
    public void Two_networks_train_against_each_other()
    {
        // The generator moves points of noise to where the discriminator, which learns meanwhile, takes them for those of the data.
        ClassToPoints generator = new(1);
        PointJudge judge = new(2);
        generator.Compile(new Adam(0.01));
        judge.Compile(new Adam(0.01), "binary_crossentropy");
        var loss = new BinaryCrossentropy();
        Tensor<float> ones = Tensor.Create([.. Enumerable.Repeat(1f, 32)], [32, 1]), zeros = Tensor.Create(new float[32], [32, 1]);
        for (int step = 0; step < 600; step++)
        {
            Tensor<float> noise = Examples.Features(32, 2, seed: (ulong)step),
                real = Shifted(Examples.Features(32, 2, seed: (ulong)step + 999));
            judge.Trainable = true;
            judge.TrainOnBatch(real, ones);
            judge.TrainOnBatch(generator.Predict(noise), zeros);
            judge.Trainable = false;
            float[] before = judge.Dense.Kernel.Values.ToArray();
            Tensor<float> said = judge.Forward(generator.Forward(noise, training: true), training: true);
            generator.Backward(judge.Backward(loss.Gradient(ones, said)));
            generator.ApplyGradients();
            Assert.Equal(before, judge.Dense.Kernel.Values.ToArray());
        }

        Tensor<float> made = generator.Predict(Examples.Features(256, 2, seed: 5000));
        Assert.InRange(Enumerable.Range(0, 256).Average(i => made[i, 0]), 1.5, 4.5);
    }

    private static Tensor<float> Shifted(Tensor<float> points)
    {
        for (int i = 0; i < (int)points.Lengths[0]; i++) points[i, 0] = (0.3f * points[i, 0]) + 3;
        return points;
    }
}

/// <summary>Has no kinks, which central differences would step over.</summary>
[Network]
internal sealed partial class SmoothNet
{
    [Input(13)] public partial Node Figures { get; }
    [Input(8)] public partial Node Street { get; }
    [From(nameof(Street)), Dense(8, Activation.Tanh)] public partial Node Place { get; }
    [Concatenate(nameof(Figures), nameof(Place)), Dense(16, Activation.Tanh)] public partial Node Seen { get; }
    [From(nameof(Seen)), Dense(1), Output] public partial Node Price { get; }
    [From(nameof(Seen)), Dense(1, Activation.Sigmoid), Output] public partial Node IsSold { get; }
}

[Network]
[Input(2)]
[Dense(16, Activation.Relu)]
[Dense(2)]
internal sealed partial class ClassToPoints;

[Network]
[Input(2)]
[Dense(16, Activation.Relu)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class PointJudge;
