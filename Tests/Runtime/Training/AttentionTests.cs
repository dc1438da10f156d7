using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>Attention in training and in use: threads change no bit, weights are Keras's, the future is out of sight.</summary>
public sealed class AttentionTests
{
    private const int Size = 12 * 16;

    [Theory]
    [InlineData(LaneWidth.Lanes128)]
    [InlineData(LaneWidth.Lanes256)]
    [InlineData(LaneWidth.Lanes512)]
    public void Threads_change_no_bit(LaneWidth width)
    {
        (History alone, TokenNet model) = Train(1, width);
        Assert.True(alone["loss"][^1] < alone["loss"][0]);
        foreach (int threads in new[] { 2, 3 })
        {
            (History history, TokenNet shared) = Train(threads, width);
            Assert.Equal(alone["loss"], history["loss"]);
            foreach ((ModelWeight expected, ModelWeight actual) in model.Weights.Zip(shared.Weights))
                Assert.Equal(expected.Values.ToArray(), actual.Values.ToArray());
        }
    }

    [Fact]
    public void A_single_sample_is_predicted_as_one_of_many()
    {
        TokenNet model = Train(1, LaneWidths.Best).Model;
        Tensor<float> samples = Examples.Classes(20, Size).Features, all = model.Predict(samples, verbose: Verbose.Silent);
        float[] sample = new float[Size];
        for (int i = 0; i < 20; i++)
        {
            for (int f = 0; f < Size; f++) sample[f] = samples[i, f];
            float[] one = model.Predict(sample);
            for (int n = 0; n < one.Length; n++) Assert.Equal(all[i, n], one[n], 1e-5f);
        }
    }

    [Fact]
    public void Weights_have_the_names_and_the_order_of_Keras()
    {
        TokenNet model = new(1);
        string[] attention =
            [.. model.MultiHeadAttention.Weights.Select(weight => $"{weight.Name} ({string.Join(", ", weight.Shape.ToArray())})")];
        Assert.Equal(
            [
                "query/kernel (16, 2, 4)", "query/bias (2, 4)", "key/kernel (16, 2, 4)", "key/bias (2, 4)", "value/kernel (16, 2, 6)",
                "value/bias (2, 6)", "attention_output/kernel (2, 6, 16)", "attention_output/bias (16)",
            ],
            attention);
        Assert.Same(model.MultiHeadAttention.Weights[0], model.MultiHeadAttention.QueryKernel);
        Assert.Equal("grouped_query_attention", model.GroupedQueryAttention.Name);
    }

    // Glorot's limit is of inputs and outputs of a unit, which the shape of a kernel with heads does not tell.
    [Fact]
    public void Kernels_with_heads_start_within_the_limit_of_their_inputs_and_outputs()
    {
        TokenNet model = new(1);
        Check(model.MultiHeadAttention.QueryKernel, 16, 8);
        Check(model.MultiHeadAttention.AttentionOutputKernel, 12, 16);
        Check(model.EinsumDense.Kernel, 16, 6 * 7);

        static void Check(ModelWeight kernel, int inputs, int outputs)
        {
            float limit = MathF.Sqrt(6f / (inputs + outputs)), largest = TensorPrimitives.MaxMagnitude(kernel.Values);
            Assert.InRange(MathF.Abs(largest), 0.9f * limit, limit);
        }
    }

    [Fact]
    public void A_causal_mask_hides_what_comes_later()
    {
        CausalNet model = new(1);
        float[] sample = [.. Enumerable.Range(0, 5 * 3).Select(i => MathF.Sin(i))];
        float[] before = model.Predict(sample);
        sample[^1] += 1;
        float[] after = model.Predict(sample);
        Assert.Equal(before[..12], after[..12]);
        Assert.NotEqual(before[12..], after[12..]);
    }

    private static (History History, TokenNet Model) Train(int threads, LaneWidth width)
    {
        TokenNet model = new(3) { Threads = threads, Width = width };
        model.Compile("adam", "sparse_categorical_crossentropy");
        return (model.Fit(Examples.Classes(150, Size), epochs: 3, batchSize: 70, verbose: Verbose.Silent), model);
    }
}

[Network]
[Input(12 * 16)]
[Reshape(12, 16)]
[MultiHeadAttention(2, 4, ValueDim = 6, Dropout = 0.1)]
[LayerNormalization]
[GroupQueryAttention(4, 4, 2, UseCausalMask = true)]
[EinsumDense("abc,cde->abde", -1, 6, 7, BiasAxes = "de")]
[Flatten]
[Dense(3, Activation.Softmax)]
internal sealed partial class TokenNet;

[Network, Input(5, 3), MultiHeadAttention(2, 4, UseCausalMask = true)]
internal sealed partial class CausalNet;
