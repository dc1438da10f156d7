namespace CompiledNets.Applications;

/// <summary>
/// The blocks of <see cref="MobileNetV2"/>, for networks with a top of their own: <c>[Apply&lt;MobileNetV2Base&gt;]</c> takes images of any
/// multiple of 32 rows and columns; 2,257,984 parameters.
/// </summary>
/// <remarks>Layers, names and order of weights are those of Keras. Source: M. Sandler and others: MobileNetV2: Inverted Residuals and
/// Linear Bottlenecks, 2018.</remarks>
[Network]
public sealed partial class MobileNetV2Base
{
    /// <summary>Images of (rows, columns, 3).</summary>
    [Input(224, 224, 3, AnySize = true)]
    public partial Node Image { get; }

    /// <summary>Half of the rows and columns.</summary>
    [From(nameof(Image))]
    [Conv2D(32, 3, Strides = [2], Padding = Padding.Same, UseBias = false, Name = "Conv1")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "bn_Conv1")]
    [ReLU(6, Name = "Conv1_relu")]
    public partial Node Stem { get; }

    /// <summary>Block 0: 16 channels.</summary>
    [From(nameof(Stem))]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "expanded_conv_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "expanded_conv_depthwise_BN")]
    [ReLU(6, Name = "expanded_conv_depthwise_relu")]
    [Conv2D(16, 1, Padding = Padding.Same, UseBias = false, Name = "expanded_conv_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "expanded_conv_project_BN")]
    public partial Node ExpandedConv { get; }

    /// <summary>Block 1: 24 channels.</summary>
    [From(nameof(ExpandedConv))]
    [Conv2D(96, 1, Padding = Padding.Same, UseBias = false, Name = "block_1_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_1_expand_BN")]
    [ReLU(6, Name = "block_1_expand_relu")]
    [ZeroPadding2D(0, 1, 0, 1, Name = "block_1_pad")]
    [DepthwiseConv2D(3, Strides = [2], UseBias = false, Name = "block_1_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_1_depthwise_BN")]
    [ReLU(6, Name = "block_1_depthwise_relu")]
    [Conv2D(24, 1, Padding = Padding.Same, UseBias = false, Name = "block_1_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_1_project_BN")]
    public partial Node Block1 { get; }

    /// <summary>Block 2: 24 channels.</summary>
    [From(nameof(Block1))]
    [Conv2D(144, 1, Padding = Padding.Same, UseBias = false, Name = "block_2_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_2_expand_BN")]
    [ReLU(6, Name = "block_2_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_2_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_2_depthwise_BN")]
    [ReLU(6, Name = "block_2_depthwise_relu")]
    [Conv2D(24, 1, Padding = Padding.Same, UseBias = false, Name = "block_2_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_2_project_BN")]
    [Add(nameof(Block1), Name = "block_2_add")]
    public partial Node Block2 { get; }

    /// <summary>Block 3: 32 channels.</summary>
    [From(nameof(Block2))]
    [Conv2D(144, 1, Padding = Padding.Same, UseBias = false, Name = "block_3_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_3_expand_BN")]
    [ReLU(6, Name = "block_3_expand_relu")]
    [ZeroPadding2D(0, 1, 0, 1, Name = "block_3_pad")]
    [DepthwiseConv2D(3, Strides = [2], UseBias = false, Name = "block_3_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_3_depthwise_BN")]
    [ReLU(6, Name = "block_3_depthwise_relu")]
    [Conv2D(32, 1, Padding = Padding.Same, UseBias = false, Name = "block_3_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_3_project_BN")]
    public partial Node Block3 { get; }

    /// <summary>Block 4: 32 channels.</summary>
    [From(nameof(Block3))]
    [Conv2D(192, 1, Padding = Padding.Same, UseBias = false, Name = "block_4_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_4_expand_BN")]
    [ReLU(6, Name = "block_4_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_4_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_4_depthwise_BN")]
    [ReLU(6, Name = "block_4_depthwise_relu")]
    [Conv2D(32, 1, Padding = Padding.Same, UseBias = false, Name = "block_4_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_4_project_BN")]
    [Add(nameof(Block3), Name = "block_4_add")]
    public partial Node Block4 { get; }

    /// <summary>Block 5: 32 channels.</summary>
    [From(nameof(Block4))]
    [Conv2D(192, 1, Padding = Padding.Same, UseBias = false, Name = "block_5_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_5_expand_BN")]
    [ReLU(6, Name = "block_5_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_5_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_5_depthwise_BN")]
    [ReLU(6, Name = "block_5_depthwise_relu")]
    [Conv2D(32, 1, Padding = Padding.Same, UseBias = false, Name = "block_5_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_5_project_BN")]
    [Add(nameof(Block4), Name = "block_5_add")]
    public partial Node Block5 { get; }

    /// <summary>Block 6: 64 channels.</summary>
    [From(nameof(Block5))]
    [Conv2D(192, 1, Padding = Padding.Same, UseBias = false, Name = "block_6_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_6_expand_BN")]
    [ReLU(6, Name = "block_6_expand_relu")]
    [ZeroPadding2D(0, 1, 0, 1, Name = "block_6_pad")]
    [DepthwiseConv2D(3, Strides = [2], UseBias = false, Name = "block_6_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_6_depthwise_BN")]
    [ReLU(6, Name = "block_6_depthwise_relu")]
    [Conv2D(64, 1, Padding = Padding.Same, UseBias = false, Name = "block_6_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_6_project_BN")]
    public partial Node Block6 { get; }

    /// <summary>Block 7: 64 channels.</summary>
    [From(nameof(Block6))]
    [Conv2D(384, 1, Padding = Padding.Same, UseBias = false, Name = "block_7_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_7_expand_BN")]
    [ReLU(6, Name = "block_7_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_7_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_7_depthwise_BN")]
    [ReLU(6, Name = "block_7_depthwise_relu")]
    [Conv2D(64, 1, Padding = Padding.Same, UseBias = false, Name = "block_7_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_7_project_BN")]
    [Add(nameof(Block6), Name = "block_7_add")]
    public partial Node Block7 { get; }

    /// <summary>Block 8: 64 channels.</summary>
    [From(nameof(Block7))]
    [Conv2D(384, 1, Padding = Padding.Same, UseBias = false, Name = "block_8_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_8_expand_BN")]
    [ReLU(6, Name = "block_8_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_8_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_8_depthwise_BN")]
    [ReLU(6, Name = "block_8_depthwise_relu")]
    [Conv2D(64, 1, Padding = Padding.Same, UseBias = false, Name = "block_8_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_8_project_BN")]
    [Add(nameof(Block7), Name = "block_8_add")]
    public partial Node Block8 { get; }

    /// <summary>Block 9: 64 channels.</summary>
    [From(nameof(Block8))]
    [Conv2D(384, 1, Padding = Padding.Same, UseBias = false, Name = "block_9_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_9_expand_BN")]
    [ReLU(6, Name = "block_9_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_9_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_9_depthwise_BN")]
    [ReLU(6, Name = "block_9_depthwise_relu")]
    [Conv2D(64, 1, Padding = Padding.Same, UseBias = false, Name = "block_9_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_9_project_BN")]
    [Add(nameof(Block8), Name = "block_9_add")]
    public partial Node Block9 { get; }

    /// <summary>Block 10: 96 channels.</summary>
    [From(nameof(Block9))]
    [Conv2D(384, 1, Padding = Padding.Same, UseBias = false, Name = "block_10_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_10_expand_BN")]
    [ReLU(6, Name = "block_10_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_10_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_10_depthwise_BN")]
    [ReLU(6, Name = "block_10_depthwise_relu")]
    [Conv2D(96, 1, Padding = Padding.Same, UseBias = false, Name = "block_10_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_10_project_BN")]
    public partial Node Block10 { get; }

    /// <summary>Block 11: 96 channels.</summary>
    [From(nameof(Block10))]
    [Conv2D(576, 1, Padding = Padding.Same, UseBias = false, Name = "block_11_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_11_expand_BN")]
    [ReLU(6, Name = "block_11_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_11_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_11_depthwise_BN")]
    [ReLU(6, Name = "block_11_depthwise_relu")]
    [Conv2D(96, 1, Padding = Padding.Same, UseBias = false, Name = "block_11_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_11_project_BN")]
    [Add(nameof(Block10), Name = "block_11_add")]
    public partial Node Block11 { get; }

    /// <summary>Block 12: 96 channels.</summary>
    [From(nameof(Block11))]
    [Conv2D(576, 1, Padding = Padding.Same, UseBias = false, Name = "block_12_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_12_expand_BN")]
    [ReLU(6, Name = "block_12_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_12_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_12_depthwise_BN")]
    [ReLU(6, Name = "block_12_depthwise_relu")]
    [Conv2D(96, 1, Padding = Padding.Same, UseBias = false, Name = "block_12_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_12_project_BN")]
    [Add(nameof(Block11), Name = "block_12_add")]
    public partial Node Block12 { get; }

    /// <summary>Block 13: 160 channels.</summary>
    [From(nameof(Block12))]
    [Conv2D(576, 1, Padding = Padding.Same, UseBias = false, Name = "block_13_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_13_expand_BN")]
    [ReLU(6, Name = "block_13_expand_relu")]
    [ZeroPadding2D(0, 1, 0, 1, Name = "block_13_pad")]
    [DepthwiseConv2D(3, Strides = [2], UseBias = false, Name = "block_13_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_13_depthwise_BN")]
    [ReLU(6, Name = "block_13_depthwise_relu")]
    [Conv2D(160, 1, Padding = Padding.Same, UseBias = false, Name = "block_13_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_13_project_BN")]
    public partial Node Block13 { get; }

    /// <summary>Block 14: 160 channels.</summary>
    [From(nameof(Block13))]
    [Conv2D(960, 1, Padding = Padding.Same, UseBias = false, Name = "block_14_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_14_expand_BN")]
    [ReLU(6, Name = "block_14_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_14_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_14_depthwise_BN")]
    [ReLU(6, Name = "block_14_depthwise_relu")]
    [Conv2D(160, 1, Padding = Padding.Same, UseBias = false, Name = "block_14_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_14_project_BN")]
    [Add(nameof(Block13), Name = "block_14_add")]
    public partial Node Block14 { get; }

    /// <summary>Block 15: 160 channels.</summary>
    [From(nameof(Block14))]
    [Conv2D(960, 1, Padding = Padding.Same, UseBias = false, Name = "block_15_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_15_expand_BN")]
    [ReLU(6, Name = "block_15_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_15_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_15_depthwise_BN")]
    [ReLU(6, Name = "block_15_depthwise_relu")]
    [Conv2D(160, 1, Padding = Padding.Same, UseBias = false, Name = "block_15_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_15_project_BN")]
    [Add(nameof(Block14), Name = "block_15_add")]
    public partial Node Block15 { get; }

    /// <summary>Block 16: 320 channels.</summary>
    [From(nameof(Block15))]
    [Conv2D(960, 1, Padding = Padding.Same, UseBias = false, Name = "block_16_expand")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_16_expand_BN")]
    [ReLU(6, Name = "block_16_expand_relu")]
    [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false, Name = "block_16_depthwise")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_16_depthwise_BN")]
    [ReLU(6, Name = "block_16_depthwise_relu")]
    [Conv2D(320, 1, Padding = Padding.Same, UseBias = false, Name = "block_16_project")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "block_16_project_BN")]
    public partial Node Block16 { get; }

    /// <summary>1280 channels for each 32x32 places of the image.</summary>
    [From(nameof(Block16))]
    [Conv2D(1280, 1, UseBias = false, Name = "Conv_1")]
    [BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "Conv_1_bn")]
    [ReLU(6, Name = "out_relu")]
    [Output]
    public partial Node Features { get; }
}
