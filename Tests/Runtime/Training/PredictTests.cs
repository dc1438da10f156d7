using System.Numerics.Tensors;

namespace CompiledNets.Tests.Training;

/// <summary>Predictions of one row, of many, and from many threads.</summary>
public sealed class PredictTests
{
    [Fact]
    public void A_row_agrees_with_its_batch_to_rounding()
    {
        ClassNet model = new(2);
        Tensor<float> x = Examples.Features(45, 4);
        Tensor<float> all = model.Predict(x);
        Assert.Equal([45, 3], all.Lengths.ToArray());
        for (int i = 0; i < 45; i++)
        {
            float[] row = model.Predict([x[i, 0], x[i, 1], x[i, 2], x[i, 3]]);
            for (int c = 0; c < 3; c++) Assert.Equal(all[i, c], row[c], 1e-6f);
        }
    }

    [Fact]
    public void One_sample_in_a_tensor_is_predicted_as_a_row_however_it_is_watched()
    {
        ClassNet model = new(2);
        Tensor<float> x = Examples.Features(1, 4);
        float[] row = model.Predict(TensorRows.Numbers(x));
        Assert.Equal(row, TensorRows.Numbers(model.Predict(x)));
        Assert.Equal(row, TensorRows.Numbers(model.Predict(x, callbacks: [new Nothing()])));
    }

    [Fact]
    public void A_last_batch_of_one_is_predicted_as_the_others()
    {
        ClassNet model = new(2);
        Tensor<float> x = Examples.Features(9, 4);
        Assert.Equal(TensorRows.Numbers(model.Predict(x)), TensorRows.Numbers(model.Predict(x, batchSize: 4, callbacks: [new Nothing()])));
    }

    [Fact]
    public void Rows_of_a_slice_are_read_where_they_lie()
    {
        ClassNet model = new(2);
        Tensor<float> x = Examples.Features(40, 4);
        Tensor<float> part = model.Predict(x.Slice(7..21, ..)), all = model.Predict(x);
        for (int i = 0; i < 14; i++) Assert.Equal(all[i + 7, 1], part[i, 1]);
    }

    [Fact]
    public void Many_threads_get_the_same_answers() => Stress(new WideNet(2), 64, 3);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Many_threads_get_the_same_answers_of_batches(int threads)
    {
        // 100 samples are enough for a team, which one of the callers has at a time.
        WideNet model = new(2) { Threads = threads };
        Tensor<float> x = Examples.Features(164, 64);
        float[] numbers = TensorRows.Numbers(x);
        float[][] expected = [.. Enumerable.Range(0, 64).Select(first => model.Predict(numbers.AsSpan(first * 64, 100 * 64)))];
        int wrong = 0;
        RunOnThreads(8, number =>
        {
            float[] outputs = new float[300];
            for (int turn = 0; turn < 100; turn++)
            {
                int first = (turn + (number * 7)) % 64;
                model.Predict(numbers.AsSpan(first * 64, 100 * 64), outputs);
                if (!outputs.AsSpan().SequenceEqual(expected[first])) Interlocked.Increment(ref wrong);
                if (turn % 10 > 0) continue;
                outputs = TensorRows.Numbers(model.Predict(x.Slice(first..(first + 100), ..), batchSize: 9, callbacks: [new Nothing()]));
                if (outputs.Zip(expected[first]).Any(pair => MathF.Abs(pair.First - pair.Second) > 1e-6f)) Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Many_threads_get_the_same_answers_of_rows_that_threads_share() => Stress(new SharedRowNet(2) { Threads = 3 }, 300, 5);

    [Fact]
    public void A_row_that_threads_share_has_the_same_bits()
    {
        SharedRowNet model = new(2) { Threads = 1 };
        float[] row = TensorRows.Numbers(Examples.Features(1, 300)), alone = model.Predict(row);
        foreach (int threads in new[] { 2, 3, 7 })
        {
            model.Threads = threads;
            Assert.Equal(alone, model.Predict(row));
        }
    }

    private static void Stress(Model model, int features, int outputs)
    {
        Tensor<float> x = Examples.Features(64, features);
        float[] numbers = TensorRows.Numbers(x), expected = new float[64 * outputs];
        for (int i = 0; i < 64; i++) model.Predict(numbers.AsSpan(i * features, features), expected.AsSpan(i * outputs, outputs));
        int wrong = 0;
        RunOnThreads(8, number =>
        {
            float[] output = new float[outputs];
            for (int turn = 0; turn < 2000; turn++)
            {
                int i = (turn + (number * 7)) % 64;
                model.Predict(numbers.AsSpan(i * features, features), output);
                if (!output.AsSpan().SequenceEqual(expected.AsSpan(i * outputs, outputs))) Interlocked.Increment(ref wrong);
            }
        });
        Assert.Equal(0, wrong);
    }

    private static void RunOnThreads(int count, Action<int> action)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => action(number)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    private sealed class Nothing : Callback;

    [Fact]
    public void Wrong_lengths_and_shapes_are_named()
    {
        ClassNet model = new(2);
        ArgumentException length = Assert.Throws<ArgumentException>(() => model.Predict(new float[5]));
        Assert.Equal(
            "'ClassNet' takes samples of 4 numbers, of shape (None, 4). Received: 5 numbers, which are no whole number of samples. " +
                "(Parameter 'samples')", length.Message);
        ArgumentException room = Assert.Throws<ArgumentException>(() => model.Predict(new float[8], new float[5]));
        Assert.Equal("'ClassNet' gives 3 numbers for each of 2 samples, 6 in all. Received: outputs with room for 5. (Parameter 'outputs')",
            room.Message);
        ArgumentException shape = Assert.Throws<ArgumentException>(() => model.Predict(Examples.Features(8, 5)));
        Assert.StartsWith("The input of 'ClassNet' has the wrong shape. Expected shape (None, 4), but received: x.shape=(8, 5).",
            shape.Message, StringComparison.Ordinal);
    }
}
