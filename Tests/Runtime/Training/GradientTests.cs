using System.Numerics.Tensors;

namespace CompiledNets.Tests.Training;

/// <summary>Gradients of a training loop of one's own: which pass they are of.</summary>
public sealed class GradientTests
{
    private static readonly Tensor<float> X = Examples.Features(8, 6);
    private static readonly Tensor<float> Ones = Tensor.Create([.. Enumerable.Repeat(1f, 8)], [8, 1]);

    [Fact]
    public void A_second_backward_of_one_forward_throws()
    {
        BinaryNet model = Compiled();
        model.Forward(X, training: true);
        model.Backward(Ones);
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => model.Backward(Ones));
        Assert.Contains("call `Forward()` of 'BinaryNet' again", exception.Message, StringComparison.Ordinal);
        model.Forward(X, training: true);
        model.Backward(Ones);
    }

    [Fact]
    public void A_frozen_layer_has_no_gradient()
    {
        BinaryNet model = Compiled();
        model.Forward(X);
        model.Backward(Ones);
        Assert.Contains(model.Dense.Kernel.Gradient.ToArray(), number => number != 0);
        model.Dense.Trainable = false;
        Assert.Contains("'dense/kernel'", Assert.Throws<InvalidOperationException>(() => model.Dense.Kernel.Gradient.ToArray()).Message,
            StringComparison.Ordinal);
        model.Forward(X);
        model.Backward(Ones);
        // The pass above left it out: what was there before is of another batch.
        model.Dense.Trainable = true;
        Assert.Contains("last Backward", Assert.Throws<InvalidOperationException>(() => model.Dense.Kernel.Gradient.ToArray()).Message,
            StringComparison.Ordinal);
        Assert.Contains(model.Dense1.Kernel.Gradient.ToArray(), number => number != 0);
        float[] kernel = model.Dense.Kernel.Values.ToArray();
        model.Compile(new SGD(), new MeanSquaredError());
        model.ApplyGradients();
        Assert.Equal(kernel, model.Dense.Kernel.Values.ToArray());
    }

    [Fact]
    public void Training_leaves_no_gradients_of_an_earlier_pass()
    {
        BinaryNet model = Compiled();
        model.Forward(X);
        model.Backward(Ones);
        model.TrainOnBatch(X, Ones);
        Assert.Throws<InvalidOperationException>(() => model.Dense.Kernel.Gradient.ToArray());
        Assert.Throws<InvalidOperationException>(model.ApplyGradients);
    }

    [Fact]
    public void What_is_written_to_gradients_is_applied()
    {
        BinaryNet model = new(seed: 1);
        // Trained by this loop alone, it needs no loss.
        model.Compile(new SGD(0.5));
        float[] before = model.Dense.Kernel.Values.ToArray(), sum = new float[60];
        for (int pass = 0; pass < 2; pass++)
        {
            model.Forward(Examples.Features(8, 6, seed: (ulong)pass), training: true);
            model.Backward(Ones);
            for (int i = 0; i < 60; i++) sum[i] += model.Dense.Kernel.Gradient[i];
        }

        sum.CopyTo(model.Dense.Kernel.Gradient);
        TensorPrimitives.Multiply(model.Dense.Bias.Gradient, 0, model.Dense.Bias.Gradient);
        float[] bias = model.Dense.Bias.Values.ToArray();
        model.ApplyGradients();
        Assert.All(Enumerable.Range(0, 60), i => Assert.Equal(before[i] - (0.5f * sum[i]), model.Dense.Kernel.Values[i], 1e-5f));
        Assert.Equal(bias, model.Dense.Bias.Values.ToArray());
        Assert.Contains("loss", Assert.Throws<InvalidOperationException>(() => model.Fit(X, Ones)).Message, StringComparison.Ordinal);
    }

    private static BinaryNet Compiled()
    {
        BinaryNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy");
        return model;
    }
}
