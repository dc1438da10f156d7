using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class DatasetTests
{
    // Row i has the features (2i, 2i + 1), the target i and the weight 10 i.
    private static readonly Dataset Ten = new(
        Tensor.Create([.. Enumerable.Range(0, 20).Select(i => (float)i)], [10, 2]),
        Tensor.Create([.. Enumerable.Range(0, 10).Select(i => (float)i)], [10]),
        Tensor.Create([.. Enumerable.Range(0, 10).Select(i => 10f * i)], [10]));

    [Fact]
    public void Rows_are_counted_and_read()
    {
        Assert.Equal(10, Ten.Count);
        Assert.Equal([6f, 7], Ten.Row(3).ToArray());
        Assert.Equal("(10, 2) -> (10,)", Ten.ToString());
    }

    [Fact]
    public void Rows_are_taken_with_all_that_belongs_to_them()
    {
        Dataset taken = Ten.Take(9, 0, 9);
        Assert.Equal([3, 2], taken.Features.Lengths);
        Assert.Equal([18f, 19, 0, 1, 18, 19], TensorRows.Numbers(taken.Features));
        Assert.Equal([9f, 0, 9], TensorRows.Numbers(taken.Targets));
        Assert.Equal([90f, 0, 90], TensorRows.Numbers(taken.SampleWeights!));
        Assert.Equal([8f, 9], TensorRows.Numbers(Ten.Take(^2..).Targets));
        Assert.Equal(0, Ten.Take(0..0).Count);
    }

    [Fact]
    public void Images_keep_their_shape()
    {
        Dataset images = new(Tensor.Create(new float[24], [2, 3, 4, 1]), Tensor.Create(new float[2], [2]));
        Assert.Equal([1, 3, 4, 1], images.Take(1).Features.Lengths);
    }

    [Fact]
    public void Parts_have_each_row_once_and_stay_paired()
    {
        (Dataset train, Dataset test) = Ten.Split(testSize: 0.33, seed: 3);
        Assert.Equal((6, 4), (train.Count, test.Count));
        float[] targets = [.. TensorRows.Numbers(train.Targets), .. TensorRows.Numbers(test.Targets)];
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), targets.Order());
        Assert.NotEqual(targets.Order(), targets);
        for (int i = 0; i < test.Count; i++) Assert.Equal(2 * TensorRows.Numbers(test.Targets)[i], test.Row(i)[0]);
        Assert.Equal(TensorRows.Numbers(test.Targets), TensorRows.Numbers(Ten.Split(testRows: 4, seed: 3).Test.Targets));
    }

    [Fact]
    public void A_split_in_three_takes_shares_of_the_whole()
    {
        (Dataset train, Dataset validation, Dataset test) = Ten.Split(testSize: 0.1, validationSize: 0.2, seed: 3);
        Assert.Equal((7, 2, 1), (train.Count, validation.Count, test.Count));
        float[] targets = [.. TensorRows.Numbers(train.Targets), .. TensorRows.Numbers(validation.Targets),
            .. TensorRows.Numbers(test.Targets)];
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), targets.Order());
        Assert.Equal(TensorRows.Numbers(Ten.Split(testSize: 0.1, seed: 3).Test.Targets), TensorRows.Numbers(test.Targets));
        Assert.StartsWith(
            "Expected shares that leave a sample to train on. Received: testSize=0.5, validationSize=0.5 of 10 samples",
            Assert.Throws<ArgumentException>(() => Ten.Split(0.5, 0.5)).Message, StringComparison.Ordinal);
        Assert.Contains("Received: validationSize=0", Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Split(0.5, 0.0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_can_have_the_classes_in_the_proportions_of_the_whole()
    {
        Dataset data = new(Enumerable.Range(0, 20).ToArray(), Enumerable.Range(0, 20).Select(row => row < 5 ? 1 : 0).ToArray());
        for (int seed = 0; seed < 5; seed++)
        {
            (Dataset train, Dataset validation, Dataset test) = data.Split(0.2, 0.2, seed, stratify: true);
            Assert.Equal([3f, 1, 1], new[] { train, validation, test }.Select(part => TensorRows.Numbers(part.Targets).Sum()));
            Assert.Equal(1, TensorRows.Numbers(data.Split(testRows: 4, seed, stratify: true).Test.Targets).Sum());
        }
    }

    [Fact]
    public void Different_numbers_of_rows_are_refused()
    {
        Tensor<float> three = Tensor.Create(new float[3], [3, 1]), two = Tensor.Create(new float[2], [2]);
        Assert.StartsWith("Expected as many rows of targets as of features, 3. Received: 2",
            Assert.Throws<ArgumentException>(() => new Dataset(three, two)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Expected as many rows of sampleWeights",
            Assert.Throws<ArgumentException>(() => new Dataset(three, three, two)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_not_there_are_refused()
    {
        Assert.Contains("Expected a row from 0 to 9. Received: 10", Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Take(10)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Row(-1).Length);
        foreach (Range range in new[] { 5..11, 4..3, ^11.. })
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => Ten.Take(range)).Message;
            Assert.StartsWith($"Expected some of the 10 samples, from 0. Received: {range}", message, StringComparison.Ordinal);
        }
    }
}
