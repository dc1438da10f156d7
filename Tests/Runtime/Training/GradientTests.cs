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
        Assert.Contains("'dense/kernel'", Assert.Throws<InvalidOperationException>(() => model.Dense.Kernel.Gradient.ToArray()).Message, StringComparison.Ordinal);
        model.Forward(X);
        model.Backward(Ones);
        // The pass above left it out: what was there before is of another batch.
        model.Dense.Trainable = true;
        Assert.Contains("last Backward", Assert.Throws<InvalidOperationException>(() => model.Dense.Kernel.Gradient.ToArray()).Message, StringComparison.Ordinal);
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

    private static BinaryNet Compiled()
    {
        BinaryNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy");
        return model;
    }
}
