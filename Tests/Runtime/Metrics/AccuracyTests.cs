using System.Numerics.Tensors;

namespace CompiledNets.Tests.Metrics;

/// <summary>The accuracies: figures of Keras's own documentation and tests.</summary>
public sealed class AccuracyTests
{
    [Fact]
    public void Accuracy_counts_exact_equality()
    {
        Accuracy metric = new();
        metric.Update(Column(1, 2, 3, 4), Column(0, 2, 3, 4));
        Assert.Equal(0.75, metric.Result);

        metric.Reset();
        metric.Update(Column(1, 2, 3, 4), Column(0, 2, 3, 4), new float[] { 1, 1, 0, 0 });
        Assert.Equal(0.5, metric.Result);
    }

    [Fact]
    public void A_single_axis_is_samples()
    {
        Accuracy metric = new();
        metric.Update(new float[] { 1, 2 }, new float[] { 1, 3 }, new float[] { 3, 1 });
        Assert.Equal(0.75, metric.Result);
    }

    [Fact]
    public void Binary_accuracy_cuts_at_a_threshold()
    {
        BinaryAccuracy metric = new();
        metric.Update(Column(1, 1, 0, 0), Column(0.98f, 1, 0, 0.6f));
        Assert.Equal(0.75, metric.Result);

        metric.Reset();
        metric.Update(Column(1, 1, 0, 0), Column(0.98f, 1, 0, 0.6f), new float[] { 1, 0, 0, 1 });
        Assert.Equal(0.5, metric.Result);
    }

    [Fact]
    public void An_output_at_the_threshold_counts_as_zero()
    {
        BinaryAccuracy metric = new(threshold: 0.3f);
        metric.Update(Column(0, 1, 1), Column(0.3f, 0.3f, 0.31f));
        Assert.Equal(2 / 3.0, metric.Result);
        Assert.Contains("threshold=1", Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryAccuracy(threshold: 1)).Message);
    }

    [Fact]
    public void Binary_accuracy_of_several_questions_is_their_mean_for_each_sample()
    {
        BinaryAccuracy metric = new();
        metric.Update(Tensor.Create([1f, 0, 1, 1], [2, 2]), Tensor.Create([0.9f, 0.9f, 0.9f, 0.9f], [2, 2]), new float[] { 1, 3 });
        Assert.Equal(3.5 / 4, metric.Result);
    }

    [Fact]
    public void Categorical_accuracy_compares_the_largest()
    {
        CategoricalAccuracy metric = new();
        Tensor<float> truth = Tensor.Create([0f, 0, 1, 0, 1, 0], [2, 3]);
        Tensor<float> pred = Tensor.Create([0.1f, 0.9f, 0.8f, 0.05f, 0.95f, 0], [2, 3]);
        metric.Update(truth, pred);
        Assert.Equal(0.5, metric.Result);

        metric.Reset();
        metric.Update(truth, pred, new float[] { 0.7f, 0.3f });
        Assert.Equal(0.3, metric.Result, 1e-7);
    }

    [Fact]
    public void Sparse_categorical_accuracy_takes_class_numbers()
    {
        Tensor<float> pred = Tensor.Create([0.1f, 0.6f, 0.3f, 0.05f, 0.95f, 0], [2, 3]);
        foreach (Tensor<float> truth in new[] { Column(2, 1), Tensor.Create([2f, 1]) })
        {
            SparseCategoricalAccuracy metric = new();
            metric.Update(truth, pred, new float[] { 0.7f, 0.3f });
            Assert.Equal(0.3, metric.Result, 1e-7);
        }
    }

    [Fact]
    public void Of_equal_outputs_the_first_counts()
    {
        SparseCategoricalAccuracy metric = new();
        metric.Update(new float[] { 0, 1 }, Tensor.Create([0.5f, 0.5f, -0f, 0f], [2, 2]));
        Assert.Equal(0.5, metric.Result);
    }

    [Fact]
    public void Time_steps_are_averaged_for_each_sample_and_may_have_weights_of_their_own()
    {
        Tensor<float> truth = Tensor.Create([0f, 1, 1, 1], [2, 2]);
        Tensor<float> pred = Tensor.Create([0.9f, 0.1f, 0.9f, 0.1f, 0.1f, 0.9f, 0.1f, 0.9f], [2, 2, 2]);
        SparseCategoricalAccuracy metric = new();
        metric.Update(truth, pred);
        Assert.Equal(0.75, metric.Result);

        metric.Reset();
        metric.Update(truth, pred, new float[] { 1, 3 });
        Assert.Equal(3.5 / 4, metric.Result);

        metric.Reset();
        metric.Update(truth, pred, Tensor.Create([1f, 0, 1, 1], [2, 2]));
        Assert.Equal(1, metric.Result);
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused()
    {
        string sparse = Assert.Throws<ArgumentException>(() => new SparseCategoricalAccuracy().Prepare([10], [10])).Message;
        Assert.Contains("target.shape=(None, 10), output.shape=(None, 10)", sparse);
        Assert.Contains("use CategoricalAccuracy", sparse);
        Assert.Contains("use SparseCategoricalAccuracy",
            Assert.Throws<ArgumentException>(() => new CategoricalAccuracy().Prepare([], [10])).Message);
        new BinaryAccuracy().Prepare([], [1]);
        Assert.Throws<ArgumentException>(() => new BinaryAccuracy().Update([1, 1], [2, 1], [1, 1], [2, 1], [1, 1, 1]));
    }

    private static Tensor<float> Column(params float[] numbers) => Tensor.Create(numbers, [numbers.Length, 1]);
}
