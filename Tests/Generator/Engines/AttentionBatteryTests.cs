using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>Attentions through the battery, with every argument, and products of axes.</summary>
public sealed class AttentionBatteryTests
{
    /// <summary>Error in the goldens' measure that single precision stays under.</summary>
    private const double Tolerance = 5e-6;

    private static readonly int[] Batches = [1, 5, 17, 40];

    /// <summary>A query of four rows, a value of five, a key, and masks of all kinds, of which about half the entries are 0.</summary>
    private const string Inputs = """
        [Input(4, 6)] public partial Node Q { get; }
        [Input(5, 7)] public partial Node V { get; }
        [Input(5, 6)] public partial Node K { get; }
        [Input(4)] public partial Node QLogits { get; }
        [From(nameof(QLogits)), Activation(Activation.Relu)] public partial Node QMask { get; }
        [Input(5)] public partial Node VLogits { get; }
        [From(nameof(VLogits)), Activation(Activation.Relu)] public partial Node VMask { get; }
        [Input(4, 5)] public partial Node Pairs { get; }
        [From(nameof(Pairs)), Activation(Activation.Relu)] public partial Node Mask { get; }
        [From(nameof(QMask)), Reshape(4, 1), Multiply(nameof(Mask)), Output] public partial Node Kept { get; }
        [From(nameof(VMask)), Output] public partial Node KeptToo { get; }

        """;

    [Theory]
    [InlineData("Attention(nameof(Q), nameof(V), nameof(K))")]
    [InlineData("Attention(nameof(Q), nameof(K), UseScale = true, UseCausalMask = true)")]
    [InlineData("Attention(nameof(Q), nameof(V), nameof(K), ScoreMode = ScoreMode.Concat, QueryMask = nameof(QMask), ValueMask = " +
        "nameof(VMask))")]
    [InlineData("Attention(nameof(Q), nameof(V), nameof(K), UseScale = true, Dropout = 0.3)")]
    [InlineData("AdditiveAttention(nameof(Q), nameof(V), nameof(K), ValueMask = nameof(VMask), UseCausalMask = true)")]
    [InlineData("AdditiveAttention(nameof(Q), nameof(V), nameof(K), UseScale = false, Dropout = 1)")]
    [InlineData("MultiHeadAttention(2, 3, nameof(Q), nameof(V), nameof(K), ValueDim = 5)")]
    [InlineData("MultiHeadAttention(3, 4, nameof(Q), nameof(V), UseBias = false, OutputShape = [2, 3], UseCausalMask = true)")]
    [InlineData("MultiHeadAttention(2, 9, nameof(Q), nameof(K), OutputShape = [9], AttentionMask = nameof(Mask), ValueMask = " +
        "nameof(VMask), KeyMask = nameof(VMask))")]
    [InlineData("MultiHeadAttention(2, 3, nameof(Q), nameof(V), Dropout = 0.4, UseGate = true, ValueMask = nameof(VMask), SlidingWindow " +
        "= 2)")]
    [InlineData("GroupQueryAttention(3, 6, 2, nameof(Q), nameof(V), nameof(K), UseCausalMask = true)")]
    [InlineData("GroupQueryAttention(2, 4, 1, nameof(Q), nameof(V), QueryMask = nameof(QMask), AttentionMask = nameof(Mask), UseGate = " +
        "true)")]
    public void Attention_with_all_it_takes(string attention) => Check($$"""
        {{Inputs}}
        [{{attention}}, Output] public partial Node Y { get; }
        [From(nameof(V)), Dense(2), Output] public partial Node Other { get; }
        [From(nameof(K)), Dense(2), Output] public partial Node Another { get; }
        """);

    [Theory]
    [InlineData("Attention(nameof(V), nameof(K), ReturnAttentionScores = true)")]
    [InlineData("AdditiveAttention(nameof(K), ReturnAttentionScores = true, Dropout = 0.3)")]
    [InlineData("MultiHeadAttention(2, 3, nameof(K), ReturnAttentionScores = true, ValueMask = nameof(VMask))")]
    [InlineData("GroupQueryAttention(3, 4, 2, nameof(K), ReturnAttentionScores = true)")]
    public void Scores_are_a_second_output(string attention) => Check($$"""
        [Input(4, 6)] public partial Node Q { get; }
        [Input(5, 6)] public partial Node K { get; }
        [From(nameof(K)), Dense(7)] public partial Node V { get; }
        [Input(5)] public partial Node VLogits { get; }
        [From(nameof(VLogits)), Activation(Activation.Relu)] public partial Node VMask { get; }
        [From(nameof(Q)), Dense(6), {{attention}}] public partial Node Found { get; }
        [From(nameof(Found), Output = "AttentionScores"), Output] public partial Node Scores { get; }
        [From(nameof(Found)), Dense(2), Output] public partial Node Y { get; }
        [Dot(nameof(VMask), nameof(VMask), Axis = 1), Output] public partial Node Kept { get; }
        [From(nameof(V)), Dense(1), Output] public partial Node Last { get; }
        """);

    [Theory]
    [InlineData("Input(7, 9), MultiHeadAttention(3, 5), Dense(2)")]
    [InlineData("Input(19, 8), MultiHeadAttention(2, 17, UseCausalMask = true, ActivityL2 = 0.1)")]
    [InlineData("Input(3, 5, 4), MultiHeadAttention(2, 3, AttentionAxes = [2])")]
    [InlineData("Input(3, 5, 4), MultiHeadAttention(2, 3, AttentionAxes = [1], UseCausalMask = true, ReturnAttentionScores = true)")]
    [InlineData("Input(3, 2, 4), MultiHeadAttention(2, 3)")]
    [InlineData("Input(13, 6), GroupQueryAttention(4, 4, 2, UseBias = false)")]
    [InlineData("Input(6, 33), PositionEmbedding(9), Attention, AdditiveAttention(UseScale = false)")]
    [InlineData("Input(2, 4, 3), Attention(UseScale = true), LayerNormalization, PositionEmbedding(4)")]
    public void A_chain_attends_to_itself(string layers) => CheckChain(layers);

    [Theory]
    [InlineData("MultiHeadAttention(2, 3, nameof(V))")]
    [InlineData("MultiHeadAttention(2, 3, nameof(V), nameof(K), UseCausalMask = true)")]
    [InlineData("MultiHeadAttention(2, 3, Dropout = 0.2)")]
    [InlineData("GroupQueryAttention(3, 4, 2, nameof(V), ReturnAttentionScores = true)")]
    [InlineData("Attention(nameof(V), nameof(K))")]
    [InlineData("AdditiveAttention(nameof(V), UseCausalMask = true)")]
    public void Masks_travel_with_values(string attention) => Check($$"""
        [Input(5, 4)] public partial Node X { get; }
        [Input(6, 4)] public partial Node Z { get; }
        [From(nameof(X)), ReLU(Threshold = 0.4), Masking, Dense(6)] public partial Node Q { get; }
        [From(nameof(Z)), ReLU(Threshold = 0.4), Masking, Dense(6)] public partial Node V { get; }
        [From(nameof(Z)), Dense(6)] public partial Node K { get; }
        [From(nameof(Q)), {{attention}}, PositionEmbedding(7), GlobalAveragePooling1D, Output] public partial Node Y { get; }
        [Concatenate(nameof(V), nameof(K)), GlobalAveragePooling1D, Output] public partial Node Rest { get; }
        """);

    [Theory]
    [InlineData("EinsumDense(\"abc,cd->abd\", -1, 9, BiasAxes = \"d\")")]
    [InlineData("EinsumDense(\"abc,cde->abde\", -1, 2, 3, BiasAxes = \"de\", Activation = Activation.Relu)")]
    [InlineData("EinsumDense(\"abc,cde->aebd\", 3, 4, 2, BiasAxes = \"d\")")]
    [InlineData("EinsumDense(\"abc,dc->abd\", 4, 9, BiasAxes = \"bd\")")]
    [InlineData("EinsumDense(\"abc,bcd->abd\", -1, 3, BiasAxes = \"b\")")]
    [InlineData("EinsumDense(\"abc,bc->abc\", -1, -1, BiasAxes = \"bc\")")]
    [InlineData("EinsumDense(\"abc,bcd->ad\", 17, BiasAxes = \"d\")")]
    [InlineData("EinsumDense(\"abc,cbd->ad\", 17, BiasAxes = \"d\")")]
    [InlineData("EinsumDense(\"abc,cd->ad\", 6)")]
    [InlineData("EinsumDense(\"abc,bd->adc\", 7, -1, BiasAxes = \"d\")")]
    [InlineData("EinsumDense(\"abc,de->abcde\", 4, 5, 2, 3)")]
    [InlineData("EinsumDense(\"...c,cd->...d\", 8, BiasAxes = \"d\", KernelL2 = 0.1)")]
    [InlineData("EinsumDense(\"ab...,bd->ad...\", 3, BiasAxes = \"d\")")]
    public void Products_of_axes(string einsum) => CheckChain($"Input(4, 5), {einsum}, Flatten, Dense(2)");

    private static void CheckChain(string layers) =>
        Judge($"using CompiledNets;\n[Network, {layers}]\npublic sealed partial class Net;\n");

    private static void Check(string nodes) => Judge(GraphShapes.Graph(nodes));

    private static void Judge(string source)
    {
        (string what, double error) = EngineComparison.Run(source, Batches, seed: 7).MaxBy(entry => entry.Error);
        Assert.True(error < Tolerance, $"{what}: {error:0.0e+00}");
    }
}
