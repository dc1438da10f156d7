using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class ScalerTests
{
    public static TheoryData<Scaler> Scalers => [new StandardScaler(), new MinMaxScaler(-1, 1)];

    [Theory]
    [MemberData(nameof(Scalers))]
    public void Scaling_can_be_undone(Scaler scaler)
    {
        float[] numbers = [1, 5, -3, 5, 7.5f, 5, 0.25f, 5];
        Tensor<float> data = Tensor.Create(numbers, [4, 2]);
        Tensor<float> back = scaler.InverseTransform(scaler.FitTransform(data));
        Assert.Equal(data.Lengths, back.Lengths);
        Assert.All(TensorRows.Numbers(back).Zip(numbers), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Theory]
    [MemberData(nameof(Scalers))]
    public void New_rows_are_scaled_by_what_was_learned(Scaler scaler)
    {
        scaler.Fit(Tensor.Create([0f, 2], [2, 1]));
        Assert.Equal([3f], TensorRows.Numbers(scaler.Transform(Tensor.Create([4f], [1, 1]))));
    }

    [Theory]
    [MemberData(nameof(Scalers))]
    public void Data_that_does_not_fit_is_refused(Scaler scaler)
    {
        string name = scaler.GetType().Name;
        Assert.StartsWith(
            $"{name} expected data of shape (samples, features), with at least one of each. Received: data.shape=(2,)",
            Assert.Throws<ArgumentException>(() => scaler.Fit(Tensor.Create([1f, 2], [2]))).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            $"{name} expected finite numbers, but found NaN at row 1, column 0 (both from 0).",
            Assert.Throws<ArgumentException>(() => scaler.Fit(Tensor.Create([1f, 2, float.NaN, 3], [2, 2]))).Message,
            StringComparison.Ordinal);
        scaler.Fit(Tensor.Create([1f, 2, 3, 4], [2, 2]));
        Assert.StartsWith(
            $"Expected the 2 columns that this {name} was fitted with. Received: data.shape=(1, 3)",
            Assert.Throws<ArgumentException>(() => scaler.Transform(Tensor.Create([1f, 2, 3], [1, 3]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Scalers))]
    public void Infinity_is_refused_as_NaN_is(Scaler scaler)
    {
        foreach (float number in new[] { float.PositiveInfinity, float.NegativeInfinity })
        {
            Assert.Contains(
                " at row 1, column 1 (both from 0).",
                Assert.Throws<ArgumentException>(() => scaler.Fit(Tensor.Create([1f, 2, 3, number], [2, 2]))).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Scalers))]
    public void A_number_that_grows_beyond_single_precision_is_refused(Scaler scaler)
    {
        scaler.Fit(Tensor.Create([0f, 0, 1e-30f, 1e-30f], [4, 1]));
        string message = Assert.Throws<ArgumentException>(() => scaler.Transform(Tensor.Create([0f, 1e20f], [2, 1]))).Message;
        Assert.Contains("found 1E+20 at row 1, column 0 (both from 0)", message, StringComparison.Ordinal);
        Assert.Equal([float.NaN], TensorRows.Numbers(scaler.Transform(Tensor.Create([float.NaN], [1, 1]))));
    }

    [Fact]
    public void Fitting_comes_first() =>
        Assert.Equal(
            "This StandardScaler was not fitted yet: call Fit or FitTransform before.",
            Assert.Throws<InvalidOperationException>(() => new StandardScaler().Transform(Tensor.Create([1f], [1, 1]))).Message);
}
