using System.Numerics.Tensors;

namespace CompiledNets.Tests.Losses;

/// <summary>Errors of every size, against the definition in double precision.</summary>
public sealed class LogCoshTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(1e-6f)]
    [InlineData(-3e-4f)]
    [InlineData(0.02f)]
    [InlineData(-0.99f)]
    [InlineData(1f)]
    [InlineData(-1.01f)]
    [InlineData(7f)]
    [InlineData(-300f)]
    [InlineData(1e30f)]
    public void Small_errors_keep_their_digits_and_large_ones_do_not_overflow(float error)
    {
        double size = Math.Abs((double)error), sinh = Math.Sinh(Math.Min(size, 1) / 2);
        double more = 2 * sinh * sinh, near = more < 1e-9 ? more : Math.Log(1 + more);
        double value = size <= 1 ? near : size + Math.Log(1 + Math.Exp(-2 * size)) - Math.Log(2);
        Tensor<float> target = Tensor.Create([0f], [1, 1]), output = Tensor.Create([error], [1, 1]);
        Assert.Equal(value, new LogCosh().Call(target, output), value * 3e-7);
        Assert.Equal(Math.Tanh(error), new LogCosh().Gradient(target, output)[0, 0], 2e-7);
    }

    [Fact]
    public void What_is_not_a_number_stays_so()
    {
        Tensor<float> target = Tensor.Create([0f], [1, 1]), output = Tensor.Create([float.NaN], [1, 1]);
        Assert.Equal(float.NaN, new LogCosh().Call(target, output));
        Assert.Equal(float.NaN, new LogCosh().Gradient(target, output)[0, 0]);
    }
}
