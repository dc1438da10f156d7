using System.Text;
using System.Text.RegularExpressions;
using CompiledNets.Generator.Layers;
using CompiledNets.Harness;
using CompiledNets.Keras.Files;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>A network of every kind of layer is written in each form, comes back with its bits, and Keras takes it.</summary>
public sealed class EveryLayerTests(EveryLayerTests.Saved saved) : IClassFixture<EveryLayerTests.Saved>
{
    // Every entry of the table of layers stands in one of them, with its options.
    private static readonly string[] Stacks =
    [
        "Input(5), Dense(4, Activation.Tanh, UseBias = false), Activation(Activation.Gelu), Dense(3, Activation.Softmax)",
        "Input(4), Dense(3, KernelL1 = 0.1, BiasL2 = 0.2, KernelConstraint = Constraint.MaxNorm), ActivityRegularization(L1 = 0.2, L2 = " +
            "0.3), Dense(2, ActivityL2 = 0.1)",
        "Input(6), Normalization, Rescaling(0.5, -1), Dropout(0.3), Dense(4, Activation.Selu), AlphaDropout(0.3), Identity, Dense(2)",
        "Input(3, 4), Dropout(0.5, NoiseShape = [1, -1]), GaussianNoise(0.4), Dense(3), GaussianDropout(0.4), Flatten, Reshape(3, 3)",
        "Input(3, 4), BatchNormalization(Axis = 1, Center = false), Dense(2), BatchNormalization(Scale = false, Momentum = 0.8, " +
            "Epsilon = 0.01)",
        "Input(2, 5), LayerNormalization, Dense(2, Activation.Tanh), LayerNormalization(1, 2, Epsilon = 0.1, Center = false)",
        "Input(2, 3, 4), LayerNormalization(1, 3, Scale = false), GroupNormalization(2), GroupNormalization(-1, Axis = 2, Epsilon = 0.01)",
        "Input(3, 5), RMSNormalization, RMSNormalization(1, 2, Epsilon = 0.2), UnitNormalization(1), UnitNormalization, " +
            "UnitNormalization(1, 2)",
        "Input(4), SpectralNormalization, Dense(3, Activation.Tanh), SpectralNormalization(2), Dense(2, UseBias = false)",
        "Input(4, 4, 2), SpectralNormalization, Conv2D(3, 2, KernelL2 = 0.1), SpectralNormalization, Conv2DTranspose(2, 2)",
        "Input(9), ReLU(NegativeSlope = 0.2), ReLU(1.2, NegativeSlope = 0.1, Threshold = 0.3), ReLU, Dense(2)",
        "Input(9), LeakyReLU, ELU(0.7), PReLU(AlphaInitializer = Initializer.Ones), LeakyReLU(0.1)",
        "Input(3, 4, 2), PReLU(SharedAxes = [1, 3]), Permute(3, 1, 2), Softmax(1, 3), Softmax, Softmax(2)",
        "Input(4), RepeatVector(3), Dense(2)",
        "Input(3, 2), ZeroPadding1D(2, 1), Dense(2), Cropping1D, UpSampling1D(3), SpatialDropout1D(0.4), ZeroPadding1D(2)",
        "Input(3, 2, 2), ZeroPadding2D(1, 0, 2, 1), Dense(2), Cropping2D(1), UpSampling2D(2, 3), SpatialDropout2D(0.4), ZeroPadding2D(1)",
        "Input(2, 1, 2, 2), ZeroPadding3D(1), Dense(2), Cropping3D(1, 0, 0, 2, 1, 1), UpSampling3D(1, 2, 1), SpatialDropout3D(0.4), " +
            "Cropping3D(1, 0, 0)",
        "Input(4, 5, 2), RandomFlip, RandomTranslation(0.3, 0.4), RandomRotation(0.1), RandomZoom(0.3, 0.2), RandomCrop(3, 4), Dense(2)",
        "Input(4, 5, 2), RandomFlip(FlipMode.Vertical), RandomTranslation(0.2, 0.3, FillMode = " +
            "FillMode.Constant, FillValue = 0.5), RandomZoom(0.3), Dense(2)",
        "Input(3, 4, 2), RandomContrast(0.5, ValueRange = new[] { -9.0, 9 }), RandomBrightness(0.1, ValueRange = new[] { -9.0, 9 }), " +
            "Dense(2)",
        "Input(4, 5, 2), Resizing(3, 7, Antialias = true), Dense(2), CenterCrop(2, 6), CenterCrop(3, 2)",
        "Input(3, 2, 2), UpSampling2D(Interpolation = Interpolation.Bilinear), UpSampling2D(2, 1, Interpolation = " +
            "Interpolation.Bicubic), Dense(2)",
        "Input(7, 2), Conv1D(3, 3, Activation.Tanh, Padding = Padding.Causal, DilationRate = [2]), Conv1D(2, 2, Strides = [3], " +
            "KernelConstraint = Constraint.UnitNorm)",
        "Input(5, 6, 4), Conv2D(4, new[] { 3, 2 }, Activation.Relu, Strides = [2, 1], Padding = Padding.Same), Conv2D(4, 2, Groups = 2, " +
            "UseBias = false, DilationRate = [1, 2])",
        "Input(3, 4, 3, 2), Conv3D(2, 2, Padding = Padding.Same, Strides = [1, 2, 1]), Conv3D(2, new[] { 1, 2, 3 })",
        "Input(3, 2), Conv1DTranspose(2, 3, Strides = [2], OutputPadding = [1]), Conv1DTranspose(3, 2, DilationRate = [3])",
        "Input(3, 4, 2), Conv2DTranspose(3, 3, Activation.Tanh), Conv2DTranspose(2, new[] { 2, 3 }, Strides = [3, 2], Padding = " +
            "Padding.Same)",
        "Input(2, 1, 2, 2), Conv3DTranspose(2, 2, Strides = [2, 1, 3], Padding = Padding.Same), Dense(1)",
        "Input(7, 2), DepthwiseConv1D(3, DilationRate = [2], DepthMultiplier = 3, UseBias = false), SeparableConv1D(2, 2, Activation.Tanh)",
        "Input(4, 5, 2), DepthwiseConv2D(3, Activation.Tanh, DepthMultiplier = 2, Padding = Padding.Same, DepthwiseL2 = 0.1), " +
            "SeparableConv2D(3, 2, DepthMultiplier = 2, Strides = [2], PointwiseL1 = 0.1)",
        "Input(7, 2), MaxPooling1D(3, Strides = [2], Padding = Padding.Same), AveragePooling1D(2), Dense(2), GlobalMaxPooling1D",
        "Input(5, 6, 2), MaxPooling2D, AveragePooling2D(2, Strides = [1], Padding = Padding.Same), Dense(2), GlobalMaxPooling2D(KeepDims " +
            "= true)",
        "Input(3, 2, 4, 2), MaxPooling3D(2, 1, 2), AveragePooling3D(1, 2, 2, Padding = Padding.Same), Dense(2), GlobalMaxPooling3D",
        "Input(7, 2), Dense(2), AdaptiveMaxPooling1D(5), AdaptiveAveragePooling1D(3)",
        "Input(4, 5, 2), Dense(2), AdaptiveMaxPooling2D(3), AdaptiveAveragePooling2D(2, 1)",
        "Input(2, 3, 4, 1), Dense(2), AdaptiveMaxPooling3D(2), AdaptiveAveragePooling3D(1, 2, 1)",
        "Input(3, 2), Dense(2), GlobalAveragePooling1D(KeepDims = true), GlobalAveragePooling1D",
        "Input(3, 2, 2), Dense(2), GlobalAveragePooling2D",
        "Input(3, 1, 2, 2), Dense(2), GlobalAveragePooling3D(KeepDims = true)",
        "Input(5), Embedding(6, 4, MaskZero = true, EmbeddingsL2 = 0.1), Dense(3), GlobalAveragePooling1D",
        "Input(4, 2), ReLU(Threshold = 0.3), Masking, LSTM(3), Dense(2)",
        "Input(4, 3), SimpleRNN(3, ReturnSequences = true, RecurrentL2 = 0.1), SimpleRNN(2, UseBias = false, GoBackwards = true)",
        "Input(4, 2), LSTM(3, ReturnSequences = true, KernelL1 = 0.1), LSTM(2, RecurrentActivation = Activation.Tanh, UseBias = false, " +
            "Dropout = 0.3, RecurrentDropout = 0.4, UnitForgetBias = false)",
        "Input(4, 2), GRU(3, ReturnSequences = true), GRU(2, ResetAfter = false, ReturnSequences = true), GRU(2, UseBias = false, " +
            "Activation = null)",
        "Input(3, 2), Bidirectional(MergeMode = MergeMode.Mul), SimpleRNN(3, ReturnSequences = true), Bidirectional(MergeMode = " +
            "MergeMode.Ave), LSTM(2, KernelL2 = 0.1), Dense(1)",
        "Input(3, 2), Bidirectional, GRU(3, GoBackwards = true)",
        "Input(3, 2), RNN(ReturnSequences = true), LSTMCell(2, Dropout = 0.3), GRUCell(3, KernelL2 = 0.1), SimpleRNNCell(2), RNN, " +
            "GRUCell(3), Dense(1)",
        "Input(3, 2), RNN(ReturnSequences = true), GRUCell(2), LSTMCell(3), GRUCell(3), RNN, SimpleRNNCell(3)",
        "Input(3, 2), RNN, LSTMCell(3, UseBias = false)",
        "Input(3, 4, 2), ConvLSTM1D(2, 2, ReturnSequences = true), TimeDistributed, Conv1D(2, 2, Activation.Tanh, KernelL2 = 0.1), " +
            "TimeDistributed, Flatten, Dense(1)",
        "Input(2, 3, 3, 1), ConvLSTM2D(2, 2, Padding = Padding.Same, Dropout = 0.2), Flatten, Dense(1)",
        "Input(2, 2, 2, 2, 1), ConvLSTM3D(1, 2, Padding = Padding.Same), Flatten, Dense(1)",
        "Input(3, 2, 3), TimeDistributed, GRU(2), TimeDistributed, Dense(2, Activation.Tanh)",
        "Input(2, 3, 4), TimeDistributed, MultiHeadAttention(2, 3), TimeDistributed, LayerNormalization",
        "Input(4, 5), PositionEmbedding(6), Dense(2)",
        "Input(4, 5), MultiHeadAttention(2, 3, ValueDim = 2, UseCausalMask = true, Dropout = 0.3), GroupQueryAttention(2, 4, 2), " +
            "GroupQueryAttention(2, 4, 2, UseGate = true, UseBias = false)",
        "Input(4, 5), MultiHeadAttention(2, 3, UseGate = true), MultiHeadAttention(2, 3, UseBias = false, OutputShape = [7])",
        "Input(2, 3, 4), MultiHeadAttention(2, 3, AttentionAxes = [2], SlidingWindow = 2, ActivityL2 = 0.1), Attention(UseScale = true, " +
            "ScoreMode = ScoreMode.Concat)",
        "Input(3, 4), EinsumDense(\"abc,cde->adbe\", 2, -1, 3, BiasAxes = \"de\"), Activation(Activation.Tanh), " +
            "EinsumDense(\"abcd,cd->abc\", -1, -1, Activation = Activation.Relu)",
        """
        [Input(3, 4)] public partial Node Q { get; }
        [Input(2, 4)] public partial Node V { get; }
        [Input(2)] public partial Node Logits { get; }
        [From(nameof(Logits)), Dense(2), Activation(Activation.Relu)] public partial Node VMask { get; }
        [Attention(nameof(Q), nameof(V), UseCausalMask = true)] public partial Node A { get; }
        [From(nameof(A)), AdditiveAttention(nameof(V))] public partial Node B { get; }
        [From(nameof(B)), MultiHeadAttention(2, 3, nameof(V), KeyMask = nameof(VMask), Dropout = 0.2), Output] public partial Node D { get; }
        [From(nameof(VMask)), Dense(1), Output] public partial Node E { get; }
        """,
        """
        [Input(3, 4)] public partial Node Q { get; }
        [Input(2, 4)] public partial Node V { get; }
        [Input(2)] public partial Node Mask { get; }
        [AdditiveAttention(nameof(Q), nameof(V), ReturnAttentionScores = true, ValueMask = nameof(Mask))] public partial Node A { get; }
        [From(nameof(A), Output = "attention_scores"), Output] public partial Node B { get; }
        [From(nameof(A)), MultiHeadAttention(2, 3, nameof(V), ReturnAttentionScores = true), Output] public partial Node C { get; }
        [From(nameof(C), Output = "attention_scores"), Dense(1), Output] public partial Node D { get; }
        """,
        """
        [Input(3, 4)] public partial Node X { get; }
        [Input(4)] public partial Node Row { get; }
        [From(nameof(X)), Dense(1)] public partial Node Column { get; }
        [Add(nameof(X), nameof(Row)), Dense(4, Activation.Tanh), Multiply(nameof(Column)), Average(nameof(Row), nameof(X))] public partial Node A { get; }
        [Maximum(nameof(A), nameof(X)), Minimum(nameof(Row)), Subtract(nameof(Column)), LayerNormalization, Output] public partial Node B { get; }
        [From(nameof(A)), Shared(nameof(Column)), Concatenate(nameof(A)), Permute(2, 1)] public partial Node Both { get; }
        [Dot(nameof(Both), nameof(B), Axes = new[] { 2, 1 }), Concatenate(nameof(X), Axis = 1), Output] public partial Node C { get; }
        [Dot(nameof(Row), nameof(Row), Axis = 1, Normalize = true), Output] public partial Node D { get; }
        """,
        """
        [Input(4, 2)] public partial Node X { get; }
        [Input(5)] public partial Node Words { get; }
        [From(nameof(X)), LSTM(3, ReturnState = true), Output] public partial Node Encoded { get; }
        [From(nameof(Encoded), Output = "state_h")] public partial Node H { get; }
        [From(nameof(Encoded), Output = "state_c"), Dense(3, Activation.Tanh)] public partial Node C { get; }
        [From(nameof(Words)), Embedding(4, 2, MaskZero = true)] public partial Node Looked { get; }
        [From(nameof(Looked)), LSTM(3, ReturnSequences = true, InitialState = [nameof(H), nameof(C)]), Dense(2), Output] public partial Node Decoded { get; }
        [From(nameof(Looked)), GRU(3, InitialState = [nameof(C)]), Output] public partial Node Last { get; }
        [From(nameof(X)), Bidirectional(MergeMode = MergeMode.None), SimpleRNN(2, ReturnState = true), Output] public partial Node Both { get; }
        [From(nameof(Both), Output = "backward_state_h"), Output] public partial Node State { get; }
        """,
    ];

    [Fact]
    public void Every_layer_is_in_a_network() => Assert.All(LayerTable.Layers,
        entry => Assert.Contains(Stacks, stack => Regex.IsMatch(stack, $@"(^|[\[ ]){entry.Attribute}($|[(,\]])")));

    [Fact]
    public void Every_layer_comes_back_with_its_bits() =>
        Assert.True(saved.Files.Differences.Count == 0, string.Join('\n', saved.Files.Differences.Take(60)));

    [Fact]
    public void What_Keras_has_not_is_refused_by_name()
    {
        string[] refused = [.. saved.Files.Refused.Select(file => file.File)];
        Assert.Equal(
            [.. Matching(@"(Softmax|Normalization)\([0-9], [0-9]").Select(i => $"Net{i}.h5"),
                .. Matching("TimeDistributed, MultiHeadAttention").SelectMany(i => new[] { $"Net{i}.keras", $"Net{i}.h5" })],
            refused);
        Assert.All(saved.Files.Refused, file => Assert.Matches("Keras (loses the axes of|has no TimeDistributed of)", file.Reason));
    }

    [KerasRulesFact]
    public void Keras_takes_every_layer()
    {
        // That of keras_hub is none of Keras, the checker knows one result of attentions, and weights alone need a network that Keras has.
        int[] others = [.. Matching("PositionEmbedding|ReturnAttentionScores|TimeDistributed, MultiHeadAttention")];
        IEnumerable<string> files = saved.Files.Files.Where(file => !others.Any(i =>
            Path.GetFileName(file).StartsWith($"Net{i}.", StringComparison.Ordinal)));
        IReadOnlyList<string> problems = KerasRules.Problems(saved.Files.Folder, files);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(60)));
    }

    private static IEnumerable<int> Matching(string pattern) =>
        Enumerable.Range(0, Stacks.Length).Where(i => Regex.IsMatch(Stacks[i], pattern));

    /// <summary>The networks, trained and saved once for all tests.</summary>
    public sealed class Saved : IDisposable
    {
        public Saved()
        {
            KerasFiles.Register();
            StringBuilder source = new("using CompiledNets;\nusing CompiledNets.Initializers;\n");
            for (int i = 0; i < Stacks.Length; i++)
                source.Append(Stacks[i].Contains("Node", StringComparison.Ordinal)
                    ? $"[Network]\npublic sealed partial class Net{i}\n{{\n{Stacks[i]}\n}}\n"
                    : $"[Network, {Stacks[i]}]\npublic sealed partial class Net{i};\n");
            using CompiledNetworks networks = CompiledNetworks.Compile(source.ToString());
            for (int i = 0; i < Stacks.Length; i++)
            {
                string name = $"Net{i}";
                Model model = SavedTraining.Compiled(networks, name, new Adam(0.003));
                SavedTraining.Train(model, epochs: 1);
                Files.Add(name, model, isCompiled => isCompiled
                    ? SavedTraining.Compiled(networks, name, new Adam(0.003), seed: 5) : networks.Create(name, 5));
            }
        }

        internal Written Files { get; } = new();

        public void Dispose() => Files.Dispose();
    }
}
