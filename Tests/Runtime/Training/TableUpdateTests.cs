using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

[Network, Input(50), Embedding(3000, 64), GlobalAveragePooling1D, Dense(1)]
internal sealed partial class SparseNet;

[Network, Input(9), Embedding(301, 20), GlobalAveragePooling1D, Dense(1)]
internal sealed partial class UnevenNet;

[Network, Input(4), Embedding(1, 3), GlobalAveragePooling1D, Dense(1)]
internal sealed partial class SingleRowNet;

[Network, Input(9), Embedding(301, 16, EmbeddingsL2 = 0.01), GlobalAveragePooling1D, Dense(1)]
internal sealed partial class PenalizedTableNet;

[Network]
internal sealed partial class SharedTableNet
{
    [Input(6)] public partial Node Words { get; }

    [Input(6)] public partial Node Others { get; }

    [From(nameof(Words)), Embedding(300, 24)] public partial Node A { get; }

    [From(nameof(Others)), Shared(nameof(A))] public partial Node B { get; }

    [From(nameof(Words)), Embedding(300, 24)] public partial Node C { get; }

    [Add(nameof(A), nameof(B), nameof(C)), GlobalAveragePooling1D, Dense(1), Output] public partial Node Answer { get; }
}

[Network, Input(5), Embedding(30, 4100), GlobalAveragePooling1D, Dense(1)]
internal sealed partial class WideTableNet;

[Network]
internal sealed partial class FrozenTableNet
{
    [Input(9)] public partial Node Words { get; }

    [From(nameof(Words)), Embedding(300, 16, Trainable = false)] public partial Node A { get; }

    [From(nameof(Words)), Embedding(300, 16)] public partial Node B { get; }

    [Add(nameof(A), nameof(B)), GlobalAveragePooling1D, Dense(1), Output] public partial Node Answer { get; }
}

/// <summary>
/// Tables are updated by the gradients of the rows that are looked up, without a gradient of the table's size: with the bits of a rule that
/// is given all of it.
/// </summary>
public sealed class TableUpdateTests
{
    private static readonly Dictionary<string, Func<int, Model>> Networks = new()
    {
        ["most rows untouched"] = seed => new SparseNet(seed),
        ["rows of no whole vectors"] = seed => new UnevenNet(seed),
        ["one row"] = seed => new SingleRowNet(seed),
        ["a penalty"] = seed => new PenalizedTableNet(seed),
        ["a shared table"] = seed => new SharedTableNet(seed),
        ["rows longer than a strip"] = seed => new WideTableNet(seed),
        ["a frozen one beside"] = seed => new FrozenTableNet(seed),
    };

    // Of those that take no squares of contributions, for which clipping by a norm that nothing reaches takes the gradient as a whole.
    private static readonly Dictionary<string, Func<Optimizer>> Rules = new()
    {
        ["sgd"] = () => new SGD(0.1),
        ["momentum"] = () => new SGD(0.1, 0.9, nesterov: true),
        ["clipped"] = () => new Adam(0.01) { ClipValue = 0.0005 },
        ["adamax"] = () => new Adamax(0.01),
        ["average"] = () => new SGD(0.1) { UseEma = true, EmaOverwriteFrequency = 2 },
        ["accumulated"] = () => new SGD(0.1, 0.9) { GradientAccumulationSteps = 2 },
        ["decay"] = () => new SGD(0.1) { WeightDecay = 0.01 },
        ["own"] = () => new OwnRule(),
        ["own, clipped"] = () => new OwnRule { ClipValue = 0.0005 },
    };

    public static IEnumerable<object[]> Cases =>
        from network in Networks.Keys from rule in Rules.Keys select new object[] { network, rule };

    [Fact]
    public void An_index_of_no_row_is_no_place()
    {
        float[] indices = [1, 3, -1, 1, 0, 2, 1e9f, 1], first = new float[3], next = new float[8];
        TableRows.FindPlaces<Lanes128>(ref indices[0], ref first[0], ref next[0], stride: 8, blocks: 1, places: 2, rows: 3);
        Assert.Equal([4, 0, 5], Array.ConvertAll(first, BitConverter.SingleToInt32Bits));
        Assert.Equal([3, -1, -1, 7, -1, -1, -1, -1], Array.ConvertAll(next, BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rows_move_as_by_the_gradient_of_the_whole_table(string network, string rule)
    {
        foreach (LaneWidth width in new[] { LaneWidth.Lanes128, LaneWidth.Lanes256, LaneWidth.Lanes512 })
        {
            Optimizer whole = Rules[rule]();
            // What is clipped by value is not clipped by a norm too, and another number of threads is all there is to compare with.
            if (whole.ClipValue is null) whole.GlobalClipNorm = Math.ScaleB(1, 100);
            float[] expected = Train(network, whole, width, 1);
            foreach (int threads in new[] { 1, 2, 3 }) Assert.Equal(expected, Train(network, Rules[rule](), width, threads));
        }
    }

    [Theory]
    [InlineData("most rows untouched")]
    [InlineData("rows of no whole vectors")]
    [InlineData("one row")]
    [InlineData("a shared table")]
    [InlineData("rows longer than a strip")]
    [InlineData("a frozen one beside")]
    public void Threads_change_no_bit_of_squares(string network)
    {
        foreach (LaneWidth width in new[] { LaneWidth.Lanes128, LaneWidth.Lanes256, LaneWidth.Lanes512 })
        {
            float[] alone = Train(network, new Adam(0.01), width, 1);
            foreach (int threads in new[] { 2, 5 }) Assert.Equal(alone, Train(network, new Adam(0.01), width, threads));
        }
    }

    // By hand: v takes the sum of the squares of what places contribute, of which each has the same, and not the square of their sum.
    [Fact]
    public void A_row_that_several_places_look_up_takes_the_squares_of_each()
    {
        UnevenNet model = new(seed: 1) { Threads = 1 };
        RMSprop rule = new(learningRate: 0.01, rho: 0, epsilon: 1e-7);
        model.Compile(rule, "mse");
        float[] x = [7, 7, 7, 8, 9, 10, 11, 12, 13], before = model.Weights[0].Values.ToArray();
        float[] y = [5];
        model.TrainOnBatch(x.AsSpan(), y.AsSpan());
        float[] after = model.Weights[0].Values.ToArray();
        for (int c = 0; c < 20; c++)
        {
            // g / sqrt(g²) of one place; 3g / sqrt(3g²) of three.
            float one = after[(8 * 20) + c] - before[(8 * 20) + c], three = after[(7 * 20) + c] - before[(7 * 20) + c];
            Assert.Equal(0.01f, MathF.Abs(one), 1e-4f);
            Assert.Equal(one * MathF.Sqrt(3), three, 1e-4f);
            Assert.Equal(before[(6 * 20) + c], after[(6 * 20) + c]);
        }
    }

    // The rows of the step that broke off are in no strip of the next one.
    [Fact]
    public void A_step_after_one_that_a_rule_broke_off_sees_nothing_of_it()
    {
        UnevenNet model = new(seed: 1) { Threads = 1 }, other = new(seed: 1) { Threads = 1 };
        OwnRule rule = new();
        model.Compile(rule, "mse");
        other.Compile(new OwnRule(), "mse");
        float[] x = [7, 7, 7, 8, 9, 10, 11, 12, 13], next = [0, 1, 2, 3, 4, 5, 6, 20, 21], y = [5];
        rule.IsBroken = true;
        Assert.Throws<InvalidOperationException>(() => model.TrainOnBatch(x.AsSpan(), y.AsSpan()));
        rule.IsBroken = false;
        foreach ((ModelWeight weight, ModelWeight same) in model.Weights.Zip(other.Weights)) same.Assign(weight.Values.ToArray());
        model.TrainOnBatch(next.AsSpan(), y.AsSpan());
        other.TrainOnBatch(next.AsSpan(), y.AsSpan());
        Assert.Equal(other.Weights[0].Values.ToArray(), model.Weights[0].Values.ToArray());
    }

    private static float[] Train(string network, Optimizer optimizer, LaneWidth width, int threads)
    {
        Model model = Networks[network](2);
        model.Threads = threads;
        model.Width = width;
        model.Compile(optimizer, new MeanSquaredError());
        const int samples = 91;
        Random random = new(4);
        int rows = model.Weights[0].Shape[0];
        Samples[] inputs = [.. model.Description.Inputs.Select(input => (Samples)Tensor.Create(
            [.. Enumerable.Range(0, samples * input.Size).Select(_ => (float)random.Next(random.Next(3) == 0 ? Math.Min(4, rows) : rows))],
            [samples, input.Size]))];
        Samples targets = Tensor.Create([.. Enumerable.Range(0, samples).Select(_ => random.NextSingle() - 0.5f)], [samples, 1]);
        for (int i = 0; i < 2; i++)
        {
            if (model is SharedTableNet shared) shared.Fit(inputs[0], inputs[1], targets, batchSize: 40, verbose: Verbose.Silent);
            else ((dynamic)model).Fit(inputs[0], targets, batchSize: 40, verbose: Verbose.Silent);
        }

        return [.. model.Weights.SelectMany(weight => weight.Values.ToArray())];
    }

    private sealed class OwnRule() : Optimizer("own", 0.05)
    {
        public bool IsBroken { get; set; }

        protected override IReadOnlyList<string> StateNames => ["sums"];

        protected override void Update(Span<float> weights, ReadOnlySpan<float> gradients, OptimizerState state)
        {
            if (IsBroken) throw new InvalidOperationException("The rule is broken.");
            Span<float> sums = state[0];
            for (int i = 0; i < weights.Length; i++)
            {
                sums[i] = (0.9f * sums[i]) + gradients[i];
                weights[i] -= (float)LearningRate * sums[i];
            }
        }
    }
}
