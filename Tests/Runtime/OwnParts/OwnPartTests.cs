using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Numerics;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.OwnParts;

/// <summary>
/// Losses, metrics and optimizers on spans do what those of lanes do: in calls, in training, with weights and any number of threads.
/// </summary>
public sealed class OwnPartTests
{
    private const double Tolerance = 2e-6;

    [Fact]
    public void A_loss_on_spans_has_the_values_and_gradients_of_one_of_lanes()
    {
        Tensor<float> truth = Examples.Features(19, 12, seed: 3), output = Examples.Features(19, 12);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            foreach (Reduction reduction in new[] { Reduction.SumOverBatchSize, Reduction.Sum, Reduction.MeanWithSampleWeight })
            {
                Tensor<float> weights = Tensor.Create([.. Enumerable.Range(0, 19).Select(i => i / 10f)]);
                OwnSquares own = new() { Reduction = reduction };
                MeanSquaredError ours = new(reduction);
                Assert.Equal(ours.Call(truth, output, weights, width), own.Call(truth, output, weights, width), Tolerance);
                Near(ours.Gradient(truth, output, weights, width), own.Gradient(truth, output, weights, width));
                Near(ours.Values(truth, output, weights, width), own.Values(truth, output, weights, width));
            }
        }
    }

    [Fact]
    public void A_loss_on_spans_may_take_class_numbers()
    {
        Tensor<float> output = Tensor.Create([0.2f, 0.5f, 0.3f, 0.1f, 0.1f, 0.8f], [2, 3]), truth = Tensor.Create([1f, 2]);
        Assert.Equal(new SparseCategoricalCrossentropy().Call(truth, output), new OwnNegativeLog().Call(truth, output), Tolerance);
        Assert.Contains("class numbers", Assert.Throws<ArgumentException>(() => new OwnNegativeLog().Call(output, output))
            .Message, StringComparison.Ordinal);
        Assert.Contains("[0, 3)", Assert.Throws<ArgumentException>(() => new OwnNegativeLog().Call(Tensor.Create([1f, 3]), output))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_parts_train_as_ours_do_with_any_number_of_threads()
    {
        float[] ours = Train(new SGD(0.05, 0.9) { ClipValue = 0.02, WeightDecay = 0.1, UseEma = true }, new MeanSquaredError(),
            new MeanAbsoluteError(), 1, out History expected);
        float[] own = Train(new OwnMomentum(0.05) { ClipValue = 0.02, WeightDecay = 0.1, UseEma = true }, new OwnSquares(), new OwnSize(),
            1, out History history);
        for (int i = 0; i < ours.Length; i++) Assert.Equal(ours[i], own[i], 1e-4);
        Assert.Equal(expected["loss"][^1], history["loss"][^1], 1e-5);
        Assert.Equal(expected["val_mean_absolute_error"][^1], history["val_own_size"][^1], 1e-5);
        foreach (int threads in new[] { 2, 3 })
            Assert.Equal(own, Train(new OwnMomentum(0.05) { ClipValue = 0.02, WeightDecay = 0.1, UseEma = true }, new OwnSquares(),
                new OwnSize(), threads, out _));
    }

    [Fact]
    public void A_step_with_own_parts_allocates_nothing()
    {
        BinaryNet model = new(1) { Threads = 1 };
        model.Compile(new OwnMomentum(0.01), new OwnSquares());
        float[] x = TensorRows.Numbers(Examples.Features(64, 6)), y = new float[64];
        for (int i = 0; i < 3; i++) model.TrainOnBatch(x, y);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) model.TrainOnBatch(x, y);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_is_not_overridden_says_so()
    {
        Tensor<float> numbers = Tensor.Create([1f, 2], [2, 1]);
        Assert.Contains("must override Evaluate", Assert.Throws<NotSupportedException>(() => new EmptyLoss().Call(numbers, numbers))
            .Message, StringComparison.Ordinal);
        Assert.Contains("must override Update", Assert.Throws<NotSupportedException>(() => new EmptyOptimizer().Apply([numbers], [numbers]))
            .Message, StringComparison.Ordinal);
    }

    private static float[] Train(Optimizer optimizer, Loss loss, Metric metric, int threads, out History history)
    {
        WideRegressionNet model = new(1) { Threads = threads };
        model.Compile(optimizer, loss, metric);
        Dataset data = new(Examples.Features(300, 60), Examples.Features(300, 4, seed: 9));
        history = model.Fit(data, epochs: 3, batchSize: 128, verbose: Verbose.Silent, validationSplit: 0.1);
        return [.. model.Weights.SelectMany(weight => weight.Values.ToArray())];
    }

    private static void Near(Tensor<float> expected, Tensor<float> actual)
    {
        float[] a = TensorRows.Numbers(expected), b = TensorRows.Numbers(actual);
        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], Tolerance * Math.Max(1, Math.Abs(a[i])));
    }

    private sealed class OwnSquares() : Loss("own_squares")
    {
        protected override float Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> gradient)
        {
            float sum = 0;
            for (int i = 0; i < output.Length; i++)
            {
                float error = output[i] - target[i];
                sum += error * error;
                if (!gradient.IsEmpty) gradient[i] = 2 * error / output.Length;
            }

            return sum / output.Length;
        }
    }

    private sealed class OwnNegativeLog() : Loss("own_negative_log")
    {
        protected override bool TakesClassNumbers => true;

        protected override float Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> gradient) =>
            -MathF.Log(output[(int)target[0]]);
    }

    private sealed class OwnSize() : MeanMetric("own_size")
    {
        protected override double Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output)
        {
            double sum = 0;
            for (int i = 0; i < output.Length; i++) sum += Math.Abs(output[i] - target[i]);
            return sum / output.Length;
        }
    }

    private sealed class OwnMomentum(double learningRate) : Optimizer("own_momentum", learningRate)
    {
        private static readonly string[] Names = ["momentum"];

        private float rate;

        protected override IReadOnlyList<string> StateNames => Names;

        protected override void BeginStep(long iteration, double learningRate) => rate = (float)learningRate;

        protected override void Update(Span<float> weights, ReadOnlySpan<float> gradients, OptimizerState state)
        {
            Span<float> momentum = state[0];
            for (int i = 0; i < weights.Length; i++)
            {
                momentum[i] = (0.9f * momentum[i]) - (rate * gradients[i]);
                weights[i] += momentum[i];
            }
        }
    }

    private sealed class EmptyLoss() : Loss("empty");

    private sealed class EmptyOptimizer() : Optimizer("empty", 0.1);
}

/// <summary>Large enough for several threads.</summary>
[Network]
[Input(60)]
[Dense(70, Activation.Tanh)]
[Dense(4)]
internal sealed partial class WideRegressionNet;
