using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>Layers that do not train: their weights stay, and nothing is worked for them but the forward pass.</summary>
[Collection(nameof(Alone))]
public sealed class FreezingTests
{
    private static readonly Tensor<float> X = Examples.Features(40, 6), Y = Examples.Features(40, 1, seed: 9);

    [Fact]
    public void A_pattern_freezes_the_layers_of_its_names()
    {
        BaseNet model = new(1);
        Assert.Equal(["base_in", "base_norm", "base_out"], model.SetTrainable("base_*", false).Select(layer => layer.Name));
        Assert.False(model.BaseNorm.Trainable);
        Assert.True(model.Head.Trainable);
        Assert.Equal(["base_in"], model.SetTrainable("base_?n", true).Select(layer => layer.Name));
        Assert.True(model.BaseIn.Trainable);
        string message = Assert.Throws<ArgumentException>(() => model.SetTrainable("Base*", false)).Message;
        Assert.Contains("has no layer 'Base*'. It has: base_in, base_norm, base_out, head.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_is_frozen_and_trained_as_a_whole()
    {
        BaseNet model = new(1);
        Assert.True(model.Trainable);
        model.Trainable = false;
        Assert.False(model.Trainable);
        Assert.All(model.Weights, weight => Assert.False(weight.Trainable));
        model.Head.Trainable = true;
        Assert.True(model.Trainable);
        model.Trainable = true;
        Assert.All(model.Layers, layer => Assert.True(layer.Trainable));
    }

    [Fact]
    public void A_frozen_base_stays_as_it_is_and_a_frozen_normalization_infers()
    {
        BaseNet model = new(1), head = new(1);
        model.Compile("adam", "mse");
        model.Fit(X, Y, epochs: 2, verbose: Verbose.Silent);
        model.SetTrainable("base_*", false);
        float[] low = Numbers(model, "base"), high = Numbers(model, "head");
        Tensor<float> inferred = model.Predict(X);
        Tensor<float> forward = model.Forward(X, training: true);
        for (int i = 0; i < 40; i++) Assert.Equal(inferred[i, 0], forward[i, 0], 1e-5f);
        model.Compile("adam", "mse");
        model.Fit(X, Y, epochs: 2, verbose: Verbose.Silent);
        Assert.Equal(low, Numbers(model, "base"));
        Assert.NotEqual(high, Numbers(model, "head"));
        model.Trainable = true;
        model.Fit(X, Y, verbose: Verbose.Silent);
        Assert.NotEqual(low, Numbers(model, "base"));
    }

    [Fact]
    public void There_is_optimizer_state_for_what_trains_only()
    {
        BaseNet model = new(1);
        model.SetTrainable("base_*", false);
        Adam adam = new() { UseEma = true };
        model.Compile(adam, "mse");
        model.TrainOnBatch(X, Y);
        UpdateKernel kernel = adam.KernelFor(LaneWidths.Best, model.Parameters);
        // 20 weights and a bias, up to a multiple of 16.
        Assert.All(kernel.Slots, slot => Assert.Equal(32, slot.Values.Length));
        float[] before = [.. kernel.Slots.SelectMany(slot => slot.Values.ToArray())];
        Assert.Contains(before, number => number != 0);
        model.BaseOut.Trainable = true;
        model.TrainOnBatch(X, Y);
        Assert.All(kernel.Slots, slot => Assert.Equal(32 + 432, slot.Values.Length));
        model.Trainable = true;
        model.TrainOnBatch(X, Y);
        Assert.All(kernel.Slots, slot => Assert.Equal(32 + 432 + 144 + 32 + 32, slot.Values.Length));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    [InlineData("own")]
    [InlineData("ema")]
    [InlineData("accumulating")]
    public void State_in_whatever_order_it_came_gives_the_same_bits(string name)
    {
        // Frozen before the first step, then trained; the other trains from the start with a learning rate of zero, which changes no
        // weight.
        BaseNet late = new(1), early = new(1);
        foreach (BaseNet model in new[] { late, early }) model.Compile(Make(name), "mse");
        Optimizer optimizer = early.Optimizer!;
        Assert.NotSame(optimizer, late.Optimizer);
        late.BaseIn.Trainable = late.BaseOut.Trainable = false;
        early.BaseIn.Trainable = early.BaseOut.Trainable = true;
        early.BaseIn.Trainable = early.BaseOut.Trainable = false;
        optimizer.KernelFor(LaneWidths.Best, early.Parameters).Layout.Choose(early.Description.Groups, new bool[early.Layers.Count]);
        for (int step = 0; step < 9; step++)
        {
            if (step == 4) late.Trainable = early.Trainable = true;
            Assert.Equal(late.TrainOnBatch(X, Y), early.TrainOnBatch(X, Y));
        }

        Assert.Equal(Numbers(late, ""), Numbers(early, ""));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bits_of_a_partly_frozen_network_do_not_depend_on_threads(int threads)
    {
        Samples[] x = [Examples.Features(300, 120), Examples.Features(300, 90)];
        Samples[] y = [Examples.Classes(300, 4).Targets, Examples.Features(300, 2)];
        Assert.Equal(Trained(1), Trained(threads));

        float[] Trained(int count)
        {
            WideGraphNet model = new(1) { Threads = count };
            model.Dense.Trainable = model.BatchNormalization.Trainable = false;
            model.Compile("adam", ["sparse_categorical_crossentropy", "mse"]);
            model.Fit(x, y, batchSize: 128, epochs: 2, verbose: Verbose.Silent);
            return Numbers(model, "");
        }
    }

    [Fact]
    public void Gradients_of_inputs_go_through_frozen_layers()
    {
        BaseNet model = new(1), frozen = new(1);
        frozen.Trainable = false;
        model.Forward(X);
        frozen.Forward(X);
        Assert.Equal(TensorRows.Numbers(model.Backward(Y)), TensorRows.Numbers(frozen.Backward(Y)));
        Assert.Throws<InvalidOperationException>(() => frozen.Head.Kernel.Gradient.ToArray());
    }

    [Fact]
    public void Training_that_trains_nothing_says_so_once()
    {
        BaseNet model = new(1);
        model.Compile("adam", "mse");
        model.Trainable = false;
        string said = Said(() =>
        {
            model.TrainOnBatch(X, Y);
            model.Fit(X, Y, verbose: Verbose.Silent);
        });
        Assert.Equal("Warning: 'BaseNet' trains nothing: all its layers with weights are frozen (`Trainable` is false).", said.Trim());
        model.Head.Trainable = true;
        Assert.Equal("", Said(() => model.TrainOnBatch(X, Y)));
        TwoTowersNet towers = new(1);
        towers.Compile("adam", [null, "mse"]);
        towers.Dense2.Trainable = towers.Dense3.Trainable = false;
        Assert.Contains("on which an output with a loss depends", Said(() =>
            towers.TrainOnBatch([Examples.Features(4, 5)], [null, Examples.Features(4, 3)])), StringComparison.Ordinal);
    }

    private static string Said(Action action)
    {
        TextWriter error = Console.Error;
        using var writer = new StringWriter();
        try
        {
            Console.SetError(writer);
            action();
        }
        finally
        {
            Console.SetError(error);
        }

        return writer.ToString();
    }

    private static Optimizer Make(string name) => name switch
    {
        "sgd" => new SGD(0.01, momentum: 0.9),
        "rmsprop" => new RMSprop(0.01, momentum: 0.5, centered: true),
        "own" => new OwnRule(),
        "ema" => new Adam(0.01) { UseEma = true, EmaOverwriteFrequency = 3 },
        "accumulating" => new Adam(0.01) { GradientAccumulationSteps = 2, GlobalClipNorm = 0.5 },
        _ => new Adam(0.01),
    };

    private static float[] Numbers(Model model, string layers) =>
        [.. model.Weights.Where(weight => weight.Path.StartsWith(layers, StringComparison.Ordinal))
            .SelectMany(weight => weight.Values.ToArray())];

    private sealed class OwnRule() : Optimizer("own", 0.01)
    {
        protected override IReadOnlyList<string> StateNames => ["sum"];

        protected override void Update(Span<float> weights, ReadOnlySpan<float> gradients, OptimizerState state)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                state[0][i] += gradients[i];
                weights[i] -= 0.01f * state[0][i];
            }
        }
    }
}
