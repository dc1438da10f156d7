using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class SamplesTests
{
    public static TheoryData<Samples> Rows => new()
    {
        Tensor.Create([1f, 2, 3, 4, 5, 6], [2, 3]),
        Tensor.Create([1d, 2, 3, 4, 5, 6], [2, 3]),
        new float[,] { { 1, 2, 3 }, { 4, 5, 6 } },
        new double[,] { { 1, 2, 3 }, { 4, 5, 6 } },
        new int[,] { { 1, 2, 3 }, { 4, 5, 6 } },
        new float[][] { [1, 2, 3], [4, 5, 6] },
        new double[][] { [1, 2, 3], [4, 5, 6] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Rows_of_any_kind_are_samples_by_features(Samples rows)
    {
        Assert.Equal([2, 3], rows.Tensor.Lengths);
        Assert.Equal([1f, 2, 3, 4, 5, 6], TensorRows.Numbers(rows.Tensor));
        Assert.Equal("(2, 3)", rows.ToString());
    }

    [Fact]
    public void Numbers_in_a_line_are_one_a_sample()
    {
        Assert.Equal([0.1f, 2], TensorRows.Numbers(Of(new double[] { 0.1, 2 })));
        Assert.Equal([0.1f, 2], TensorRows.Numbers(Of(new float[] { 0.1f, 2 })));
        Assert.Equal([1f, 0, 2], TensorRows.Numbers(Of(new int[] { 1, 0, 2 })));
        Assert.Equal([3], Of(new int[] { 1, 0, 2 }).Lengths);
    }

    [Fact]
    public void More_axes_keep_their_order()
    {
        Assert.Equal([1, 2, 3], Of(new float[,,] { { { 1, 2, 3 }, { 4, 5, 6 } } }).Lengths);
        Assert.Equal([1f, 2, 3, 4, 5, 6], TensorRows.Numbers(Of(new float[,,] { { { 1, 2, 3 }, { 4, 5, 6 } } })));
        Assert.Equal([2, 3, 4, 1], Of(new float[2, 3, 4, 1]).Lengths);
    }

    [Fact]
    public void A_tensor_is_not_copied_and_an_array_is()
    {
        Tensor<float> tensor = Tensor.Create([1f, 2], [2]);
        Assert.Same(tensor, Of(tensor));
        float[] array = [1, 2];
        Tensor<float> copy = Of(array);
        array[0] = 9;
        Assert.Equal([1f, 2], TensorRows.Numbers(copy));
    }

    [Fact]
    public void Nothing_stays_nothing()
    {
        float[,]? none = null;
        Tensor<float>? noTensor = null;
        Assert.Null((Samples?)none);
        Assert.Null((Samples?)noTensor);
        Assert.Null(new Dataset(new float[1, 1], new float[1], noTensor).SampleWeights);
    }

    [Fact]
    public void Tables_without_rows_keep_their_shape() => Assert.Equal([0, 3], Of(new double[0, 3]).Lengths);

    [Fact]
    public void Rows_that_differ_in_length_are_refused_with_their_number()
    {
        Refused("Expected 2 numbers in each row, as in row 0, but row 1 has 3 numbers (rows count from 0).",
            () => Of(new float[][] { [1, 2], [3, 4, 5] }));
        Refused("Expected 2 numbers in each row, as in row 0, but row 1 is null", () => Of(new double[][] { [1, 2], null! }));
        Refused("Expected an array of numbers in each row, but row 0 is null", () => Of(new double[][] { null!, [1, 2] }));
        Refused("Expected at least one row", () => Of(Array.Empty<float[]>()));
    }

    [Fact]
    public void Numbers_too_large_for_single_precision_are_refused_with_their_place()
    {
        Refused("Expected numbers of at most 3.4e38 in size, but found 1E+39 at row 1, column 0 (both from 0).",
            () => Of(new double[,] { { 1, 2 }, { 1e39, 4 } }));
        Refused("Expected numbers of at most 3.4e38 in size, but found -1E+300 at row 1, column 1",
            () => Of(new double[][] { [1, 2], [1, -1e300] }));
        Refused("Expected numbers of at most 3.4e38 in size, but found 1E+39 at row 2, column 0",
            () => Of(new double[] { 0, 0, 1e39 }));
    }

    private static Tensor<float> Of(Samples samples) => samples.Tensor;

    private static void Refused(string message, Func<Tensor<float>> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
