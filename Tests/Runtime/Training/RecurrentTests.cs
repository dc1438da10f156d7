using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

[Network]
[Input(6, 2)]
[GRU(9, ReturnSequences = true)]
[Bidirectional, LSTM(20, Dropout = 0.1, RecurrentDropout = 0.2)]
[Dense(1)]
internal sealed partial class SequenceNet;

[Network]
[Input(6, 2)]
[LSTM(7)]
[Dense(3)]
internal sealed partial class WholeNet;

[Network]
[Input(1, 2)]
[LSTM(7, Stateful = true)]
[Dense(3)]
internal sealed partial class SeriesNet;

[Network]
[Input(1, 1)]
[LSTM(1, Dropout = 0.5, RecurrentDropout = 0.5, KernelInitializer = Initializer.Ones)]
internal sealed partial class DroppingNet;

[Network]
[Input(1, 1)]
[LSTM(1, Dropout = 0.5, KernelInitializer = Initializer.Ones)]
internal sealed partial class DroppingInputNet;

[Network]
internal sealed partial class TranslationNet
{
    [Input(5, 2)] public partial Node Question { get; }

    [From(nameof(Question)), LSTM(16, ReturnState = true)] public partial Node Encoded { get; }

    [From(nameof(Encoded), Output = "state_h")] public partial Node H { get; }

    [From(nameof(Encoded), Output = "state_c")] public partial Node C { get; }

    [Input(5, 2)] public partial Node Shifted { get; }

    [From(nameof(Shifted)), LSTM(16, ReturnSequences = true, InitialState = [nameof(H), nameof(C)]), TimeDistributed, Dense(2), Output]
    public partial Node Answer { get; }
}

/// <summary>Recurrent layers in training, and states that are kept from batch to batch and from step to step.</summary>
public sealed class RecurrentTests
{
    [Fact]
    public void Threads_change_no_bit()
    {
        Assert.Equal(Trained(1), Trained(3));

        static float[] Trained(int threads)
        {
            SequenceNet model = new(seed: 2) { Threads = threads };
            model.Compile(new Adam(0.01), "mse");
            model.Fit(Numbers(300, 6, 2), Numbers(300, 1), batchSize: 100, epochs: 2, verbose: Verbose.Silent);
            return [.. model.Weights.SelectMany(weight => weight.Values.ToArray())];
        }
    }

    [Fact]
    public void Gates_drop_their_own_numbers_where_some_of_the_state_are_dropped()
    {
        // c = i tanh(2) and h = o tanh(c), or 0, where the gates i and o see the input or not.
        Assert.Equal(5, Outputs(new DroppingNet(seed: 1)));
        Assert.Equal(2, Outputs(new DroppingInputNet(seed: 1)));

        static int Outputs(Model model) =>
            model.Forward(Tensor.Create([.. Enumerable.Repeat(1f, 400)], [400, 1, 1]), training: true).Distinct().Count();
    }

    [Fact]
    public void A_decoder_that_gets_the_states_of_an_encoder_repeats_what_that_saw()
    {
        TranslationNet model = new(seed: 1);
        model.Compile(new Adam(0.01), "mse");
        Tensor<float> x = Numbers(200, 5, 2);
        Samples[] inputs = [x, Tensor.Create(new float[2000], [200, 5, 2])];
        History history = model.Fit(inputs, [x], epochs: 30, verbose: Verbose.Silent);
        Assert.True(history["loss"][^1] < 0.5 * history["loss"][0]);
    }

    [Fact]
    public void The_bias_of_the_forget_gate_starts_at_one()
    {
        ModelWeight bias = new WholeNet(seed: 1).Lstm.Bias;
        Assert.Equal([.. Enumerable.Repeat(0f, 7), .. Enumerable.Repeat(1f, 7), .. Enumerable.Repeat(0f, 14)], bias.Values.ToArray());
    }

    [Fact]
    public void Streams_of_many_threads_give_what_whole_sequences_give()
    {
        (WholeNet whole, SeriesNet steps) = Pair();
        Tensor<float> x = Numbers(16, 6, 2);
        float[] expected = [.. whole.Predict(x)], numbers = [.. x], got = new float[expected.Length];
        Parallel.For(0, 16, sample =>
        {
            PredictionStream stream = steps.CreateStream();
            for (int round = 0; round < 2; round++)
            {
                stream.Reset();
                for (int t = 0; t < 6; t++) stream.Predict(numbers.AsSpan((sample * 12) + (t * 2), 2), got.AsSpan(sample * 3, 3));
            }
        });
        for (int i = 0; i < got.Length; i++) Assert.Equal(expected[i], got[i], 1e-5f);
    }

    [Fact]
    public void A_stream_allocates_nothing()
    {
        PredictionStream stream = Pair().Steps.CreateStream();
        float[] sample = [1, 2], output = new float[3];
        stream.Predict(sample, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) stream.Predict(sample, output);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Batches_go_on_where_the_one_before_ended_until_states_are_reset()
    {
        (WholeNet whole, SeriesNet steps) = Pair();
        Tensor<float> x = Numbers(19, 6, 2);
        float[] expected = [.. whole.Predict(x)];
        for (int round = 0; round < 2; round++)
        {
            Tensor<float>? last = null;
            for (int t = 0; t < 6; t++)
                last = steps.Predict(
                    Tensor.Create([.. Enumerable.Range(0, 19).SelectMany(i => new[] { x[i, t, 0], x[i, t, 1] })], [19, 1, 2]));
            float[] got = [.. last!];
            for (int i = 0; i < got.Length; i++) Assert.Equal(expected[i], got[i], 1e-5f);
            steps.ResetStates();
        }
    }

    [Fact]
    public void Batches_of_another_size_than_the_states_are_named()
    {
        SeriesNet model = new(seed: 1);
        model.Compile("sgd", "mse");
        string message = Assert.Throws<InvalidOperationException>(() =>
            model.Fit(Numbers(10, 1, 2), Numbers(10, 3), batchSize: 4, verbose: Verbose.Silent)).Message;
        Assert.Contains("keeps the states of 4 samples from batch to batch", message, StringComparison.Ordinal);
        Assert.Contains("a batch of 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_names_what_does_not_fit()
    {
        PredictionStream stream = new SeriesNet(seed: 1).CreateStream();
        Assert.Contains("has 2 numbers at 'input' for one sample. Received: 3", Assert.Throws<ArgumentException>(() =>
            stream.Predict(new float[3], new float[3])).Message, StringComparison.Ordinal);
        Assert.Contains("has 3 numbers at 'output'", Assert.Throws<ArgumentException>(() =>
            stream.Predict(new float[2], new float[4])).Message, StringComparison.Ordinal);
    }

    private static (WholeNet Whole, SeriesNet Steps) Pair()
    {
        WholeNet whole = new(seed: 1);
        SeriesNet steps = new(seed: 2);
        for (int i = 0; i < whole.Weights.Count; i++) steps.Weights[i].Assign(whole.Weights[i].Values);
        return (whole, steps);
    }

    private static Tensor<float> Numbers(params nint[] shape)
    {
        Random random = new(5);
        nint count = shape.Aggregate((nint)1, (product, axis) => product * axis);
        return Tensor.Create([.. Enumerable.Range(0, (int)count).Select(_ => (2 * random.NextSingle()) - 1)], shape);
    }
}
