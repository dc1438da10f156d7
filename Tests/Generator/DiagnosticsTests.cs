using System.Globalization;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Passes;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace CompiledNets.Generator.Tests;

/// <summary>Each mistake of the grammar: its id, its words, its squiggle, and nothing else, though other code uses the network.</summary>
public sealed class DiagnosticsTests
{
    private const string Usings = "using CompiledNets;\nusing CompiledNets.Initializers;\n";

    /// <summary>Code that uses the network: it must show no error of its own.</summary>
    private const string User = """
        public static class User
        {
            public static void Use(System.Numerics.Tensors.Tensor<float> data)
            {
                var model = new Net(seed: 1);
                model.Compile("adam", "mse");
                model.Fit(data, data, epochs: 2);
                float answer = model.Predict(new float[3])[0];
                System.Console.WriteLine(answer);
            }
        }
        """;

    // Between bars stands what is underlined.
    [Theory]
    [InlineData("CN0006", "has no layers", "[Network] public sealed partial class |Net|;")]
    [InlineData("CN0006", "has no layers", "[Network, Input(3)] public sealed partial class |Net|;")]
    [InlineData("CN0007", "has no [Input]", "[Network, |Dense(3)|] public sealed partial class Net;")]
    [InlineData("CN0008", "Move [Input] to the top", "[Network, Dense(3), |Input(3)|] public sealed partial class Net;")]
    [InlineData("CN0009", "second [Input]", "[Network, Input(3), Dense(2), |Input(3)|] public sealed partial class Net;")]
    [InlineData("CN0010", "'Units' of 'dense' must be positive, but is 0",
        "[Network, Input(3), Dense(|0|)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Units' of 'dense' must be positive, but is -5",
        "[Network, Input(3), Dense(|units: -5|)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Shape' of 'Input' must be positive", "[Network, Input(|3|, 0), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Shape' of 'Input' must be positive", "[Network, |Input|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be from 0 to 1, but is 1.5",
        "[Network, Input(3), Dropout(|1.5|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be at least 0 and less than 1, but is 1",
        "[Network, Input(3), AlphaDropout(|1|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be from 0 to 1, but is 2",
        "[Network, Input(3), GaussianNoise(|2|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be a size for each axis of (3, 4), without the batch: 1, -1 or that of the axis, but is (1, 5).",
        "[Network, Input(3, 4), Dropout(0.5, |NoiseShape = [1, 5]|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be at least 0, but is -1", "[Network, Input(3), ReLU(|-1|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be axes of (3, 4) that differ, but is (1, -2).",
        "[Network, Input(3, 4), LayerNormalization(|1|, -2), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be from 1 to 2, or counted from the end from -2 to -1, for (3, 4), but is 3.",
        "[Network, Input(3, 4), UnitNormalization(|1|, 3), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be a divisor of the 6 channels that 'Input' gives, or -1 for one group a channel, but is 32.",
        "[Network, Input(6), |GroupNormalization|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be 1, 2 in some order, for (3, 4) of 'Input', but is (2, 2).",
        "[Network, Input(3, 4), |Permute(2, 2)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'repeat_vector' takes one axis, but 'Input' gives (3, 4). Put [Flatten] before it.",
        "[Network, Input(3, 4), |RepeatVector(2)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'N' of 'repeat_vector' must be positive, but is 0",
        "[Network, Input(3), RepeatVector(|0|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0030", "'softmax' applies softmax to an axis of one unit",
        "[Network, Input(3, 1), |Softmax|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'zero_padding2d' takes (height, width, channels), but 'Input' gives (3). Put [Reshape] before it.",
        "[Network, Input(3), |ZeroPadding2D|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'cropping2d' takes more than 4 columns, which it cuts off, but 'Input' gives (3, 4, 1). Cut less.",
        "[Network, Input(3, 4, 1), |Cropping2D(1, 0, 3, 1)|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'cropping1d' takes more than 2 steps, which it cuts off, but 'Input' gives (2, 1). Cut less.",
        "[Network, Input(2, 1), |Cropping1D|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Padding' of 'zero_padding2d' must be at least 0, but is -1.",
        "[Network, Input(3, 4, 1), ZeroPadding2D(|-1|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Padding' of 'zero_padding2d' must be one number, 2 or 4, but is (1, 2, 3).",
        "[Network, Input(3, 4, 1), ZeroPadding2D(|1|, 2, 3), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Size' of 'up_sampling2d' must be one number, or 2, but is (1, 2, 3).",
        "[Network, Input(3, 4, 1), UpSampling2D(|1|, 2, 3), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Size' of 'up_sampling1d' must be positive, but is 0.",
        "[Network, Input(3, 4), UpSampling1D(|0|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0075", "'random_flip' changes what 'conv2d' has made of the image. Put it before 'conv2d', the first layer that trains.",
        "[Network, Input(3, 4, 1), Conv2D(2, 2), |RandomFlip|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Factor' of 'random_rotation' must be one number, or two ascending ones, from -1 to 1, but is (1, 0.5).",
        "[Network, Input(3, 4, 1), RandomRotation(|1|, 0.5), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0014", "'diagonal' is no mode that 'random_flip' knows.",
        "[Network, Input(3, 4, 1), RandomFlip(|\"diagonal\"|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'PadToAspectRatio' of 'resizing' must be false where CropToAspectRatio is true, but is true.",
        "[Network, Input(3, 4, 1), Resizing(2, 2, CropToAspectRatio = true, |PadToAspectRatio = true|), Flatten, Dense(1)] " +
        "public sealed partial class Net;")]
    [InlineData("CN0010", "'Width' of 'center_crop' must be positive, but is 0.",
        "[Network, Input(3, 4, 1), CenterCrop(2, |0|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0014", "'linear' is no interpolation that 'up_sampling2d' knows. Did you mean 'bilinear'?",
        "[Network, Input(3, 4, 1), UpSampling2D(2, |Interpolation = \"linear\"|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Rate' of 'spatial_dropout2d' must be from 0 to 1, but is 2",
        "[Network, Input(3, 4, 1), SpatialDropout2D(|2|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0020", "elements, more than the 16777216",
        "[Network, Input(3, 4, 1), |ZeroPadding2D(2147483647)|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0050",
        "'global_average_pooling2d' has the channels before the other axes, but layers take them behind. Leave DataFormat out, and put " +
        "[Permute(2, 3, 1)] before it.",
        "[Network, Input(1, 3, 4), GlobalAveragePooling2D(|DataFormat = DataFormat.ChannelsFirst|), Dense(1)] public sealed partial " +
        "class Net;")]
    [InlineData("CN0055",
        "'conv2d_transpose' has output padding of 2x0 with strides of 2x3. Along each axis it must be less than the stride.",
        "[Network, Input(4, 4, 1), Conv2DTranspose(2, 3, Strides = new[] { 2, 3 }, |OutputPadding = new[] { 2, 0 }|), Flatten, " +
            "Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0056", "'conv1d_transpose' makes nothing of the 1 places of 'Input'. Leave OutputPadding out, or make it larger.",
        "[Network, Input(1, 2), Conv1DTranspose(2, 4, Strides = new[] { 2 }, Padding = Padding.Same, |OutputPadding = new[] { 0 }|), " +
            "Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'OutputPadding' of 'conv1d_transpose' must be at least 0, but is -1.",
        "[Network, Input(4, 2), Conv1DTranspose(2, 3, |OutputPadding = new[] { -1 }|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0054", "'conv2d_transpose' has strides of 2x2 and dilations of 1x3. One of the two must be 1.",
        "[Network, Input(4, 4, 1), Conv2DTranspose(2, 3, Strides = new[] { 2 }, |DilationRate = new[] { 1, 3 }|), Flatten, Dense(1)] " +
            "public sealed partial class Net;")]
    [InlineData("CN0012",
        "'conv2d_transpose' takes (rows, columns, channels), but 'Input' gives (4, 4). Add [Reshape(4, 4, 1)] before it for one channel.",
        "[Network, Input(4, 4), |Conv2DTranspose(2, 3)|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0020", "elements, more than the 16777216",
        "[Network, Input(4, 4, 1), |Conv2DTranspose(2, 3, Strides = new[] { 2147483647 })|, Flatten, Dense(1)] public sealed partial " +
            "class Net;")]
    [InlineData("CN0014", "'causal' is no padding that 'depthwise_conv1d' knows.",
        "[Network, Input(9, 2), DepthwiseConv1D(3, |Padding = Padding.Causal|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'DepthMultiplier' of 'depthwise_conv2d' must be positive, but is 0.",
        "[Network, Input(4, 4, 1), DepthwiseConv2D(3, |DepthMultiplier = 0|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0051", "'separable_conv2d' moves a kernel of 5x5 over 4x4 places of 'Input', with padding 'valid'.",
        "[Network, Input(4, 4, 1), SeparableConv2D(2, |5|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Filters' of 'separable_conv1d' must be positive, but is 0.",
        "[Network, Input(4, 1), SeparableConv1D(|0|, 3), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012",
        "'max_pooling2d' takes at least (3, 3, 1), but 'Input' gives (2, 4, 1). Make PoolSize smaller, or write Padding = Padding.Same.",
    "[Network, Input(2, 4, 1), |MaxPooling2D(3)|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'PoolSize' of 'average_pooling1d' must be one number, but is ().",
        "[Network, Input(4, 1), |AveragePooling1D|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Strides' of 'max_pooling1d' must be positive, but is 0.",
        "[Network, Input(4, 1), MaxPooling1D(2, |Strides = [0]|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0014", "'full' is no padding that 'max_pooling1d' knows.",
        "[Network, Input(4, 1), MaxPooling1D(2, |Padding = \"full\"|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'OutputSize' of 'adaptive_max_pooling1d' must be positive, but is 0.",
        "[Network, Input(4, 1), AdaptiveMaxPooling1D(|0|), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0050", "put [Permute(2, 3, 4, 1)] before it.",
        "[Network, Input(1, 3, 4, 4), MaxPooling3D(|DataFormat = DataFormat.ChannelsFirst|), Flatten, Dense(1)] public sealed partial " +
        "class Net;")]
    [InlineData("CN0014", "'channels' is no data format that 'cropping1d' knows.",
        "[Network, Input(3, 4), Cropping1D(|DataFormat = \"channels\"|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0049",
        "[SpectralNormalization] wraps the layer that stands after it, but nothing does. Put it before a layer such as [Dense(8)].",
        "[Network, Input(3), Dense(1), |SpectralNormalization|] public sealed partial class Net;")]
    [InlineData("CN0049", "but [Flatten] has no kernel.",
        "[Network, Input(3), |SpectralNormalization|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0049", "but [SpectralNormalization] is normalized already.",
        "[Network, Input(3), |SpectralNormalization|, SpectralNormalization, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'PowerIterations' of 'spectral_normalization' must be positive, but is 0",
        "[Network, Input(3), SpectralNormalization(|0|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Units' of 'spectral_normalization' must be positive, but is 0",
        "[Network, Input(3), SpectralNormalization, Dense(|0|)] public sealed partial class Net;")]
    [InlineData("CN0012",
        "'conv2d' takes (rows, columns, channels), but 'Input' gives (8, 8). Add [Reshape(8, 8, 1)] before it for one channel.",
        "[Network, Input(8, 8), |Conv2D(4, 3)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'conv1d' takes (steps, channels), but 'Input' gives (8, 8, 1). Put a [Reshape] to (steps, channels) before it.",
        "[Network, Input(8, 8, 1), |Conv1D(4, 3)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'KernelSize' of 'conv2d' must be positive, but is (3, 0).",
        "[Network, Input(8, 8, 1), Conv2D(4, |new[] { 3, 0 }|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Groups' of 'conv2d' must be positive, but is 0.",
        "[Network, Input(8, 8, 1), Conv2D(4, 3, |Groups = 0|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Strides' of 'conv2d' must be one number, or 2, but is (1, 2, 3).",
        "[Network, Input(8, 8, 1), Conv2D(4, 3, |Strides = [1, 2, 3]|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0014", "'causal' is no padding that 'conv2d' knows.",
        "[Network, Input(8, 8, 1), Conv2D(4, 3, |Padding = Padding.Causal|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0050", "put [Permute(2, 3, 1)] before it.",
        "[Network, Input(3, 8, 8), Conv2D(4, 3, |DataFormat = DataFormat.ChannelsFirst|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0051", "'conv2d' moves a kernel of 3x5 over 4x4 places of 'Input', with padding 'valid'. Write Padding = Padding.Same, or make it smaller.", "[Network, Input(4, 4, 1), Conv2D(4, |new[] { 3, 5 }|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0052", "'conv1d' spreads a kernel of 3 over 9 places by its dilations, more than the 8 of 'Input'.",
        "[Network, Input(8, 1), Conv1D(4, 3, |DilationRate = [4]|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0053", "'conv2d' has 4 groups, which do not divide the 6 channels of 'Input'. Possible are 1, 2.",
        "[Network, Input(8, 8, 6), Conv2D(8, 3, |Groups = 4|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0053", "which do not divide its 9 filters. Possible are 1, 3.",
        "[Network, Input(8, 8, 6), Conv2D(9, 3, |Groups = 2|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0052", "over 2147483647 places",
        "[Network, Input(8, 1), Conv1D(4, 3, Padding = Padding.Same, |DilationRate = [2000000000]|), Dense(1)] public sealed partial " +
        "class Net;")]
    [InlineData("CN0054", "'conv2d' has strides of 2x2 and dilations of 1x2. One of the two must be 1.",
        "[Network, Input(8, 8, 6), Conv2D(9, 3, Strides = [2], |DilationRate = [1, 2]|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0065", "'embedding' looks rows up by the numbers of an input, but 'dense' computes those that it gives.",
        "[Network, Input(3), Dense(3), Reshape(3, 1), |Embedding(4, 2)|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0066", "'flatten' does not know masks, so that the one of 'embedding' ends here",
        "[Network, Input(3), Embedding(4, 2, MaskZero = true), |Flatten|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0067", "'softmax' cannot take 'masking', which has a mask.",
        "[Network, Input(3, 2), Masking, |Softmax|, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'lstm' takes (steps, features), but 'Input' gives (3).",
        "[Network, Input(3), |LSTM(4)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Activation' of 'lstm' must be an activation that gives as many numbers as it takes, but is glu.",
        "[Network, Input(3, 2), LSTM(4, |Activation.Glu|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0049", "[Bidirectional] wraps the layer that stands after it, but [Dense] is no recurrent layer.",
        "[Network, Input(3, 2), |Bidirectional|, Dense(2), Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0049", "[TimeDistributed] wraps the layer that stands after it, but [BatchNormalization] needs all steps at once.",
        "[Network, Input(3, 2), |TimeDistributed|, BatchNormalization, Flatten, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0049", "[RNN] wraps the layer that stands after it, but no cell does.",
        "[Network, Input(3, 2), |RNN|, Dense(2), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0069", "[GRUCell] is what one step of a recurrent layer does, and no layer by itself.",
        "[Network, Input(3, 2), |GRUCell(2)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'masking' takes steps of features", "[Network, Input(3), |Masking|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "but is -0.5", "[Network, Input(3), Dropout(|-0.5|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Momentum' of 'batch_normalization' must be",
        "[Network, Input(3), BatchNormalization(|Momentum = 2|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Axis' of 'batch_normalization'",
        "[Network, Input(3), BatchNormalization(|Axis = 4|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "but 'Input' gives (3)",
        "[Network, Input(3), Activation(|Activation.Glu|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0013", "'reshape' makes (2, 2) of 4 elements, but 'Input' gives (3) with 3 elements",
        "[Network, Input(3), |Reshape(2, 2)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0014", "Did you mean 'relu'?", "[Network, Input(3), Dense(1, |\"rellu\"|)] public sealed partial class Net;")]
    [InlineData("CN0014", "Did you mean 'he_normal'?",
        "[Network, Input(3), Dense(1, |KernelInitializer = \"he_norml\"|)] public sealed partial class Net;")]
    [InlineData("CN0016", "already the name of another layer",
        "[Network, Input(3), Dense(2, Name = \"a\"), Dense(1, |Name = \"a\"|)] public sealed partial class Net;")]
    [InlineData("CN0017", "it contains '/'", "[Network, Input(3), Dense(1, |Name = \"a/b\"|)] public sealed partial class Net;")]
    [InlineData("CN0017", "\"a?b\" cannot be the name of a layer: it contains a character that cannot be printed",
        "[Network, Input(3), Dense(1, |Name = \"a\\nb\"|)] public sealed partial class Net;")]
    [InlineData("CN0018", "has a member of that name", "[Network, Input(3), Dense(1, |Name = \"fit\"|)] public sealed partial class Net;")]
    [InlineData("CN0018", "has a member of that name",
        "[Network, Input(3), |Dense(1)|] public sealed partial class Net { public int Dense => 3; }")]
    [InlineData("CN0019", "on its member 'Extra'",
        "[Network, Input(3), Dense(1)] public sealed partial class |Net| { [Dense(2)] public int Extra => 3; }")]
    [InlineData("CN0020", "more than the 16777216 that an arena can hold",
        "[Network, |Input(2147483647)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0020", "'dense' would have 2147483647 elements",
        "[Network, Input(1), |Dense(2147483647)|] public sealed partial class Net;")]
    [InlineData("CN0020", "numbers for a sample and its gradients",
        "[Network, Input(16777216), Activation(Activation.Softmax), Activation(Activation.Softmax), Activation(Activation.Softmax), " +
        "Activation(Activation.Softmax), Activation(Activation.Softmax), Activation(Activation.Softmax), " +
            "Activation(Activation.Softmax), Activation(Activation.Softmax)] public sealed partial class |Net|;")]
    [InlineData("CN0020", "more than 500 million parameters", "[Network, Input(65536), Dense(65536)] public sealed partial class |Net|;")]
    [InlineData("CN0021", "'Net' declares 'ParameterCount'",
        "[Network, Input(3), Dense(1)] public sealed partial class Net { public int |ParameterCount| => 3; }")]
    [InlineData("CN0017", "more than 200 characters", "[Network, Input(3), Dense(1, |Name = \"a\" + Long|)] public sealed partial class Net { private const string Long = \"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\"; }")]
    [InlineData("CN0014", "'l1_l2' is no regularizer that 'dense' knows. Did you mean 'l1l2'?",
        "[Network, Input(3), Dense(1, |KernelRegularizer = \"l1_l2\"|)] public sealed partial class Net;")]
    [InlineData("CN0014", "'max_nrm' is no constraint that 'dense' knows. Did you mean 'max_norm'?",
        "[Network, Input(3), Dense(1, |BiasConstraint = \"max_nrm\"|)] public sealed partial class Net;")]
    [InlineData("CN0011", "'KernelL2' of 'dense' must be at least 0, but is -1.",
        "[Network, Input(3), Dense(1, |KernelL2 = -1|)] public sealed partial class Net;")]
    [InlineData("CN0011", "'BiasL1' of 'dense' must be left out where BiasRegularizer is given, but is 0.1.",
        "[Network, Input(3), Dense(1, BiasRegularizer = \"l2\", |BiasL1 = 0.1|)] public sealed partial class Net;")]
    [InlineData("CN0014",
        "'Small' is no activity regularizer that 'dense' knows. Known are l1, l2 and l1l2; other factors are ActivityL1 and ActivityL2.",
        "[Network, Input(3), Dense(1, |ActivityRegularizer = nameof(Small)|)] public sealed partial class Net { private static " +
        "Regularizer Small => Regularizer.Get(\"l1\"); }")]
    [InlineData("CN0011", "'L1' of 'activity_regularization' must be at least 0, but is -0.5.",
        "[Network, Input(3), ActivityRegularization(|L1 = -0.5|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0024", "it gives 'Initializer', which is no Constraint",
        "[Network, Input(3), Dense(1, |KernelConstraint = nameof(Small)|)] public sealed partial class Net { private static Initializer " +
        "Small => new RandomNormal(); }")]
    [InlineData("CN0024", "'Small' cannot be what 'KernelInitializer' names: it may be null",
        "[Network, Input(3), Dense(1, |KernelInitializer = nameof(Small)|)] public sealed partial class Net { private static " +
        "Initializer? Small => null; }")]
    [InlineData("CN0024", "it may be null",
        "[Network, Input(3), Dense(1, |KernelInitializer = nameof(Small)|)] public sealed partial class Net { private static " +
        "RandomNormal? Small => null; }")]
    [InlineData("CN0024", "it has no getter",
        "[Network, Input(3), Dense(1, |KernelInitializer = nameof(Small)|)] public sealed partial class Net { private static " +
        "Initializer Small { set { } } }")]
    [InlineData("CN0024", "it takes arguments",
        "[Network, Input(3), Dense(1, |BiasInitializer = nameof(Small)|)] public sealed partial class Net { private static Initializer " +
        "Small(int seed) => new RandomNormal(seed: seed); }")]
    [InlineData("CN0024", "it is generic",
        "[Network, Input(3), Dense(1, |BiasInitializer = nameof(Small)|)] public sealed partial class Net { private static Initializer " +
        "Small<T>() => new RandomNormal(); }")]
    [InlineData("CN0024", "it is not static",
        "[Network, Input(3), Dense(1, |KernelInitializer = nameof(Small)|)] public sealed partial class Net { private Initializer Small " +
        "=> new RandomNormal(); }")]
    [InlineData("CN0024", "it gives 'int', which is no Initializer",
        "[Network, Input(3), Dense(1, |KernelInitializer = nameof(Small)|)] public sealed partial class Net { private const int Small = " +
        "3; }")]
    [InlineData("CN0024", "it is no property, field or method", "[Network, Input(3), Dense(1, |KernelInitializer = nameof(Small)|)] public sealed partial class Net { public sealed class Small; }")]
    [InlineData("CN0025", "'Net(string path)' does not call the generated one",
        "[Network, Input(3), Dense(1)] public sealed partial class Net { public |Net|(string path) => System.Console.WriteLine(path); }")]
    [InlineData("CN0025", "'Net()' does not call", "[Network, Input(3), Dense(1)] public sealed partial class Net { public |Net|() { } }")]
    [InlineData("CN0025", "'Net(int? number)' is one that the compiler adds",
        "[Network, Input(3), Dense(1)] public sealed partial class Net { public |Net|(int? number) => System.Console.WriteLine(number); }",
        false)]
    [InlineData("CN0025", "'Net(int number)' does not call",
        "[Network, Input(3), Dense(1)] public sealed partial class Net { public |Net|(int number) => System.Console.WriteLine(number); }")]
    [InlineData("CN0029", "'Classes' would mean the property of layer 'classes'",
        "public enum Classes { A, B, Count } [Network, Input(3), Dense((int)|Classes|.Count, Name = \"classes\")] public sealed partial " +
        "class Net;")]
    [InlineData("CN0029", "'Dense' would mean the property of layer 'dense'",
        "public static class Dense { public const int Units = 3; } [Network, Input(3), Dense(|Dense|.Units)] public sealed partial " +
        "class Net;")]
    [InlineData("CN0029", "'ParameterCount' would mean that member of 'Net'",
        "public partial class Outer { private const int ParameterCount = 3; [Network, Input(|ParameterCount|), Dense(1)] public sealed " +
        "partial class Net; } [Network, Input(3), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0030", "Did you mean 'sigmoid'?",
        "[Network, Input(3), Dense(1, |Activation.Softmax|)] public sealed partial class Net;")]
    [InlineData("CN0030", "'activation' applies log_softmax to an axis of one unit, which always gives 0",
        "[Network, Input(3), Dense(1), Activation(|Activation.LogSoftmax|)] public sealed partial class Net;")]
    public async Task A_mistake_is_one_diagnostic_in_its_place(string id, string words, string marked, bool isUsed = true)
    {
        string source = Mark(marked);
        await NetworkTest.Single(id, words, isUsed ? [source, User] : [source]);
    }

    [Theory]
    [InlineData("[Network, Input(3), Dense(2, Activation = Activation.Relu, KernelInitializer = Initializer.HeNormal)] public sealed " +
        "partial class Net;")]
    [InlineData("[Network, Input(3), Dense(1, KernelInitializer = nameof(Small))] public sealed partial class Net { [System.Obsolete] " +
        "private static Initializer Small => new RandomNormal(); }")]
    [InlineData("[Network, Input(3), Dense(1, KernelInitializer = nameof(Small))] public sealed partial class Net { " +
        "[System.Obsolete(\"old\")] private static Initializer Small() => new RandomNormal(); }")]
    [InlineData("[Network, Input(3), Dense(1, KernelInitializer = nameof(Small))] public sealed partial class Net { private static " +
        "readonly RandomNormal Small = new(); private static Initializer Other(int x) => new Constant(x); }")]
    [InlineData("[Network, Input(3), Dense(1, KernelInitializer = nameof(glorot_uniform)), Dense(1)] public sealed partial class Net { " +
        "private static Initializer glorot_uniform => new RandomNormal(); }")]
    [InlineData("[Network, Input(3), Dense(1)] public sealed partial class Net { private static int count; static Net() => count = 3; " +
        "public Net() : this(count) { } public Net(string seed) : this(seed.Length) { } }")]
    [InlineData("public enum Classes { A, Count } [Network, Input(3), Dense((int)Classes.Count, Name = nameof(Classes) + \"s\")] public " +
        "sealed partial class Net;")]
    [InlineData("[assembly: System.CLSCompliant(true)] [Network, Input(3), BatchNormalization, Dense(1, KernelInitializer = " +
        "nameof(Small))] public sealed partial class Net { private static Initializer Small => new RandomNormal(); }")]
    [InlineData("[assembly: System.CLSCompliant(true)] public partial class Outer { [Network, Input(3), Dense(1)] public sealed partial " +
        "class Net; }")]
    [InlineData("[assembly: System.CLSCompliant(true)] [Network, Input(3), Dense(1), System.CLSCompliant(false)] public sealed partial " +
        "class Net;")]
    [InlineData("[Network, Input(3), Dense(4, Name = \"a\" + nameof(Target.ParameterCount))] public sealed partial class Net; [Network, " +
        "Input(3), Dense(4)] public sealed partial class Target;")]
    [InlineData("using Layered = CompiledNets.NetworkAttribute; [Layered, Input(3), Dense(1)] public sealed partial class Net;")]
    [InlineData("[Network, Input(3), Dense(1)] public sealed partial class Layers; [Network, Input(3), Dense(1, KernelInitializer = " +
        "nameof(Small))] public sealed partial class Predict { private static Initializer Small => new RandomNormal(); }")]
    public async Task What_is_right_is_not_spoken_of(string source)
    {
        int end = source.StartsWith("using", StringComparison.Ordinal) ? source.IndexOf(';', StringComparison.Ordinal) + 1 : 0;
        await NetworkTest.None("#pragma warning disable CS0612, CS0618 // where they are named\n" + Usings + source[..end] + "\n"
            + source[end..]);
    }

    [Theory]
    [InlineData("[MaybeNull] private static Initializer Small => null!;")]
    [InlineData("[MaybeNull] internal static readonly Initializer Small = null!;")]
    [InlineData("private static Initializer Small { [return: MaybeNull] get => null!; }")]
    [InlineData("[return: MaybeNull] private static Initializer Small() => null!;")]
    public async Task A_member_that_may_be_null_is_no_initializer(string member) =>
        await NetworkTest.Single("CN0024", "it may be null. Declare it without [MaybeNull]", Mark(
            $"using System.Diagnostics.CodeAnalysis; [Network, Input(3), Dense(1, |KernelInitializer = nameof(Small)|)] "
            + $"public sealed partial class Net {{ {member} }}"));

    [Theory]
    [InlineData("[Network, Input(3), Softmax, Reshape(3, 1), Flatten, Dense(1)] internal sealed partial class Net;")]
    [InlineData("public partial class Outer { [Network, Input(3), Dense(1)] private sealed partial class Net; }")]
    [InlineData("internal partial class Outer { [Network, Input(3), Dense(1)] public sealed partial class Net; }")]
    [InlineData("""
        [Network]
        internal sealed partial class Net
        {
            [Input(3)] public partial Node A { get; }
            [From(nameof(A)), UnitNormalization, LayerNormalization(-1), Add(nameof(A)), Output] public partial Node B { get; }
        }
        """)]
    [InlineData("[Network, Input(3), Permute(1), Apply<In>] internal sealed partial class Net; [Network, Input(3), Dense(1)] internal " +
        "sealed partial class In;")]
    public async Task An_assembly_for_all_languages_may_have_networks_of_its_own(string networks) =>
        await NetworkTest.None(Usings + "\n[assembly: System.CLSCompliant(true)]\n" + networks);

    [Fact]
    public async Task What_is_not_of_a_network_is_still_told_of_its_arrays()
    {
        var test = new NetworkTest(LanguageVersion.Latest, """
            [assembly: System.CLSCompliant(true)]
            [{|#0:Sizes(3)|}] internal sealed class Other;
            internal sealed class SizesAttribute(params int[] sizes) : System.Attribute { public int[] Sizes => sizes; }
            """);
        test.ExpectedDiagnostics.Add(DiagnosticResult.CompilerWarning("CS3016").WithLocation(0));
        await test.RunAsync();
    }

    [Fact]
    public async Task A_warning_is_switched_off_where_it_stands()
    {
        await NetworkTest.None(Usings + """

            #pragma warning disable CN0030 // meant so
            [Network, Input(3), Dense(1, Activation.Softmax)]
            public sealed partial class Net;
            """);
    }

    [Fact]
    public async Task An_experimental_initializer_speaks_where_it_is_named_alone()
    {
        var test = new NetworkTest(LanguageVersion.Latest, """
            using CompiledNets;
            using CompiledNets.Initializers;
            using System.Diagnostics.CodeAnalysis;
            #pragma warning disable TRY001 // tried
            [Network, Input(3), Dense(1, KernelInitializer = nameof(Small))]
            public sealed partial class Net { [Experimental("TRY001")] private static Initializer Small => new RandomNormal(); }
            """);
        await test.RunAsync();
    }

    [Theory]
    [InlineData("CN0023", "'Target.ParameterCount' has no value where networks are compiled", "Dense(|Target.ParameterCount|)")]
    [InlineData("CN0023", "'Twice' has no value", "Dense(|Twice|)")]
    [InlineData("CN0023", "'Target.ParameterCount' has no value", "Dropout(|1.0 / Target.ParameterCount|)")]
    [InlineData("CN0023", "'Target.ParameterCount' has no value", "Reshape(|1|, Target.ParameterCount)")]
    public async Task A_generated_constant_is_refused_with_words(string id, string words, string layer) =>
        await NetworkTest.Single(id, words, Mark(
            $"[Network, Input(3), Dense(4)] public sealed partial class Target; [Network, Input(3), {layer}, Flatten] public sealed " +
                $"partial class Net {{ private const int Twice = 2 * Target.ParameterCount; }}"));

    // C# says something too, but not what to do.
    [Theory]
    [InlineData("CS0619", "it is obsolete, and to read it is an error", "1, |KernelInitializer = nameof(Gone)|")]
    [InlineData("CS0120", "'Threads' would mean that member of 'Net'", "|Threads|")]
    [InlineData("CS0029", "write 'KernelInitializer = nameof(Small)'", "1, |KernelInitializer = new RandomNormal(stddev: 0.01)|")]
    [InlineData("CS0029", "Write 'KernelInitializer = nameof(Small)'", "1, |KernelInitializer = Small|")]
    public void Where_an_error_of_csharp_is_no_help_there_is_one_of_ours(string other, string words, string argument)
    {
        const string members = "public static Initializer Small => new RandomNormal(); [System.Obsolete(\"gone\", true)] public static " +
            "Initializer Gone => new RandomNormal();";
        (string source,
            string underlined) = Unmark(
            $"public partial class Outer " +
            $"{{ private const int Threads = 3; [Network, Input(3), Dense({argument})] public sealed partial class Net {{ {members} }} }}");
        Diagnostic[] all = GeneratorFixture.Run(source).Diagnostics;
        Assert.Contains(all, diagnostic => diagnostic.Id == other);
        Diagnostic own = Assert.Single(all, diagnostic => diagnostic.Id.StartsWith("CN", StringComparison.Ordinal));
        Assert.Contains(words, own.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(underlined, source.Substring(own.Location.SourceSpan.Start, own.Location.SourceSpan.Length));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public async Task An_old_language_is_one_error(LanguageVersion version, string words)
    {
        const string network = "using CompiledNets;\nnamespace App { public partial class Outer { [Network, Input(3), Dense(1)] public " +
            "sealed partial class {|#0:Net|} { } } }";
        const string user = "public static class User { public static float Use() { return new App.Outer.Net(seed: 1).Predict(new " +
            "float[3].AsSpan())[0]; } }";
        await NetworkTest.Single(version, "CN0022", $"is compiled as C# {words}", network, "using System;\n" + user);
    }

    [Theory]
    [InlineData("[Input(3), Dense(1)] public sealed class Net;", "Input(3)")]
    [InlineData("[Dense(1)] public class Net;", "Dense(1)")]
    [InlineData("public class Net { [Dense(1)] public int Out => 3; }", "Dense(1)")]
    [InlineData("namespace A { public class B { [Activation(\"relu\")] internal partial record Net; } }", "Activation(\"relu\")")]
    public async Task Layers_without_a_network_are_told(string source, string place) =>
        await NetworkTest.Single("CN0027", "Add [Network]", "using CompiledNets;\n"
            + source.Replace(place, $"{{|#0:{place}|}}", StringComparison.Ordinal));

    [Theory]
    [InlineData("[Network, Input(3), Dense(2)] public sealed partial class Net;",
        "[|Network|, Input(4), Dense(1)] public sealed partial class Net;")]
    [InlineData("[Network, Input(3), Dense(2)] public sealed partial class Net;",
        "[Input(4), Dense(1)] [|Network|] public sealed partial class Net;")]
    [InlineData("[Network, Input(3), Dense(2)] public sealed partial class Net;", "[|Network|] public sealed partial class Net;")]
    public async Task Two_networks_of_one_name_are_one_error(string first, string second) =>
        await NetworkTest.Single("CN0026", "declared as a network already, in Source0.cs", "using CompiledNets;\n" + first, Mark(second),
            User);

    // The attribute of a runtime that is newer than the compiler.
    [Fact]
    public void A_layer_that_the_compiler_does_not_know_is_told()
    {
        GeneratorFixture known =
            GeneratorFixture.Run("using CompiledNets;\n[Network, Input(3), Dense(1)] public sealed partial class Net;");
        Assert.Empty(known.Diagnostics);
        var dense = new LayerDeclaration { Attribute = "Dense", Arguments = new[] { new ArgumentDeclaration("Units", 1) } };
        var input = new LayerDeclaration
        {
            Attribute = "Input",
            Arguments = new[] { new ArgumentDeclaration("Shape", new EquatableArray<object?>([3])) },
        };
        CompiledNetwork compiled = NetworkCompiler.Compile(
            Declaration(input, dense, new() { Attribute = "Perceiver", Arguments = EquatableArray<ArgumentDeclaration>.Empty }));
        Finding only = Assert.Single(compiled.Findings);
        Assert.Equal(("CN0028", 2, "Perceiver"), (only.Id, only.Layer, only.Arguments[0]));
        Assert.Null(compiled.Program);
        Assert.Empty(NetworkCompiler.Compile(Declaration(input, dense)).Findings);
    }

    [Fact]
    public void A_failure_of_the_compiler_names_the_exception_and_its_place()
    {
        var input = new LayerDeclaration { Attribute = "Input", Arguments = EquatableArray<ArgumentDeclaration>.Empty };
        Finding only = Assert.Single(
            NetworkCompiler.Compile(Declaration(input, new LayerDeclaration { Attribute = "Dense", Arguments = null! })).Findings);
        Assert.Equal("CN0099", only.Id);
        Assert.Contains(nameof(ArgumentNullException) + " at CompiledNets.Generator.", only.Arguments[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_compilation_gives_nothing()
    {
        var input = new LayerDeclaration
        {
            Attribute = "Input",
            Arguments = new[] { new ArgumentDeclaration("Shape", new EquatableArray<object?>([3])) },
        };
        var dense = new LayerDeclaration { Attribute = "Dense", Arguments = new[] { new ArgumentDeclaration("Units", 1) } };
        Assert.Throws<OperationCanceledException>(() =>
            NetworkCompiler.Compile(Declaration(input, dense), new CancellationToken(canceled: true)));
    }

    private static NetworkDeclaration Declaration(params LayerDeclaration[] layers) => new()
    {
        Namespace = "",
        ContainingTypes = EquatableArray<string>.Empty,
        Name = "Net",
        HintName = "Net",
        MemberNames = EquatableArray<string>.Empty,
        Nodes = EquatableArray<NodeDeclaration>.Empty,
        PartMembers = EquatableArray<PartMember>.Empty,
        NamesInAttributes = EquatableArray<string>.Empty,
        Layers = layers,
        IsErroneous = false,
        HasSeedConstructor = false,
        HasBase = false,
        NeedsClsMark = false,
        Findings = EquatableArray<Finding>.Empty,
    };

    // Where the class cannot be added to, code that uses it has errors too; the one that names the cause is there.
    [Theory]
    [InlineData("CN0001", "must be partial", "[Network, Input(3), Dense(1)] public sealed class |Net|;")]
    [InlineData("CN0002", "is a record", "[Network, Input(3), Dense(1)] public sealed partial record |Net|;")]
    [InlineData("CN0002", "is static", "[Network, Input(3), Dense(1)] public static partial class |Net|;")]
    [InlineData("CN0002", "is local to its file", "[Network, Input(3), Dense(1)] file sealed partial class |Net|;")]
    [InlineData("CN0002", "has a primary constructor",
        "[Network, Input(3), Dense(1)] public sealed partial class |Net|(int x) { public int X => x; }")]
    [InlineData("CN0003", "is generic", "[Network, Input(3), Dense(1)] public sealed partial class |Net|<T>;")]
    [InlineData("CN0003", "Remove the type parameters of 'Outer'",
        "public partial class Outer<T> { [Network, Input(3), Dense(1)] public sealed partial class |Net|; }")]
    [InlineData("CN0004", "'Outer', which is not partial",
        "public class Outer { [Network, Input(3), Dense(1)] public sealed partial class |Net|; }")]
    [InlineData("CN0005", "derives from 'object'", "[Network, Input(3), Dense(1)] public sealed partial class Net : |object|;")]
    [InlineData("CN0005", "derives from 'Base'",
        "public class Base; [Network, Input(3), Dense(1)] public sealed partial class |Net| : Base;")]
    public async Task A_class_that_cannot_be_a_network_is_told_so(string id, string words, string marked) =>
        await NetworkTest.Single(id, words, Mark(marked));

    [Fact]
    public async Task Layers_in_several_declarations_are_refused() =>
        await NetworkTest.Single("CN0015", "Move them all to one", Mark("[Network, Input(3), Dense(2)] public sealed partial class Net;"),
            Mark("[|Dense(1)|] public sealed partial class Net;"), User);

    [Fact]
    public void Every_id_has_its_heading_its_link_and_its_line_of_release()
    {
        string docs = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "diagnostics.md"));
        string releases = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "Generator", "AnalyzerReleases.Unshipped.md"));
        string tests = string.Concat(
            Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Generator"), "*DiagnosticsTests.cs")
            .Select(File.ReadAllText));
        Assert.Equal(DiagnosticDescriptors.All().Count(), typeof(DiagnosticDescriptors).GetFields()
            .Count(field => field.FieldType == typeof(DiagnosticDescriptor)));
        foreach (DiagnosticDescriptor descriptor in DiagnosticDescriptors.All())
        {
            Assert.Contains($"\n## {descriptor.Id}\n", docs, StringComparison.Ordinal);
            Assert.EndsWith("docs/diagnostics.md#" + descriptor.Id.ToLowerInvariant(), descriptor.HelpLinkUri, StringComparison.Ordinal);
            Assert.Contains(
                $"\n{descriptor.Id} | CompiledNets | {descriptor.DefaultSeverity} | " +
                $"{descriptor.Title.ToString(CultureInfo.InvariantCulture)}\n", releases, StringComparison.Ordinal);
            Assert.Contains($"\"{descriptor.Id}\"", tests, StringComparison.Ordinal);
            Assert.Equal(descriptor.Id, Assert.Single(DiagnosticDescriptors.All(), other => other.Title.Equals(descriptor.Title)).Id);
        }
    }

    // Between bars stands what is underlined.
    private static string Mark(string marked)
    {
        string[] parts = marked.Split('|');
        return Usings + (parts.Length == 1 ? marked : $"{parts[0]}{{|#0:{parts[1]}|}}{parts[2]}");
    }

    private static (string Source, string Underlined) Unmark(string marked)
    {
        string[] parts = marked.Split('|');
        return (Usings + string.Concat(parts), parts[1]);
    }
}
