using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>Products of narrow lanes read a copy of large kernels: whatever changes a weight, they see it.</summary>
public sealed class WeightPanelsTests
{
    private static readonly Dataset Data = Examples.Classes(64, 70);

    [Fact]
    public void Weights_that_are_assigned()
    {
        PanelNet model = Made();
        AssertSeen(model);
        model.Dense.Kernel.Assign([.. model.Dense.Kernel.Values.ToArray().Select(value => value * 2)]);
        AssertSeen(model);
        model.Dense1.Bias.Assign(new float[model.Dense1.Bias.Values.Length]);
        AssertSeen(model);
        PanelNet other = new(seed: 9);
        model.CopyWeightsFrom(other);
        AssertSeen(model);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weights_that_train(int threads)
    {
        PanelNet model = Made();
        model.Threads = threads;
        model.Compile("adam", "sparse_categorical_crossentropy");
        for (int step = 0; step < 3; step++)
        {
            model.TrainOnBatch(Data.Features, Data.Targets);
            AssertSeen(model);
        }
    }

    [Fact]
    public void Weights_that_an_own_loop_changes()
    {
        PanelNet model = Made();
        model.Compile(new SGD(0.1));
        model.Forward(Data.Features);
        model.Backward(Examples.Features(64, 3));
        model.ApplyGradients();
        AssertSeen(model);
    }

    [Fact]
    public void Weights_that_are_averaged_and_put_back()
    {
        PanelNet model = Made();
        model.Compile(new SGD(0.5) { UseEma = true, EmaMomentum = 0.9 }, "sparse_categorical_crossentropy");
        model.Fit(Data, epochs: 2, verbose: Verbose.Silent);
        AssertSeen(model);
        EarlyStopping stop = new("loss", patience: 1, mode: MonitorMode.Max, restoreBestWeights: true);
        model.Fit(Data, epochs: 5, verbose: Verbose.Silent, callbacks: [stop]);
        AssertSeen(model);
    }

    [Fact]
    public void Weights_that_a_constraint_or_a_wrapper_changes()
    {
        RuledPanelNet model = new(seed: 4) { Width = LaneWidth.Lanes128 };
        model.Compile(new SGD(0.5), "sparse_categorical_crossentropy");
        for (int step = 0; step < 3; step++)
        {
            model.TrainOnBatch(Data.Features, Data.Targets);
            AssertSeen(model);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weights_that_convolutions_read_transformed(int threads)
    {
        TransformedNet model = new(seed: 6) { Threads = threads };
        AssertSeen(model);
        model.Conv2d.Kernel.Assign([.. model.Conv2d.Kernel.Values.ToArray().Select(value => value * 2)]);
        AssertSeen(model);
        model.Compile(new SGD(0.05), "sparse_categorical_crossentropy");
        for (int step = 0; step < 3; step++)
        {
            model.TrainOnBatch(Data.Features, Data.Targets);
            AssertSeen(model);
        }

        model.Forward(Data.Features);
        model.Backward(Examples.Features(64, 3));
        model.ApplyGradients();
        AssertSeen(model);
        model.CopyWeightsFrom(new TransformedNet(seed: 9));
        AssertSeen(model);
    }

    [Fact]
    public void Threads_that_predict_at_once_wait_for_the_copy()
    {
        float[] x = TensorRows.Numbers(Examples.Features(16, 512));
        float[] expected = new float[16 * 1024];
        LargePanelNet alone = new(seed: 5) { Width = LaneWidth.Lanes128, Threads = 1 };
        alone.Predict(x, expected);
        for (int round = 0; round < 20; round++)
        {
            LargePanelNet model = new(seed: 5) { Width = LaneWidth.Lanes128, Threads = 1 };
            float[][] outputs = new float[8][];
            using Barrier start = new(outputs.Length);
            Thread[] threads = [.. Enumerable.Range(0, outputs.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                outputs[i] = new float[16 * 1024];
                model.Predict(x, outputs[i]);
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            Assert.All(outputs, output => Assert.Equal(expected, output));
        }
    }

    private static PanelNet Made() => new(seed: 3) { Width = LaneWidth.Lanes128 };

    // The prediction of single samples reads the weights where they lie.
    private static void AssertSeen(Model model)
    {
        float[] batch = TensorRows.Numbers(model.Predict(Data.Features));
        float[] x = TensorRows.Numbers(Data.Features);
        for (int s = 0; s < 64; s++)
        {
            float[] row = model.Predict(x.AsSpan(s * 70, 70));
            for (int c = 0; c < row.Length; c++) Assert.Equal(row[c], batch[(s * row.Length) + c], 1e-5);
        }
    }
}

[Network, Input(70), Dense(130, Activation.Relu), Dense(125, Activation.Tanh), Dense(3, Activation.Softmax)]
internal sealed partial class PanelNet;

[Network, Input(70), SpectralNormalization, Dense(130, Activation.Relu)]
[Dense(125, Activation.Tanh, KernelConstraint = Constraint.UnitNorm), Dense(3, Activation.Softmax)]
internal sealed partial class RuledPanelNet;

[Network, Input(512), Dense(1024)]
internal sealed partial class LargePanelNet;

[Network, Input(70), Dense(6 * 6 * 32, Activation.Tanh), Reshape(6, 6, 32), Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
[Flatten, Dense(3, Activation.Softmax)]
internal sealed partial class TransformedNet;
