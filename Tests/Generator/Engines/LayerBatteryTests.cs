using CompiledNets.Harness;
using CompiledNets.Numerics;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// Each layer through the battery: compiled programs of every lane width against the reference evaluator in double precision, values and
/// gradients, training and inference, blocks and single rows, for a batch of one, less than a block, a block, a block and a bit, and
/// several.
/// </summary>
public sealed class LayerBatteryTests
{
    /// <summary>Error in the goldens' measure that single precision stays under.</summary>
    private const double Tolerance = 5e-6;

    private const string Block = "Conv2D(", End = ", Padding = Padding.Same), BatchNormalization, ReLU, ";

    private static readonly int[] Batches = [1, 5, 16, 17, 40];

    [Theory]
    [InlineData("Input(34), Dense(10, Activation.Relu), Dense(8, Activation.Relu), Dense(1, Activation.Sigmoid)")]
    [InlineData("Input(84), Dense(52, Activation.Relu), Dense(51, Activation.Tanh, UseBias = false), Dense(10, Activation.Softmax)")]
    [InlineData("Input(9), Dense(100), Dense(3), Dense(18), Dense(49), Dense(16)")]
    [InlineData("Input(3, 2), Dense(1)")]
    [InlineData("Input(2, 3, 7), Dense(20, Activation.Gelu), Dense(4)")]
    public void Dense(string stack) => Check(stack);

    [Fact]
    public void Dense_with_weights_beyond_the_cache() => Check("Input(1024), Dense(1024, Activation.Relu), Dense(2)", [40, 65]);

    [Theory]
    [InlineData("Input(90), Dense(100, Activation.Relu), Dense(97, Activation.Tanh, UseBias = false), Dense(88)")]
    [InlineData("Input(2, 90), Dense(95)")]
    [InlineData("Input(1030), Dense(8, Activation.Relu), Dense(1025)")]
    [InlineData("Input(3), Dense(1030, Activation.Tanh), Dense(1100, Activation.Relu), Dense(2)")]
    [InlineData("Input(3000), Dense(17)")]
    public void Dense_with_weights_beyond_the_first_cache(string stack) => Check(stack, [16, 17, 40]);

    [Theory]
    [InlineData("Input(20), Dense(48, Activation.Relu), Dense(87), Dense(35), Dense(16)")]
    [InlineData("Input(3, 20), Dense(32, Activation.Relu), Dense(70)")]
    public void Dense_over_samples_beyond_the_cache(string stack) => Check(stack, [129, 300]);

    [Theory]
    [InlineData("Input(5, 7), BatchNormalization(Axis = 1, Center = false), Dense(3), BatchNormalization")]
    [InlineData("Input(9), Dense(33, Activation.Mish), BatchNormalization(Scale = false), Dense(49, Activation.Elu)")]
    [InlineData("Input(4, 3, 2), BatchNormalization(Axis = 2, Momentum = 0.8, Epsilon = 1e-5)")]
    public void BatchNormalization(string stack) => Check(stack);

    // Kernels and phases that are written once, with their sizes and places as parameters.
    [Theory]
    [InlineData("Input(6, 5, 3), " + Block + "4, 3" + End + Block + "6, 3" + End + Block + "9, 3" + End + Block + "5, 3" + End
        + "MaxPooling2D, Flatten, Dense(3)")]
    [InlineData("Input(9), Dense(20), BatchNormalization, ReLU, Dense(24), BatchNormalization, ReLU, Dense(28), BatchNormalization, ReLU, "
        + "Dense(32), BatchNormalization, ReLU, Dense(4)")]
    public void Blocks_that_repeat(string stack) => Check(stack);

    // Errors grow from block to block.
    [Fact]
    public void Blocks_that_repeat_seven_times() => Check(
        $"Input(6, 5, 3), {string.Concat(Enumerable.Repeat(Block + "4, 3" + End, 7))}Flatten, Dense(3)", tolerance: 10 * Tolerance);

    [Theory]
    [InlineData("Input(6, 7, 3), Conv2D(20, 3, Activation.Relu), Conv2D(5, 3, Activation.Tanh, Padding = Padding.Same), Flatten, Dense(3)")]
    [InlineData("Input(6, 5, 1), Conv2D(33, 3, Padding = Padding.Same), Conv2D(1, 2)")]
    [InlineData("Input(9, 8, 2), Conv2D(7, new[] { 5, 3 }, Activation.Relu, Strides = [2, 1], Padding = Padding.Same), Conv2D(16, 4, " +
        "Strides = [3], Padding = Padding.Same)")]
    [InlineData("Input(7, 8, 4), Conv2D(6, 3, Activation.Relu, DilationRate = [2], Groups = 2), Conv2D(18, 2, Padding = Padding.Same, " +
        "DilationRate = [5, 3], UseBias = false)")]
    [InlineData("Input(5, 5, 6), Conv2D(40, 1, Activation.Relu), Conv2D(8, 2, Strides = [2], Groups = 4), Conv2D(3, 1, Strides = [2])")]
    [InlineData("Input(2, 2, 3), Conv2D(4, 5, Padding = Padding.Same), Conv2D(4, 2)")]
    [InlineData("Input(4, 5, 6), Conv2D(70, 3, Activation.Gelu), BatchNormalization, Conv2D(3, 2, Padding = Padding.Same, Strides = [2])")]
    [InlineData("Input(6, 7, 16), Conv2D(64, 3, Activation.Relu, Padding = Padding.Same), Conv2D(15, new[] { 3, 5 }, Padding = " +
        "Padding.Same)")]
    [InlineData("Input(4, 40, 2), Conv2D(9, 3, Activation.Tanh), Conv2D(7, 2, Strides = [1, 3])")]
    [InlineData("Input(13, 3, 5), Conv2D(6, new[] { 4, 1 }, Strides = [2, 1], Padding = Padding.Same), Conv2D(26, 3, Padding = " +
        "Padding.Same)")]
    [InlineData("Input(5, 17, 3), Conv2D(32, 3, Activation.Relu, Padding = Padding.Same), Conv2D(64, 3, Strides = [2], Padding = " +
        "Padding.Same, Groups = 2), Conv2D(32, 2, UseBias = false)")]
    [InlineData("Input(4, 13, 2), Conv2D(16, 3, Activation.Tanh), Conv2D(48, 2, DilationRate = [1, 2]), Conv2D(16, 1)")]
    public void Conv2D(string stack) => Check(stack);

    // Vectors of filters reach beyond a row of the kernel, to which they add nothing.
    [Theory]
    [InlineData("Input(3, 3, 4), Conv2D(9, 3, Activation.Tanh), Flatten, Dense(1)")]
    [InlineData("Input(5, 5, 2), Conv2D(120, 5), Conv2D(17, 2, Padding = Padding.Same)")]
    [InlineData("Input(1, 3), Conv1D(17, 4, Padding = Padding.Same, UseBias = false), Conv1D(6, 1)")]
    [InlineData("Input(2, 2, 2, 3), Conv3D(21, 2, Activation.Relu), Flatten, Dense(2)")]
    [InlineData("Input(3, 2, 2, 3), TimeDistributed, Conv2D(7, 2), ConvLSTM2D(9, 1), Flatten, Dense(2)")]
    [InlineData("Input(1, 1, 33), ConvLSTM1D(3, 2, Padding = Padding.Same), Conv1DTranspose(5, 3, Padding = Padding.Same)")]
    public void Convolutions_of_one_position(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(8, 6, 32), Conv2D(36, 3, Activation.Relu, Padding = Padding.Same), Conv2D(32, 3, UseBias = false)")]
    [InlineData("Input(7, 9, 40), Conv2D(64, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, Conv2D(32, 3, " +
        "Activation.Gelu, Padding = Padding.Same)")]
    [InlineData("Input(9, 12, 96), Conv2D(128, 3, Activation.LeakyRelu), Conv2D(44, 3, Activation.Tanh)")]
    [InlineData("Input(8, 6, 32), Conv2D(32, 3, Padding = Padding.Same), UpSampling2D(1), Conv2D(32, 3, Activation.Relu), UpSampling2D(1)")]
    [InlineData("Input(9, 8, 32), Conv2D(36, 3), Conv2D(72, 3)")]
    public void Conv2D_by_Winograd(string stack) => Check(stack, [1, 5, 16, 17]);

    // Kernels that single samples read packed, with what stands after and before them.
    [Theory]
    [InlineData("Input(7, 9, 3), Conv2D(32, 3, UseBias = false), BatchNormalization, ReLU(6), DepthwiseConv2D(3, Padding = " +
        "Padding.Same), BatchNormalization(Scale = false), ReLU(6), Conv2D(24, 1), BatchNormalization(Center = false)")]
    [InlineData("Input(9, 10, 32), Conv2D(64, 3, Padding = Padding.Same), BatchNormalization, ReLU, Conv2D(32, 3, Activation.Relu, " +
        "Padding = Padding.Same), BatchNormalization(Axis = 1)")]
    [InlineData("Input(9, 8, 4), ZeroPadding2D([4, 0, 2, 3]), Conv2D(16, 3, Strides = [2]), BatchNormalization, ZeroPadding2D, " +
        "DepthwiseConv2D(3, UseBias = false, Strides = [2]), BatchNormalization, Activation(Activation.Tanh)")]
    [InlineData("Input(5, 6, 32), ZeroPadding2D(4), Conv2D(32, 3, Activation.Relu)")]
    [InlineData("Input(37, 5), ZeroPadding1D(2), Conv1D(40, 3, UseBias = false), BatchNormalization, ReLU, Dense(8)")]
    public void Normalized_convolutions(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(6, 11, 32), DepthwiseConv2D(3, Activation.Relu, Padding = Padding.Same), DepthwiseConv2D(2, Strides = [2], " +
        "UseBias = false), Conv2D(16, 1)")]
    [InlineData("Input(40, 16), DepthwiseConv1D(5, DilationRate = [3]), Dense(48, Activation.Tanh), Dense(32)")]
    public void Depthwise_of_channels_that_fill_vectors(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(75, 3), Conv1D(21, 5, Activation.Relu, Strides = [2], Padding = Padding.Same), Dense(6, Activation.Tanh), Dense(20)")]
    [InlineData("Input(40, 7), Dense(11, Activation.Relu), Dense(5, UseBias = false), Dense(4)")]
    [InlineData("Input(3, 37, 14), Dense(18), Conv2D(60, new[] { 1, 9 }, Padding = Padding.Same)")]
    [InlineData("Input(3, 5, 4, 6), Conv3D(12, 3, Activation.Relu, Padding = Padding.Same), Conv3D(9, 2, Strides = [2])")]
    public void Kernels_that_meet_many_positions(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(11, 3), Conv1D(5, 3, Activation.Relu, Padding = Padding.Causal, DilationRate = [2]), Conv1D(17, 4, Strides = " +
        "[3]), Flatten, Dense(2)")]
    [InlineData("Input(9, 4), Conv1D(4, 2, Padding = Padding.Same, Groups = 2), Conv1D(6, 5, Padding = Padding.Same, Strides = [2])")]
    [InlineData("Input(4, 5, 3, 2), Conv3D(5, 2, Activation.Relu, Padding = Padding.Same), Conv3D(18, new[] { 3, 1, 2 }, Strides = [1, " +
        "2, 1])")]
    [InlineData("Input(5, 4, 4, 2), Conv3D(4, 2, DilationRate = [2, 1, 3], Groups = 2), Conv3D(3, 3, Padding = Padding.Same)")]
    [InlineData("Input(12, 2), Conv1D(32, 3, Activation.Relu), Conv1D(32, 4, Padding = Padding.Causal)")]
    [InlineData("Input(2, 3, 9, 2), Conv3D(32, 2, Activation.Relu, Padding = Padding.Same), Conv3D(16, 2)")]
    public void Conv1D_and_Conv3D(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(3, 4, 16), Conv2DTranspose(64, 3, Padding = Padding.Same)")]
    [InlineData("Input(4, 5, 3), Conv2DTranspose(20, 3, Activation.Relu), Conv2DTranspose(5, new[] { 2, 4 }, Strides = [2, 3], Padding " +
        "= Padding.Same)")]
    [InlineData("Input(3, 4, 1), Dense(7, Activation.Tanh), Conv2DTranspose(1, 2, Strides = [3], UseBias = false), Conv2DTranspose(7, 1)")]
    [InlineData("Input(3, 2, 18), Conv2DTranspose(18, 3, Activation.Gelu, Strides = [2], OutputPadding = [1], Padding = Padding.Same), " +
        "Conv2D(3, 2)")]
    [InlineData("Input(4, 3, 2), Conv2DTranspose(6, 3, Activation.Relu, DilationRate = [3, 2]), Conv2DTranspose(4, 3, Padding = " +
        "Padding.Same, DilationRate = [2])")]
    [InlineData("Input(5, 4), Conv1DTranspose(3, 4, Strides = [2], OutputPadding = [0], Padding = Padding.Same), Conv1DTranspose(17, 3, " +
        "Activation.Relu, Strides = [3], OutputPadding = [2])")]
    [InlineData("Input(2, 3, 2, 4), Conv3DTranspose(5, 2, Activation.Tanh, Strides = [2, 1, 3]), Conv3DTranspose(2, new[] { 3, 1, 2 }, " +
        "Padding = Padding.Same)")]
    [InlineData("Input(4, 2), Conv1DTranspose(1, 2, Strides = [5], Padding = Padding.Same), Conv1DTranspose(2, 9, Padding = Padding.Same)")]
    public void Transposed_convolutions(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(6, 5, 3), DepthwiseConv2D(3, Activation.Relu), DepthwiseConv2D(2, DepthMultiplier = 2, Padding = Padding.Same), " +
        "Dense(2)")]
    [InlineData("Input(7, 6, 20), DepthwiseConv2D(3, Activation.Tanh, Strides = [2], Padding = Padding.Same), DepthwiseConv2D(new[] { " +
        "1, 2 }, UseBias = false)")]
    [InlineData("Input(5, 6, 4), DepthwiseConv2D(3, DepthMultiplier = 11, Padding = Padding.Same), DepthwiseConv2D(2, Activation.Gelu, " +
        "DilationRate = [2, 1])")]
    [InlineData("Input(5, 5, 1), DepthwiseConv2D(3, DepthMultiplier = 5), DepthwiseConv2D(1)")]
    [InlineData("Input(9, 4), DepthwiseConv1D(3, Padding = Padding.Same, DepthMultiplier = 2), DepthwiseConv1D(4, Activation.Relu, " +
        "Strides = [3]), Flatten, Dense(2)")]
    [InlineData("Input(6, 6, 35), DepthwiseConv2D(3, Padding = Padding.Same), BatchNormalization, ReLU(6)")]
    [InlineData("Input(5, 6, 17), Conv2D(17, 3, Activation.Relu, Groups = 17), Conv2D(34, 2, Groups = 17, Padding = Padding.Same)")]
    public void Depthwise_convolutions(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(6, 5, 3), SeparableConv2D(7, 3, Activation.Relu), SeparableConv2D(20, 2, DepthMultiplier = 3, Padding = " +
        "Padding.Same, Strides = [2])")]
    [InlineData("Input(5, 6, 1), SeparableConv2D(4, new[] { 3, 2 }, DepthMultiplier = 2, UseBias = false), SeparableConv2D(1, 3, " +
        "DilationRate = [2], Padding = Padding.Same)")]
    [InlineData("Input(8, 4), SeparableConv1D(6, 3, Activation.Tanh, Padding = Padding.Same), SeparableConv1D(2, 2, Strides = [2])")]
    public void Separable_convolutions(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(5, 5, 2), SpectralNormalization, Conv2D(4, 3, Activation.Relu), SpectralNormalization(2), Conv2DTranspose(3, 2, " +
        "Strides = [2]), Flatten, Dense(1)")]
    [InlineData("Input(5, 4, 3), SpectralNormalization, DepthwiseConv2D(2, DepthMultiplier = 3), SpectralNormalization, Conv2D(3, 1, " +
        "UseBias = false)")]
    public void SpectralNormalization_of_convolutions(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(7), Embedding(11, 5), Dense(4, Activation.Tanh), Flatten, Dense(2)")]
    [InlineData("Input(3, 4), Embedding(5, 19), Flatten, Dense(1)")]
    [InlineData("Input(6), Reshape(2, 3), Permute(2, 1), Embedding(300, 33), Dense(1)")]
    [InlineData("Input(1), Embedding(2, 1)")]
    [InlineData("Input(9), Embedding(3, 16, MaskZero = true), Dense(5, Activation.Relu), GlobalAveragePooling1D, Dense(3, " +
        "Activation.Softmax)")]
    [InlineData("Input(9, 2), ReLU, Masking, Dense(3), GlobalAveragePooling1D(KeepDims = true)")]
    [InlineData("Input(9, 2), ReLU(Threshold = 0.5), Masking, Dense(3), BatchNormalization, Dense(2, Activation.Tanh)")]
    [InlineData("Input(9, 4), ReLU(Threshold = 0.5), Masking, BatchNormalization(Momentum = 0.8, Scale = false), Dense(3, " +
        "Activation.Tanh), GlobalAveragePooling1D")]
    [InlineData("Input(5, 3), ReLU(Threshold = 0.5), Masking, BatchNormalization(Axis = 2, Center = false), LSTM(4)")]
    [InlineData("Input(4, 3, 2), ReLU(Threshold = 0.5), Masking(0), Dense(3)")]
    public void Embedding_and_masks(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(5, 3), SimpleRNN(4), Dense(2)")]
    [InlineData("Input(4, 3), SimpleRNN(17, Activation.Relu, ReturnSequences = true, UseBias = false), SimpleRNN(2, ReturnSequences = " +
        "true, GoBackwards = true)")]
    [InlineData("Input(5, 1), LSTM(20), Dense(1)")]
    [InlineData("Input(6, 3), LSTM(5, ReturnSequences = true), LSTM(33, Activation.Relu, RecurrentActivation = Activation.HardSigmoid, " +
        "UseBias = false)")]
    [InlineData("Input(3, 2), LSTM(4, Activation.Softmax, RecurrentActivation = Activation.Softmax, UnitForgetBias = false, " +
        "ReturnSequences = true)")]
    [InlineData("Input(3, 2), LSTM(1, null), Dense(1)")]
    [InlineData("Input(3, 7), LSTM(130), Dense(2)")]
    [InlineData("Input(6, 3), GRU(5, ReturnSequences = true), GRU(20, GoBackwards = true)")]
    [InlineData("Input(4, 3), GRU(6, ResetAfter = false, ReturnSequences = true), GRU(3, Activation.Relu, ResetAfter = false, UseBias = " +
        "false)")]
    [InlineData("Input(4, 3), GRU(6, UseBias = false, Dropout = 0.3, RecurrentDropout = 0.4), Dense(2)")]
    [InlineData("Input(4, 3), LSTM(6, Dropout = 0.3, RecurrentDropout = 0.4, ReturnSequences = true), SimpleRNN(3, Dropout = 0.5)")]
    [InlineData("Input(4, 3), GRU(6, Dropout = 0.3, RecurrentDropout = 0.4, ReturnSequences = true), GRU(5, ResetAfter = false, " +
        "RecurrentDropout = 0.4)")]
    [InlineData("Input(3, 6, 2), ConvLSTM1D(3, 3, Padding = Padding.Same, Dropout = 0.3, RecurrentDropout = 0.4), Flatten, Dense(1)")]
    [InlineData("Input(4, 3), Bidirectional, LSTM(17, Dropout = 0.2, RecurrentDropout = 0.4), Dense(1)")]
    [InlineData("Input(1, 3), LSTM(6), RepeatVector(1), GRU(3)")]
    [InlineData("Input(4, 3), LSTM(6, Stateful = true, ReturnSequences = true), Bidirectional, GRU(3, Stateful = true), Dense(1)")]
    public void Recurrent(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(6, 2), ReLU(Threshold = 0.4), Masking, LSTM(5, ReturnSequences = true), GRU(4, ZeroOutputForMask = true, " +
        "ReturnSequences = true), Dense(2), SimpleRNN(3)")]
    [InlineData("Input(6, 2), ReLU(Threshold = 0.4), Masking, SimpleRNN(3, GoBackwards = true, ZeroOutputForMask = true), Dense(2)")]
    [InlineData("Input(7), Embedding(4, 5, MaskZero = true), Bidirectional, LSTM(6, ReturnSequences = true), Bidirectional(MergeMode = " +
        "MergeMode.Mul), GRU(3)")]
    public void Recurrent_with_masks(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(5, 3), Bidirectional, LSTM(4, ReturnSequences = true), Bidirectional(MergeMode = MergeMode.Sum), SimpleRNN(17), " +
        "Dense(2)")]
    [InlineData("Input(5, 3), Bidirectional(MergeMode = MergeMode.Ave), GRU(4, ReturnSequences = true, GoBackwards = true), " +
        "Bidirectional, GRU(20)")]
    [InlineData("Input(4, 5), TimeDistributed, Dense(3, Activation.Tanh), TimeDistributed, LayerNormalization, SimpleRNN(2)")]
    [InlineData("Input(3, 4, 2), TimeDistributed, Flatten, TimeDistributed, Dropout(0.4), LSTM(3, ReturnSequences = true), " +
        "TimeDistributed, RMSNormalization, TimeDistributed, UnitNormalization")]
    [InlineData("Input(3, 4, 2), TimeDistributed, GRU(5), Dense(2)")]
    [InlineData("Input(2, 3, 5), TimeDistributed, LSTM(48), Dense(2)")]
    [InlineData("Input(3, 5, 4, 2), TimeDistributed, Conv2D(3, 2, Activation.Tanh), TimeDistributed, Flatten, GRU(2)")]
    [InlineData("Input(4, 3), RNN(ReturnSequences = true), LSTMCell(4), GRUCell(17), SimpleRNNCell(2), RNN, GRUCell(3, RecurrentDropout " +
        "= 0.3)")]
    [InlineData("Input(3, 6, 2), ConvLSTM1D(3, 3, Padding = Padding.Same, ReturnSequences = true), ConvLSTM1D(17, 2, Strides = [2], " +
        "Dropout = 0.2)")]
    [InlineData("Input(2, 5, 4, 2), ConvLSTM2D(3, new[] { 2, 3 }, ReturnSequences = true, GoBackwards = true), TimeDistributed, " +
        "Flatten, SimpleRNN(2)")]
    public void Wrapped_over_steps(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(2, 3, 4, 2), TimeDistributed, Conv2DTranspose(6, 3), TimeDistributed, DepthwiseConv2D(2, DepthMultiplier = 2), " +
        "Flatten")]
    [InlineData("Input(2, 5, 4, 3), TimeDistributed, SeparableConv2D(5, 2), TimeDistributed, Conv2D(64, 3, Padding = Padding.Same), " +
        "Flatten, Dense(1)")]
    [InlineData("Input(2, 3, 4), TimeDistributed, MultiHeadAttention(2, 3), TimeDistributed, EinsumDense(\"abc,cd->abd\", -1, 6, " +
        "BiasAxes = \"d\")")]
    [InlineData("Input(6), Embedding(9, 5, MaskZero = true), Bidirectional, LSTM(4, ReturnSequences = true), MultiHeadAttention(2, 3), " +
        "GRU(3)")]
    [InlineData("Input(3, 3, 4), SpectralNormalization, Conv2DTranspose(5, 2, KernelL2 = 0.1), SpectralNormalization, DepthwiseConv2D(2)")]
    public void Layers_of_several_kinds(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(7), SpectralNormalization, Dense(5, Activation.Tanh), SpectralNormalization(3), Dense(2, UseBias = false)")]
    [InlineData("Input(3, 90), Dense(100, Activation.Relu), Dense(12, Activation.Tanh)")]
    [InlineData("Input(3, 2, 90), Conv2D(100, 1, Activation.Relu), Dense(83, UseBias = false)")]
    [InlineData("Input(3, 40), SpectralNormalization(2), Dense(33), BatchNormalization, SpectralNormalization, Dense(16, " +
        "Activation.Softmax)")]
    [InlineData("Input(6), Dense(1), SpectralNormalization, Dense(48, KernelInitializer = Initializer.Zeros), " +
        "SpectralNormalization(ActivityL2 = 0.1), Dense(1)")]
    public void SpectralNormalization(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(4, 6), Rescaling(0.5, -1), Flatten, Reshape(-1, 4), Identity")]
    [InlineData("Input(3), Identity")]
    [InlineData("Input(3, 4), Flatten")]
    [InlineData("Input(6), Normalization, Dense(2)")]
    [InlineData("Input(3, 5), Normalization(Axis = 1)")]
    public void Shapes_and_scales(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(6), Dense(20, Activation.Tanh, ActivityL1 = 0.3), ActivityRegularization(L2 = 0.2), Dense(3, Activation.Softmax, " +
        "ActivityL2 = 0.5)")]
    [InlineData("Input(3, 4), ActivityRegularization(L1 = 0.2, L2 = 0.3), Dense(5, Activation.Relu, ActivityL1 = 0.7), " +
        "BatchNormalization(ActivityL2 = 0.1)")]
    [InlineData("Input(7), Dense(1, Activation.Sigmoid, ActivityRegularizer = Regularizer.L2), ActivityRegularization(L1 = 1)")]
    public void Penalties_on_outputs(string stack) => Check(stack);

    [Theory]
    [InlineData("Linear")]
    [InlineData("Relu")]
    [InlineData("Relu6")]
    [InlineData("LeakyRelu")]
    [InlineData("Elu")]
    [InlineData("Celu")]
    [InlineData("Selu")]
    [InlineData("Gelu")]
    [InlineData("GeluApproximate")]
    [InlineData("Sigmoid")]
    [InlineData("LogSigmoid")]
    [InlineData("Tanh")]
    [InlineData("Softplus")]
    [InlineData("HardSigmoid")]
    [InlineData("Keras2HardSigmoid")]
    [InlineData("HardSilu")]
    [InlineData("HardTanh")]
    [InlineData("Silu")]
    [InlineData("Mish")]
    [InlineData("Softsign")]
    [InlineData("Exponential")]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    [InlineData("Glu")]
    [InlineData("SoftShrink")]
    [InlineData("HardShrink")]
    [InlineData("TanhShrink")]
    [InlineData("SparsePlus")]
    [InlineData("SparseSigmoid")]
    [InlineData("Squareplus")]
    [InlineData("Sparsemax")]
    public void Activations(string name) => Check($"Input(6), Dense(20), Activation(Activation.{name}), Dense(3)");

    [Theory]
    [InlineData("Input(12), Dropout(0.3), Dense(7, Activation.Relu), Dropout(0.5), Dense(2)")]
    [InlineData("Input(3, 5), Dropout(0.4, NoiseShape = [1, -1]), Dropout(0.2, NoiseShape = [3, 1])")]
    [InlineData("Input(7), Dense(5), Dropout(1), Dense(2)")]
    [InlineData("Input(9), GaussianNoise(0.5), Dense(6, Activation.Tanh), GaussianNoise(0.1)")]
    [InlineData("Input(3, 6), GaussianDropout(0.3), Dense(3, Activation.Tanh), GaussianDropout(0.6)")]
    [InlineData("Input(10), Dense(7, Activation.Selu), AlphaDropout(0.3), Dense(3)")]
    [InlineData("Input(4, 3), AlphaDropout(0.5, NoiseShape = [-1, 1])")]
    [InlineData("Input(5), Dropout(0), GaussianNoise(0), GaussianDropout(0), AlphaDropout(0), Dense(2)")]
    public void Dropout_and_noise(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(9), Dense(20), LayerNormalization, Dense(3, Activation.Relu)")]
    [InlineData("Input(4, 5, 3), LayerNormalization(1, 2, Epsilon = 1e-5, Center = false)")]
    [InlineData("Input(4, 5, 3), LayerNormalization(3, 1, Scale = false), Activation(Activation.Tanh)")]
    [InlineData("Input(4, 5), LayerNormalization(1, -1, GammaInitializer = Initializer.RandomNormal), Flatten, Dense(3)")]
    [InlineData("Input(3, 2, 8), GroupNormalization(4), Activation(Activation.Relu)")]
    [InlineData("Input(6, 5), GroupNormalization(2, Axis = 1, Center = false)")]
    [InlineData("Input(3, 6), GroupNormalization(-1, Scale = false, Epsilon = 0.1)")]
    [InlineData("Input(32), GroupNormalization(1), Dense(2)")]
    [InlineData("Input(4, 18), RMSNormalization, Dense(2)")]
    [InlineData("Input(4, 3, 5), RMSNormalization(1, 3, Epsilon = 0.01)")]
    [InlineData("Input(9), UnitNormalization, Dense(3, Activation.Tanh)")]
    [InlineData("Input(3, 5, 2), UnitNormalization(1, 2)")]
    public void Normalizations_of_a_sample(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(20), ReLU, Dense(3)")]
    [InlineData("Input(20), ReLU(6)")]
    [InlineData("Input(5, 4), ReLU(1.2, NegativeSlope = 0.1, Threshold = 0.3)")]
    [InlineData("Input(20), ReLU(NegativeSlope = 0.1), ReLU(Threshold = 0.2), ReLU(0.7)")]
    [InlineData("Input(20), Dense(18), LeakyReLU, LeakyReLU(0), LeakyReLU(-0.5)")]
    [InlineData("Input(20), ELU, ELU(0.4), ELU(0)")]
    [InlineData("Input(19), PReLU(AlphaInitializer = Initializer.RandomNormal), Dense(2)")]
    [InlineData("Input(3, 4, 5), PReLU(SharedAxes = [1, 2]), PReLU(SharedAxes = [3])")]
    public void Activations_as_layers(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(7), Dense(18), Softmax")]
    [InlineData("Input(4, 5), Softmax(1), Dense(3)")]
    [InlineData("Input(4, 5, 3), Softmax(1, 2)")]
    [InlineData("Input(4, 5, 3), Softmax(3, 1), Activation(Activation.Tanh)")]
    [InlineData("Input(5, 3), Softmax(-1, -2)")]
    public void Softmax_over_axes(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(3, 4, 2), Permute(3, 1, 2), Activation(Activation.Tanh)")]
    [InlineData("Input(3, 40), Activation(Activation.Tanh), Permute(2, 1), Dense(5)")]
    [InlineData("Input(4), Permute(1)")]
    [InlineData("Input(5), RepeatVector(4), Activation(Activation.Sigmoid), Dense(3)")]
    [InlineData("Input(18), RepeatVector(1)")]
    [InlineData("Input(18), Dense(5, Activation.Tanh), RepeatVector(1), Dense(3)")]
    [InlineData("Input(2, 1, 3, 2, 2, 2, 2, 3), Permute(8, 1, 6, 2, 4, 7, 5, 3), Activation(Activation.Tanh)")]
    public void Orders_and_repetitions(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(5, 3), ZeroPadding1D, Activation(Activation.Tanh), ZeroPadding1D(0, 2), Cropping1D(1, 0)")]
    [InlineData("Input(3, 20), Dense(18, Activation.Tanh), ZeroPadding1D(2, 1), Dense(5)")]
    [InlineData("Input(4, 5, 2), ZeroPadding2D, Dense(3, Activation.Tanh), ZeroPadding2D(1, 0), ZeroPadding2D(0, 2, 3, 1)")]
    [InlineData("Input(4, 5, 1), ZeroPadding2D(2), Activation(Activation.Tanh), Cropping2D(1, 2)")]
    [InlineData("Input(1, 1, 1), ZeroPadding2D(1, 0, 0, 2)")]
    [InlineData("Input(2, 3, 2, 3), ZeroPadding3D, Activation(Activation.Tanh), Cropping3D(0, 1, 2, 0, 1, 1)")]
    [InlineData("Input(7, 3), Cropping1D, Activation(Activation.Tanh), Cropping1D(2)")]
    [InlineData("Input(6, 7, 3), Activation(Activation.Tanh), Cropping2D(1, 0, 2, 1), Activation(Activation.Relu), Cropping2D, Dense(2)")]
    [InlineData("Input(5, 4, 6, 2), Cropping3D, Dense(4, Activation.Tanh), ZeroPadding3D(1, 0, 2)")]
    public void Borders(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(4, 3), UpSampling1D, Activation(Activation.Tanh), UpSampling1D(3)")]
    [InlineData("Input(3, 4, 2), UpSampling2D, Dense(3, Activation.Tanh), UpSampling2D(1, 3)")]
    [InlineData("Input(2, 3, 2, 2), UpSampling3D, Activation(Activation.Tanh), UpSampling3D(2, 1, 3)")]
    [InlineData("Input(3, 4, 2), UpSampling2D(Interpolation = Interpolation.Bilinear), Activation(Activation.Tanh), UpSampling2D(1, 3, " +
        "Interpolation = Interpolation.Bilinear)")]
    [InlineData("Input(1, 2, 18), UpSampling2D(4, 5, Interpolation = Interpolation.Bilinear), Dense(2)")]
    [InlineData("Input(4, 5, 2), UpSampling2D(Interpolation = Interpolation.Bicubic), Activation(Activation.Tanh), UpSampling2D(3, 1, " +
        "Interpolation = Interpolation.Bicubic)")]
    [InlineData("Input(5, 6, 2), RandomFlip, RandomTranslation(0.3, 0.4), Conv2D(2, 2), Flatten, Dense(3)")]
    [InlineData("Input(5, 4, 3), RandomRotation(0.2, FillMode = FillMode.Wrap), RandomZoom(0.3, Interpolation = Interpolation.Nearest), " +
        "RandomFlip(FlipMode.Vertical), Dense(2)")]
    [InlineData("Input(4, 5, 1), RandomZoom(0.2, 0.4, FillMode = FillMode.Constant, FillValue = 0.3), " +
        "RandomTranslation(0, 0.5, HeightRange = new[] { -0.5, -0.1 }, FillMode = FillMode.Nearest), Dense(2)")]
    [InlineData("Input(4, 5, 2), RandomContrast(0.5, ValueRange = new[] { -9.0, 9 }), " +
        "RandomBrightness(0.2, ValueRange = new[] { -8.0, 8 }), RandomCrop(3, 2), Dense(2)")]
    [InlineData("Input(3, 4, 2), RandomCrop(3, 3), RandomCrop(2, 5), Dense(2), Dropout(0.3), Dense(1)")]
    [InlineData("Input(5, 7, 2), Resizing(3, 9), Dense(2, Activation.Tanh), Resizing(6, 4, Interpolation = Interpolation.Nearest)")]
    [InlineData("Input(7, 6, 2), Resizing(3, 9, Interpolation = Interpolation.Area), Dense(2), " +
        "Resizing(5, 3, Interpolation = Interpolation.Lanczos3, Antialias = true)")]
    [InlineData("Input(6, 4, 2), Resizing(5, 5, CropToAspectRatio = true), Dense(2), " +
        "Resizing(4, 9, PadToAspectRatio = true, FillValue = 0.5)")]
    [InlineData("Input(6, 4, 2), Resizing(2, 9, Interpolation = Interpolation.Bicubic, Antialias = true), CenterCrop(2, 7), Dense(2), " +
        "CenterCrop(4, 3)")]
    [InlineData("Input(1, 2, 3), UpSampling2D(1, Interpolation = Interpolation.Bilinear), UpSampling2D(2, 3, Interpolation = " +
        "Interpolation.Bicubic)")]
    public void Larger_samples(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(4, 6), SpatialDropout1D(0.3), Dense(5, Activation.Tanh), SpatialDropout1D(1)")]
    [InlineData("Input(3, 4, 7), SpatialDropout2D(0.5), Dense(3)")]
    [InlineData("Input(3, 2, 2, 5), SpatialDropout3D(0.4), SpatialDropout3D(0)")]
    public void Dropout_of_channels(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(7, 4), Activation(Activation.Tanh), GlobalAveragePooling1D, Dense(3)")]
    [InlineData("Input(5, 6, 20), Activation(Activation.Tanh), GlobalAveragePooling2D(KeepDims = true), Dense(3)")]
    [InlineData("Input(3, 4, 3, 1), Activation(Activation.Tanh), GlobalAveragePooling3D")]
    [InlineData("Input(1, 4), GlobalAveragePooling1D")]
    [InlineData("Input(7, 4), Activation(Activation.Tanh), GlobalMaxPooling1D, Dense(3)")]
    [InlineData("Input(5, 6, 20), Activation(Activation.Relu6), GlobalMaxPooling2D(KeepDims = true), Dense(3)")]
    [InlineData("Input(3, 4, 3, 1), Activation(Activation.Relu), GlobalMaxPooling3D")]
    public void Global_pooling(string stack) => Check(stack);

    [Theory]
    [InlineData("Input(11, 3), Dense(3, Activation.Tanh), MaxPooling1D, AveragePooling1D(3, Strides = [1])")]
    [InlineData("Input(11, 3), Dense(3, Activation.Relu), MaxPooling1D(2, Strides = [3], Padding = Padding.Same), AveragePooling1D(3, " +
        "Padding = Padding.Same)")]
    [InlineData("Input(7, 8, 3), Dense(3, Activation.Relu), MaxPooling2D(2, 3), Dense(20)")]
    [InlineData("Input(7, 8, 18), MaxPooling2D(3, Strides = [2]), AveragePooling2D(2, Strides = [1])")]
    [InlineData("Input(7, 8, 2), Dense(1, Activation.Tanh), MaxPooling2D(3, Strides = [2], Padding = Padding.Same), AveragePooling2D(3, " +
        "Strides = [1, 2], Padding = Padding.Same)")]
    [InlineData("Input(5, 4, 6, 2), Dense(2, Activation.Tanh), MaxPooling3D, AveragePooling3D(2, 1, 2, Padding = Padding.Same)")]
    [InlineData("Input(5, 4, 6, 2), Dense(2, Activation.Tanh), AveragePooling3D(2), MaxPooling3D(3, Strides = [2], Padding = Padding.Same)")]
    [InlineData("Input(3, 2), Dense(2, Activation.Tanh), MaxPooling1D(9, Padding = Padding.Same), AveragePooling1D(5, Strides = [7], " +
        "Padding = Padding.Same)")]
    [InlineData("Input(9, 10, 2), Dense(2, Activation.Tanh), MaxPooling2D(5, Strides = [2]), AveragePooling2D(1)")]
    [InlineData("Input(8, 2), Dense(2, Activation.Tanh), AdaptiveMaxPooling1D(5), AdaptiveAveragePooling1D(3)")]
    [InlineData("Input(7, 9, 2), Dense(2, Activation.Tanh), AdaptiveAveragePooling2D(3, 4), AdaptiveMaxPooling2D(2)")]
    [InlineData("Input(3, 4, 5, 1), Dense(2, Activation.Tanh), AdaptiveMaxPooling3D(2), AdaptiveAveragePooling3D(3, 1, 2)")]
    public void Pooling(string stack) => Check(stack);

    [Fact]
    public void Dropout_draws_the_same_mask_at_every_width()
    {
        using CompiledNetworks networks =
            CompiledNetworks.Compile("using CompiledNets;\n\n[Network, Input(6), Dropout(0.5)]\npublic sealed partial class Net;\n");
        double[] ones = [.. Enumerable.Repeat(1.0, 40 * 6)];
        double[][] masks = [.. Enum.GetValues<LaneWidth>()
            .Select(width => new ProgramRunner(networks.Create("Net"), width).Forward([ones], 40, isTraining: true)[0])];
        Assert.Equal([0, 2], masks[0].Distinct().Order());
        Assert.All(masks, mask => Assert.Equal(masks[0], mask));
    }

    private static void Check(string stack, int[]? batches = null, double tolerance = Tolerance)
    {
        string source = $"using CompiledNets;\n\n[Network, {stack}]\npublic sealed partial class Net;\n";
        (string what, double error) = EngineComparison.Run(source, batches ?? Batches, seed: 7).MaxBy(entry => entry.Error);
        Assert.True(error < tolerance, $"{what}: {error:0.0e+00}");
    }
}
