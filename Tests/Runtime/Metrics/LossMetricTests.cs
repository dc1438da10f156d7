using System.Numerics.Tensors;

namespace CompiledNets.Tests.Metrics;

/// <summary>Metrics that are means of losses' values: figures of Keras's own tests.</summary>
public sealed class LossMetricTests
{
    private static readonly Tensor<float> True = Tensor.Create([0f, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1], [4, 5]);
    private static readonly Tensor<float> Pred = Tensor.Create([0f, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1], [4, 5]);
    private static readonly float[] Weights = [1, 1.5f, 2, 2.5f];

    [Fact]
    public void Mean_squared_error()
    {
        Metric metric = new MeanSquaredError();
        metric.Update(True, Pred);
        Assert.Equal(0.5, metric.Result, 1e-6);

        metric.Reset();
        metric.Update(True, Pred, Weights);
        Assert.Equal(0.54285, metric.Result, 1e-5);
    }

    [Fact]
    public void Mean_absolute_error()
    {
        Metric metric = new MeanAbsoluteError();
        metric.Update(True, Pred, Weights);
        Assert.Equal(0.54285, metric.Result, 1e-5);
    }

    [Fact]
    public void Root_mean_squared_error_is_the_root_of_the_mean_over_batches()
    {
        RootMeanSquaredError metric = new();
        metric.Update(Tensor.Create([2f, 4, 6], [1, 3]), Tensor.Create([1f, 3, 2], [1, 3]));
        Assert.Equal(Math.Sqrt(6), metric.Result, 1e-6);
        metric.Update(Tensor.Create([0f, 0, 0], [1, 3]), Tensor.Create([0f, 0, 0], [1, 3]));
        Assert.Equal(Math.Sqrt(3), metric.Result, 1e-6);
    }

    [Fact]
    public void Binary_crossentropy()
    {
        Metric metric = new BinaryCrossentropy();
        metric.Update(Tensor.Create([1f, 0, 1, 0], [2, 2]), Tensor.Create([1f, 1, 1, 0], [2, 2]));
        Assert.Equal(3.9855, metric.Result, 1e-3);

        Metric logits = new BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.1f);
        logits.Update(Tensor.Create([1f, 0, 1], [1, 3]), Tensor.Create([10f, -10, -10], [1, 3]));
        Assert.Equal(3.5, logits.Result, 1e-4);
    }

    [Fact]
    public void Categorical_and_sparse_crossentropy_agree()
    {
        Tensor<float> pred = Tensor.Create([0.05f, 0.95f, 0, 0.1f, 0.8f, 0.1f], [2, 3]);
        Metric categorical = new CategoricalCrossentropy();
        categorical.Update(Tensor.Create([0f, 1, 0, 0, 0, 1], [2, 3]), pred, new float[] { 1.5f, 2 });
        Metric sparse = new SparseCategoricalCrossentropy();
        sparse.Update(new float[] { 1, 2 }, pred, new float[] { 1.5f, 2 });

        Assert.Equal(1.3377, categorical.Result, 1e-4);
        Assert.Equal(1.3377, sparse.Result, 1e-4);
    }

    [Fact]
    public void Crossentropy_of_a_network_s_logits_does_not_end_at_the_clip()
    {
        Metric metric = new BinaryCrossentropy();
        metric.UpdateFromLogits([0, 1], [2, 1], [50, 50], [2, 1], []);
        Assert.Equal(25, metric.Result);
        Assert.Throws<NotSupportedException>(() => new BinaryAccuracy().UpdateFromLogits([0], [1, 1], [0], [1, 1], []));
    }

    [Fact]
    public void Batches_of_different_sizes_count_by_their_samples()
    {
        Metric metric = new MeanSquaredError();
        metric.Update(new float[20], [20, 1], Enumerable.Repeat(1f, 20).ToArray(), [20, 1], []);
        metric.Update(new float[5], [5, 1], new float[5], [5, 1], []);
        Assert.Equal(20 / 25.0, metric.Result);
    }

    [Fact]
    public void Once_its_buffers_have_grown_a_batch_allocates_nothing()
    {
        Metric metric = new MeanSquaredError();
        float[] truth = new float[40];
        float[] pred = new float[40];
        int[] shape = [20, 2];
        for (int i = 0; i < 3; i++)
        {
            metric.Update(truth, shape, pred, shape, []);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        metric.Update(truth, shape, pred, shape, []);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Nothing_taken_in_is_zero() => Assert.Equal(0, new RootMeanSquaredError().Result);
}
