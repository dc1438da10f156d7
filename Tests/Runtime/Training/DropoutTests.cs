using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

[Network]
[Input(400)]
[Dropout(0.3)]
[Identity]
internal sealed partial class DropoutNet;

/// <summary>Dropout in training: how much is dropped, what the rest becomes, and that the backward pass drops the same.</summary>
public sealed class DropoutTests
{
    private static readonly Tensor<float> Ones = Tensor.Create([.. Enumerable.Repeat(1f, 50 * 400)], [50, 400]);

    [Fact]
    public void Drops_its_share_and_scales_the_rest()
    {
        float[] output = TensorRows.Numbers(new DropoutNet(1).Forward(Ones, training: true));
        Assert.All(output, value => Assert.True(value == 0 || MathF.Abs(value - (1 / 0.7f)) < 1e-6f));
        Assert.Equal(0.3, output.Count(value => value == 0) / (double)output.Length, 0.01);
    }

    [Fact]
    public void Keeps_everything_in_inference() =>
        Assert.All(TensorRows.Numbers(new DropoutNet(1).Forward(Ones)), value => Assert.Equal(1, value));

    [Fact]
    public void The_backward_pass_drops_the_same()
    {
        DropoutNet model = new(1);
        float[] output = TensorRows.Numbers(model.Forward(Ones, training: true));
        Assert.Equal(output, TensorRows.Numbers(model.Backward(Ones)));
    }

    [Fact]
    public void Another_step_drops_others_and_a_width_drops_the_same()
    {
        DropoutNet model = new(1);
        float[] first = TensorRows.Numbers(model.Forward(Ones, training: true)),
            second = TensorRows.Numbers(model.Forward(Ones, training: true));
        Assert.NotEqual(first, second);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
            Assert.Equal(first, TensorRows.Numbers(new DropoutNet(1) { Width = width }.Forward(Ones, training: true)));
        Assert.NotEqual(first, TensorRows.Numbers(new DropoutNet(2).Forward(Ones, training: true)));
    }
}
