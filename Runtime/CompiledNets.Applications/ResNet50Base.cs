namespace CompiledNets.Applications;

/// <summary>
/// The blocks of <see cref="ResNet50"/>, for networks with a top of their own: <c>[Apply&lt;ResNet50Base&gt;]</c> takes images of any size
/// from 32x32 on; 23,587,712 parameters.
/// </summary>
/// <remarks>Layers, names and order of weights are those of Keras. Source: K. He and others: Deep Residual Learning for Image Recognition,
/// 2015.</remarks>
[Network]
public sealed partial class ResNet50Base
{
    /// <summary>Images of (rows, columns, 3).</summary>
    [Input(224, 224, 3, AnySize = true)]
    public partial Node Image { get; }

    /// <summary>A quarter of the rows and columns.</summary>
    [From(nameof(Image))]
    [ZeroPadding2D(3, Name = "conv1_pad")]
    [Conv2D(64, 7, Strides = [2], Name = "conv1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv1_bn")]
    [Activation(Activation.Relu, Name = "conv1_relu")]
    [ZeroPadding2D(1, Name = "pool1_pad")]
    [MaxPooling2D(3, Strides = [2], Name = "pool1_pool")]
    public partial Node Stem { get; }

    /// <summary>What block 1 of stage 2 is added to.</summary>
    [From(nameof(Stem))]
    [Conv2D(256, 1, Name = "conv2_block1_0_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block1_0_bn")]
    public partial Node Conv2Block1Shortcut { get; }

    /// <summary>Block 1 of stage 2: 256 channels.</summary>
    [From(nameof(Stem))]
    [Conv2D(64, 1, Name = "conv2_block1_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block1_1_bn")]
    [Activation(Activation.Relu, Name = "conv2_block1_1_relu")]
    [Conv2D(64, 3, Padding = Padding.Same, Name = "conv2_block1_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block1_2_bn")]
    [Activation(Activation.Relu, Name = "conv2_block1_2_relu")]
    [Conv2D(256, 1, Name = "conv2_block1_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block1_3_bn")]
    [Add(nameof(Conv2Block1Shortcut), Name = "conv2_block1_add")]
    [Activation(Activation.Relu, Name = "conv2_block1_out")]
    public partial Node Conv2Block1 { get; }

    /// <summary>Block 2 of stage 2: 256 channels.</summary>
    [From(nameof(Conv2Block1))]
    [Conv2D(64, 1, Name = "conv2_block2_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block2_1_bn")]
    [Activation(Activation.Relu, Name = "conv2_block2_1_relu")]
    [Conv2D(64, 3, Padding = Padding.Same, Name = "conv2_block2_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block2_2_bn")]
    [Activation(Activation.Relu, Name = "conv2_block2_2_relu")]
    [Conv2D(256, 1, Name = "conv2_block2_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block2_3_bn")]
    [Add(nameof(Conv2Block1), Name = "conv2_block2_add")]
    [Activation(Activation.Relu, Name = "conv2_block2_out")]
    public partial Node Conv2Block2 { get; }

    /// <summary>Block 3 of stage 2: 256 channels.</summary>
    [From(nameof(Conv2Block2))]
    [Conv2D(64, 1, Name = "conv2_block3_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block3_1_bn")]
    [Activation(Activation.Relu, Name = "conv2_block3_1_relu")]
    [Conv2D(64, 3, Padding = Padding.Same, Name = "conv2_block3_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block3_2_bn")]
    [Activation(Activation.Relu, Name = "conv2_block3_2_relu")]
    [Conv2D(256, 1, Name = "conv2_block3_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv2_block3_3_bn")]
    [Add(nameof(Conv2Block2), Name = "conv2_block3_add")]
    [Activation(Activation.Relu, Name = "conv2_block3_out")]
    public partial Node Conv2Block3 { get; }

    /// <summary>What block 1 of stage 3 is added to.</summary>
    [From(nameof(Conv2Block3))]
    [Conv2D(512, 1, Strides = [2], Name = "conv3_block1_0_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block1_0_bn")]
    public partial Node Conv3Block1Shortcut { get; }

    /// <summary>Block 1 of stage 3: 512 channels.</summary>
    [From(nameof(Conv2Block3))]
    [Conv2D(128, 1, Strides = [2], Name = "conv3_block1_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block1_1_bn")]
    [Activation(Activation.Relu, Name = "conv3_block1_1_relu")]
    [Conv2D(128, 3, Padding = Padding.Same, Name = "conv3_block1_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block1_2_bn")]
    [Activation(Activation.Relu, Name = "conv3_block1_2_relu")]
    [Conv2D(512, 1, Name = "conv3_block1_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block1_3_bn")]
    [Add(nameof(Conv3Block1Shortcut), Name = "conv3_block1_add")]
    [Activation(Activation.Relu, Name = "conv3_block1_out")]
    public partial Node Conv3Block1 { get; }

    /// <summary>Block 2 of stage 3: 512 channels.</summary>
    [From(nameof(Conv3Block1))]
    [Conv2D(128, 1, Name = "conv3_block2_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block2_1_bn")]
    [Activation(Activation.Relu, Name = "conv3_block2_1_relu")]
    [Conv2D(128, 3, Padding = Padding.Same, Name = "conv3_block2_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block2_2_bn")]
    [Activation(Activation.Relu, Name = "conv3_block2_2_relu")]
    [Conv2D(512, 1, Name = "conv3_block2_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block2_3_bn")]
    [Add(nameof(Conv3Block1), Name = "conv3_block2_add")]
    [Activation(Activation.Relu, Name = "conv3_block2_out")]
    public partial Node Conv3Block2 { get; }

    /// <summary>Block 3 of stage 3: 512 channels.</summary>
    [From(nameof(Conv3Block2))]
    [Conv2D(128, 1, Name = "conv3_block3_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block3_1_bn")]
    [Activation(Activation.Relu, Name = "conv3_block3_1_relu")]
    [Conv2D(128, 3, Padding = Padding.Same, Name = "conv3_block3_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block3_2_bn")]
    [Activation(Activation.Relu, Name = "conv3_block3_2_relu")]
    [Conv2D(512, 1, Name = "conv3_block3_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block3_3_bn")]
    [Add(nameof(Conv3Block2), Name = "conv3_block3_add")]
    [Activation(Activation.Relu, Name = "conv3_block3_out")]
    public partial Node Conv3Block3 { get; }

    /// <summary>Block 4 of stage 3: 512 channels.</summary>
    [From(nameof(Conv3Block3))]
    [Conv2D(128, 1, Name = "conv3_block4_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block4_1_bn")]
    [Activation(Activation.Relu, Name = "conv3_block4_1_relu")]
    [Conv2D(128, 3, Padding = Padding.Same, Name = "conv3_block4_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block4_2_bn")]
    [Activation(Activation.Relu, Name = "conv3_block4_2_relu")]
    [Conv2D(512, 1, Name = "conv3_block4_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv3_block4_3_bn")]
    [Add(nameof(Conv3Block3), Name = "conv3_block4_add")]
    [Activation(Activation.Relu, Name = "conv3_block4_out")]
    public partial Node Conv3Block4 { get; }

    /// <summary>What block 1 of stage 4 is added to.</summary>
    [From(nameof(Conv3Block4))]
    [Conv2D(1024, 1, Strides = [2], Name = "conv4_block1_0_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block1_0_bn")]
    public partial Node Conv4Block1Shortcut { get; }

    /// <summary>Block 1 of stage 4: 1024 channels.</summary>
    [From(nameof(Conv3Block4))]
    [Conv2D(256, 1, Strides = [2], Name = "conv4_block1_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block1_1_bn")]
    [Activation(Activation.Relu, Name = "conv4_block1_1_relu")]
    [Conv2D(256, 3, Padding = Padding.Same, Name = "conv4_block1_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block1_2_bn")]
    [Activation(Activation.Relu, Name = "conv4_block1_2_relu")]
    [Conv2D(1024, 1, Name = "conv4_block1_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block1_3_bn")]
    [Add(nameof(Conv4Block1Shortcut), Name = "conv4_block1_add")]
    [Activation(Activation.Relu, Name = "conv4_block1_out")]
    public partial Node Conv4Block1 { get; }

    /// <summary>Block 2 of stage 4: 1024 channels.</summary>
    [From(nameof(Conv4Block1))]
    [Conv2D(256, 1, Name = "conv4_block2_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block2_1_bn")]
    [Activation(Activation.Relu, Name = "conv4_block2_1_relu")]
    [Conv2D(256, 3, Padding = Padding.Same, Name = "conv4_block2_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block2_2_bn")]
    [Activation(Activation.Relu, Name = "conv4_block2_2_relu")]
    [Conv2D(1024, 1, Name = "conv4_block2_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block2_3_bn")]
    [Add(nameof(Conv4Block1), Name = "conv4_block2_add")]
    [Activation(Activation.Relu, Name = "conv4_block2_out")]
    public partial Node Conv4Block2 { get; }

    /// <summary>Block 3 of stage 4: 1024 channels.</summary>
    [From(nameof(Conv4Block2))]
    [Conv2D(256, 1, Name = "conv4_block3_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block3_1_bn")]
    [Activation(Activation.Relu, Name = "conv4_block3_1_relu")]
    [Conv2D(256, 3, Padding = Padding.Same, Name = "conv4_block3_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block3_2_bn")]
    [Activation(Activation.Relu, Name = "conv4_block3_2_relu")]
    [Conv2D(1024, 1, Name = "conv4_block3_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block3_3_bn")]
    [Add(nameof(Conv4Block2), Name = "conv4_block3_add")]
    [Activation(Activation.Relu, Name = "conv4_block3_out")]
    public partial Node Conv4Block3 { get; }

    /// <summary>Block 4 of stage 4: 1024 channels.</summary>
    [From(nameof(Conv4Block3))]
    [Conv2D(256, 1, Name = "conv4_block4_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block4_1_bn")]
    [Activation(Activation.Relu, Name = "conv4_block4_1_relu")]
    [Conv2D(256, 3, Padding = Padding.Same, Name = "conv4_block4_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block4_2_bn")]
    [Activation(Activation.Relu, Name = "conv4_block4_2_relu")]
    [Conv2D(1024, 1, Name = "conv4_block4_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block4_3_bn")]
    [Add(nameof(Conv4Block3), Name = "conv4_block4_add")]
    [Activation(Activation.Relu, Name = "conv4_block4_out")]
    public partial Node Conv4Block4 { get; }

    /// <summary>Block 5 of stage 4: 1024 channels.</summary>
    [From(nameof(Conv4Block4))]
    [Conv2D(256, 1, Name = "conv4_block5_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block5_1_bn")]
    [Activation(Activation.Relu, Name = "conv4_block5_1_relu")]
    [Conv2D(256, 3, Padding = Padding.Same, Name = "conv4_block5_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block5_2_bn")]
    [Activation(Activation.Relu, Name = "conv4_block5_2_relu")]
    [Conv2D(1024, 1, Name = "conv4_block5_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block5_3_bn")]
    [Add(nameof(Conv4Block4), Name = "conv4_block5_add")]
    [Activation(Activation.Relu, Name = "conv4_block5_out")]
    public partial Node Conv4Block5 { get; }

    /// <summary>Block 6 of stage 4: 1024 channels.</summary>
    [From(nameof(Conv4Block5))]
    [Conv2D(256, 1, Name = "conv4_block6_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block6_1_bn")]
    [Activation(Activation.Relu, Name = "conv4_block6_1_relu")]
    [Conv2D(256, 3, Padding = Padding.Same, Name = "conv4_block6_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block6_2_bn")]
    [Activation(Activation.Relu, Name = "conv4_block6_2_relu")]
    [Conv2D(1024, 1, Name = "conv4_block6_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv4_block6_3_bn")]
    [Add(nameof(Conv4Block5), Name = "conv4_block6_add")]
    [Activation(Activation.Relu, Name = "conv4_block6_out")]
    public partial Node Conv4Block6 { get; }

    /// <summary>What block 1 of stage 5 is added to.</summary>
    [From(nameof(Conv4Block6))]
    [Conv2D(2048, 1, Strides = [2], Name = "conv5_block1_0_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block1_0_bn")]
    public partial Node Conv5Block1Shortcut { get; }

    /// <summary>Block 1 of stage 5: 2048 channels.</summary>
    [From(nameof(Conv4Block6))]
    [Conv2D(512, 1, Strides = [2], Name = "conv5_block1_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block1_1_bn")]
    [Activation(Activation.Relu, Name = "conv5_block1_1_relu")]
    [Conv2D(512, 3, Padding = Padding.Same, Name = "conv5_block1_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block1_2_bn")]
    [Activation(Activation.Relu, Name = "conv5_block1_2_relu")]
    [Conv2D(2048, 1, Name = "conv5_block1_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block1_3_bn")]
    [Add(nameof(Conv5Block1Shortcut), Name = "conv5_block1_add")]
    [Activation(Activation.Relu, Name = "conv5_block1_out")]
    public partial Node Conv5Block1 { get; }

    /// <summary>Block 2 of stage 5: 2048 channels.</summary>
    [From(nameof(Conv5Block1))]
    [Conv2D(512, 1, Name = "conv5_block2_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block2_1_bn")]
    [Activation(Activation.Relu, Name = "conv5_block2_1_relu")]
    [Conv2D(512, 3, Padding = Padding.Same, Name = "conv5_block2_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block2_2_bn")]
    [Activation(Activation.Relu, Name = "conv5_block2_2_relu")]
    [Conv2D(2048, 1, Name = "conv5_block2_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block2_3_bn")]
    [Add(nameof(Conv5Block1), Name = "conv5_block2_add")]
    [Activation(Activation.Relu, Name = "conv5_block2_out")]
    public partial Node Conv5Block2 { get; }

    /// <summary>Block 3 of stage 5: 2048 channels.</summary>
    [From(nameof(Conv5Block2))]
    [Conv2D(512, 1, Name = "conv5_block3_1_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block3_1_bn")]
    [Activation(Activation.Relu, Name = "conv5_block3_1_relu")]
    [Conv2D(512, 3, Padding = Padding.Same, Name = "conv5_block3_2_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block3_2_bn")]
    [Activation(Activation.Relu, Name = "conv5_block3_2_relu")]
    [Conv2D(2048, 1, Name = "conv5_block3_3_conv")]
    [BatchNormalization(Epsilon = 1.001e-5, Name = "conv5_block3_3_bn")]
    [Add(nameof(Conv5Block2), Name = "conv5_block3_add")]
    [Activation(Activation.Relu, Name = "conv5_block3_out")]
    [Output]
    public partial Node Conv5Block3 { get; }
}
