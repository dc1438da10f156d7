using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// The gradient of every op and every layer, judged by central differences of the forward graph in double precision, so that a wrong rule
/// cannot agree with itself; in training too, with moments of the batch and the random numbers of one step. The graph that the passes make
/// of it has to give the same.
/// </summary>
public sealed class CentralDifferenceTests
{
    // Every entry of the table of layers stands in one of them, and whatever its gradient can be made of.
    private static readonly string[] Stacks =
    [
        "Input(5), Dense(4, Activation.Tanh), Dense(3, Activation.Softmax)",
        "Input(2, 5), Dense(4, UseBias = false), Activation(Activation.Gelu), Flatten, Dense(1, Activation.Sigmoid)",
        "Input(4, 6), Dense(6, Activation.Glu), Activation(Activation.Sparsemax), Identity, Reshape(2, 6), " +
            "Activation(Activation.LogSoftmax)",
        "Input(4), Dense(3), BatchNormalization, Dense(2)",
        "Input(3, 4), BatchNormalization(Axis = 1, Center = false), Activation(Activation.Tanh), BatchNormalization(Scale = false)",
        "Input(4, 5, 2), Conv2D(3, 3, Activation.Tanh, Padding = Padding.Same), Conv2D(2, new[] { 2, 3 }, Strides = [2, 1]), Flatten, " +
            "Dense(1)",
        "Input(5, 4, 4), Conv2D(4, 2, Padding = Padding.Same, DilationRate = [2, 1], Groups = 2, UseBias = false), Conv2D(3, 1, " +
            "Activation.Tanh)",
        "Input(3, 4, 2), Conv2D(6, 2, Activation.Tanh, Padding = Padding.Same), Conv2D(5, 2, Strides = [2, 1]), Dense(5)",
        "Input(7, 2), Conv1D(3, 3, Activation.Tanh, Padding = Padding.Causal, DilationRate = [2]), Conv1D(2, 2, Strides = [3])",
        "Input(3, 4, 3, 2), Conv3D(2, 2, Activation.Tanh, Padding = Padding.Same, Strides = [1, 2, 1]), Conv3D(2, new[] { 1, 2, 3 })",
        "Input(3, 4, 2), Conv2DTranspose(3, 3, Activation.Tanh), Conv2DTranspose(2, new[] { 2, 3 }, Strides = [3, 2], Padding = " +
            "Padding.Same)",
        "Input(3, 2), Conv1DTranspose(2, 3, Strides = [2], OutputPadding = [1]), Conv1DTranspose(3, 2, Activation.Tanh, DilationRate = [3])",
        "Input(2, 1, 2, 2), Conv3DTranspose(2, 2, Activation.Tanh, Strides = [2, 1, 3], Padding = Padding.Same), Dense(1)",
        "Input(4, 5, 2), DepthwiseConv2D(3, Activation.Tanh, DepthMultiplier = 2, Padding = Padding.Same), DepthwiseConv2D(2, Strides = " +
            "[2])",
        "Input(7, 2), DepthwiseConv1D(3, DilationRate = [2], DepthMultiplier = 3, UseBias = false), SeparableConv1D(2, 2, Activation.Tanh)",
        "Input(4, 4, 2), SeparableConv2D(3, 3, Activation.Tanh, DepthMultiplier = 2, Padding = Padding.Same, Strides = [2]), Dense(1)",
        "Input(6), Normalization, Rescaling(0.5, -1), Dropout(0.3), Dense(4, Activation.Selu), AlphaDropout(0.3)",
        "Input(3, 4), Dropout(0.5, NoiseShape = [1, -1]), GaussianNoise(0.4), Dense(3, Activation.Tanh), GaussianDropout(0.4)",
        "Input(3), Dense(4), Dropout(1), Dense(2)",
        "Input(2, 5), LayerNormalization, Dense(2, Activation.Tanh), LayerNormalization(1, 2, Epsilon = 0.1, Center = false)",
        "Input(2, 3, 4), LayerNormalization(3, 1, Scale = false), GroupNormalization(2), GroupNormalization(-1, Axis = 2, Epsilon = 0.01)",
        "Input(3, 5), RMSNormalization, RMSNormalization(1, 2, Epsilon = 0.2), UnitNormalization(1), UnitNormalization",
        "Input(4), SpectralNormalization, Dense(3, Activation.Tanh), SpectralNormalization(2), Dense(2, UseBias = false)",
        "Input(9), ReLU(NegativeSlope = 0.2), ReLU(1.2, NegativeSlope = 0.1, Threshold = 0.3), ReLU",
        "Input(9), LeakyReLU, ELU(0.7), PReLU(AlphaInitializer = Initializer.Ones)",
        "Input(3, 4, 2), PReLU(SharedAxes = [1, 3]), Permute(3, 1, 2), Softmax(1, 3)",
        "Input(3, 4), Softmax(1), Softmax(1, 2)",
        "Input(4), Dense(3, Activation.Tanh), RepeatVector(1), Dense(2)",
        "Input(3, 2, 2), Dense(3, Activation.Tanh), UpSampling2D(1), Dense(2, Activation.Tanh), UpSampling2D(1, 2)",
        "Input(4), RepeatVector(3), Softmax, Dense(2)",
        "Input(3, 2), ZeroPadding1D(2, 1), Dense(2, Activation.Tanh), Cropping1D, UpSampling1D(3), SpatialDropout1D(0.4)",
        "Input(3, 2, 2), ZeroPadding2D(1, 0, 2, 1), Dense(2, Activation.Tanh), Cropping2D(1), UpSampling2D(2, 3), SpatialDropout2D(0.4)",
        "Input(2, 1, 2, 2), ZeroPadding3D(1), Dense(2, Activation.Tanh), Cropping3D(1, 0, 0, 2, 1, 1), UpSampling3D(1, 2, 1), " +
            "SpatialDropout3D(0.4)",
        "Input(4, 5, 2), RandomFlip, RandomTranslation(0.3, 0.4), RandomRotation(0.1), RandomZoom(0.3, 0.2), RandomCrop(3, 4), " +
            "Dense(2, Activation.Tanh)",
        "Input(3, 4, 2), RandomContrast(0.5, ValueRange = new[] { -9.0, 9 }), RandomBrightness(0.1, ValueRange = new[] { -9.0, 9 }), " +
            "Dense(2, Activation.Tanh)",
        "Input(4, 5, 2), Resizing(3, 7, Antialias = true), Dense(2, Activation.Tanh), CenterCrop(2, 6), CenterCrop(3, 2)",
        "Input(3, 2, 2), UpSampling2D(Interpolation = Interpolation.Bilinear), UpSampling2D(2, 1, Interpolation = " +
            "Interpolation.Bicubic), Dense(2)",
        "Input(7, 2), Dense(2, Activation.Tanh), MaxPooling1D(3, Strides = [2], Padding = Padding.Same), AveragePooling1D(2), " +
            "GlobalMaxPooling1D",
        "Input(5, 6, 2), Dense(2, Activation.Tanh), MaxPooling2D, AveragePooling2D(2, Strides = [1], Padding = Padding.Same), " +
            "GlobalMaxPooling2D(KeepDims = true)",
        "Input(3, 2, 4, 2), Dense(2, Activation.Tanh), MaxPooling3D(2, 1, 2), AveragePooling3D(1, 2, 2, Padding = Padding.Same), " +
            "GlobalMaxPooling3D",
        "Input(7, 2), Dense(2, Activation.Tanh), AdaptiveMaxPooling1D(5), AdaptiveAveragePooling1D(3)",
        "Input(4, 5, 2), Dense(2, Activation.Tanh), AdaptiveMaxPooling2D(3), AdaptiveAveragePooling2D(2)",
        "Input(2, 3, 4, 1), Dense(2, Activation.Tanh), AdaptiveMaxPooling3D(2), AdaptiveAveragePooling3D(1, 2, 1)",
        "Input(5), Embedding(6, 4, MaskZero = true), Dense(3, Activation.Tanh), GlobalAveragePooling1D",
        "Input(3, 2), Embedding(4, 3), Dense(2, Activation.Tanh)",
        "Input(4, 2), ReLU(Threshold = 0.3), Masking, Dense(3, Activation.Tanh), GlobalAveragePooling1D",
        "Input(4, 2), ReLU(Threshold = 0.3), Masking, Dense(3, Activation.Tanh), BatchNormalization, Dense(2)",
        """
        [Input(4)] public partial Node X { get; }
        [Input(4)] public partial Node Z { get; }
        [From(nameof(X)), Embedding(5, 3, MaskZero = true)] public partial Node A { get; }
        [From(nameof(Z)), Embedding(4, 3, MaskZero = true), Dense(3, Activation.Tanh)] public partial Node B { get; }
        [From(nameof(Z)), Embedding(6, 3)] public partial Node C { get; }
        [Add(nameof(A), nameof(B)), GlobalAveragePooling1D, Output] public partial Node Sum { get; }
        [Concatenate(nameof(A), nameof(C), Axis = 1), GlobalAveragePooling1D, Output] public partial Node Long { get; }
        [Concatenate(nameof(A), nameof(B)), GlobalAveragePooling1D, Output] public partial Node Wide { get; }
        """,
        "Input(4, 3), SimpleRNN(3, ReturnSequences = true), SimpleRNN(2, UseBias = false, GoBackwards = true)",
        "Input(4, 2), LSTM(3, ReturnSequences = true), LSTM(2, RecurrentActivation = Activation.Tanh, UseBias = false, Dropout = 0.3, " +
            "RecurrentDropout = 0.4)",
        "Input(3, 2), LSTM(3, Activation.Softmax, RecurrentActivation = Activation.Softmax, ReturnSequences = true), Dense(1)",
        "Input(4, 2), GRU(3, ReturnSequences = true), GRU(2, ResetAfter = false, ReturnSequences = true), GRU(2, UseBias = false, " +
            "Activation = null)",
        "Input(5), Embedding(3, 3, MaskZero = true), LSTM(3, ReturnSequences = true), Bidirectional, GRU(2, ReturnSequences = true), " +
            "TimeDistributed, LayerNormalization, SimpleRNN(2, ZeroOutputForMask = true)",
        "Input(3, 2), Bidirectional(MergeMode = MergeMode.Mul), SimpleRNN(3, ReturnSequences = true), Bidirectional(MergeMode = " +
            "MergeMode.Ave), LSTM(2), Dense(1)",
        "Input(3, 2), RNN(ReturnSequences = true), LSTMCell(2, Dropout = 0.3), GRUCell(3, Dropout = 0.3), SimpleRNNCell(2), Dense(1)",
        "Input(3, 4, 2), ConvLSTM1D(2, 2, ReturnSequences = true), TimeDistributed, Conv1D(2, 2, Activation.Tanh), TimeDistributed, " +
            "Flatten, Dense(1)",
        "Input(2, 3, 3, 1), ConvLSTM2D(2, 2, Padding = Padding.Same, Dropout = 0.2), Flatten, Dense(1)",
        "Input(2, 2, 2, 2, 1), ConvLSTM3D(1, 2, Padding = Padding.Same), Flatten, Dense(1)",
        "Input(3, 2), LSTM(2, Stateful = true, ReturnSequences = true), Bidirectional, SimpleRNN(2, Stateful = true)",
        "Input(3, 2, 3), TimeDistributed, GRU(2), TimeDistributed, Dense(2, Activation.Tanh)",
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
        "Input(3, 2), Dense(2, Activation.Tanh), GlobalAveragePooling1D(KeepDims = true), GlobalAveragePooling1D",
        "Input(3, 2, 2), Dense(2, Activation.Tanh), GlobalAveragePooling2D",
        "Input(3, 1, 2, 2), Dense(2, Activation.Tanh), GlobalAveragePooling3D(KeepDims = true)",
        "Input(4), Dense(3, Activation.Tanh, ActivityL1 = 0.3, ActivityL2 = 0.2), ActivityRegularization(L1 = 0.2, L2 = 0.3), Dense(2)",
        "Input(4, 5), PositionEmbedding(6), MultiHeadAttention(2, 3, ValueDim = 2, UseCausalMask = true, Dropout = 0.3), " +
            "GroupQueryAttention(2, 4, 2, UseGate = true)",
        "Input(2, 3, 4), MultiHeadAttention(2, 3, AttentionAxes = [2], SlidingWindow = 2, ActivityL2 = 0.1), Attention(UseScale = true, " +
            "ScoreMode = ScoreMode.Concat)",
        "Input(3, 4), EinsumDense(\"abc,cde->adbe\", 2, -1, 3, BiasAxes = \"de\"), Activation(Activation.Tanh), " +
            "EinsumDense(\"abcd,cd->abc\", -1, -1)",
        """
        [Input(3, 4)] public partial Node Q { get; }
        [Input(2, 4)] public partial Node V { get; }
        [Input(2)] public partial Node Logits { get; }
        [From(nameof(Logits)), Dense(2), Activation(Activation.Relu)] public partial Node VMask { get; }
        [Attention(nameof(Q), nameof(V), UseCausalMask = true, ValueMask = nameof(VMask))] public partial Node A { get; }
        [From(nameof(A)), AdditiveAttention(nameof(V), ReturnAttentionScores = true)] public partial Node B { get; }
        [From(nameof(B), Output = "attention_scores"), Output] public partial Node C { get; }
        [From(nameof(B)), MultiHeadAttention(2, 3, nameof(V), KeyMask = nameof(VMask), Dropout = 0.2), Output] public partial Node D { get; }
        [From(nameof(VMask)), Output] public partial Node E { get; }
        """,
        """
        [Input(3, 4)] public partial Node X { get; }
        [Input(4)] public partial Node Row { get; }
        [From(nameof(X)), Dense(1), Activation(Activation.Tanh)] public partial Node Column { get; }
        [Add(nameof(X), nameof(Row)), Dense(4, Activation.Tanh), Multiply(nameof(Column)), Average(nameof(Row), nameof(X))] public partial Node A { get; }
        [Maximum(nameof(A), nameof(X)), Minimum(nameof(Row)), Subtract(nameof(Column)), LayerNormalization, Output] public partial Node B { get; }
        [From(nameof(A)), Shared(nameof(Column)), Concatenate(nameof(A)), Permute(2, 1)] public partial Node Both { get; }
        [Dot(nameof(Both), nameof(B), Axes = new[] { 2, 1 }), Concatenate(nameof(X), Axis = 1), Output] public partial Node C { get; }
        [Dot(nameof(Row), nameof(Row), Axis = 1, Normalize = true), Output] public partial Node D { get; }
        """,
        """
        [Input(3)] public partial Node Row { get; }
        [Input(1, 3)] public partial Node Column { get; }
        [From(nameof(Row)), Dense(3, Activation.Tanh)] public partial Node A { get; }
        [Multiply(nameof(A), nameof(Column)), Dense(2), Output] public partial Node Y { get; }
        [Dot(nameof(A), nameof(Column), Axes = new[] { 1, 2 }), Output] public partial Node Z { get; }
        """,
        .. KnownElementwise.Select(name => $"Input(6), Dense(5), Activation(\"{name}\")"),
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, PlannedNetwork>> Planned = new(() =>
    {
        var source = new StringBuilder("using CompiledNets;\n");
        for (int i = 0; i < Stacks.Length; i++)
            source.Append(Stacks[i].Contains("Node", StringComparison.Ordinal)
                ? $"[Network]\npublic sealed partial class Net{i}\n{{\n{Stacks[i]}\n}}\n"
                : $"[Network, {Stacks[i]}]\npublic sealed partial class Net{i};\n");
        return EngineComparison.Plans(source.ToString());
    });

    private static IEnumerable<string> KnownElementwise => Activations.Names.Where(name => name != "linear");

    public static TheoryData<int> AllStacks => [.. Enumerable.Range(0, Stacks.Length)];

    public static TheoryData<string> AllGraphs => [.. OpGraphs.All.Keys];

    [Theory]
    [MemberData(nameof(AllStacks))]
    public void Layers_have_the_gradient_that_differences_have(int stack) =>
        CentralDifferences.Judge(Planned.Value["Net" + stack], Stacks[stack]);

    [Theory]
    [MemberData(nameof(AllGraphs))]
    public void Ops_have_the_gradient_that_differences_have(string graph)
    {
        TrainingGraph training = OpGraphs.Make(graph);
        Verify.Graph(training);
        CentralDifferences.Judge(training, training, training.Forward.Trainable, isTraining: true, graph);
    }

    [Fact]
    public void Every_op_and_every_layer_is_judged()
    {
        // An op that has another's rules has none of its own to judge.
        Type[] ops = [.. typeof(Op).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(Op).IsAssignableFrom(type)
            && type.GetMethod(nameof(Op.Evaluate), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly) is not null)];
        HashSet<Type> judged = [.. Planned.Value.Values.SelectMany(planned => new[] { planned.Reference, planned.Plan.Training })
            .Concat(OpGraphs.All.Keys.Select(OpGraphs.Make))
            .SelectMany(graph => graph.Forward.Ops.Concat(graph.Backward)).SelectMany(op => op is Scan scan ? scan.Body.Prepend(op) : [op])
            .Select(op => op.GetType())];
        Assert.All(ops, op => Assert.Contains(op, judged));
        Assert.All(LayerTable.Layers,
            entry => Assert.Contains(Stacks, stack => Regex.IsMatch(stack, $@"(^|[\[ ]){entry.Attribute}($|[(,\]])")));
    }

    [Fact]
    public void A_wrong_rule_is_seen()
    {
        TrainingGraph training = OpGraphs.Make("a rule that is wrong", OpGraphs.Wrong);
        Assert.Throws<InvalidOperationException>(() => CentralDifferences.Judge(training, training, [], isTraining: true, "wrong"));
    }
}
