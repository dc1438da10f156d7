namespace CompiledNets.Applications;

/// <summary>
/// The convolutions of <see cref="VGG19"/>, for networks with a top of their own: <c>[Apply&lt;VGG19Base&gt;]</c> takes images of any size
/// from 32x32 on; 20,024,384 parameters.
/// </summary>
/// <remarks>Layers, names and order of weights are those of Keras. Source: K. Simonyan, A. Zisserman: Very Deep Convolutional Networks for
/// Large-Scale Image Recognition, 2015.</remarks>
[Network]
[Input(224, 224, 3, AnySize = true)]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same, Name = "block1_conv1")]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same, Name = "block1_conv2")]
[MaxPooling2D(Name = "block1_pool")]
[Conv2D(128, 3, Activation.Relu, Padding = Padding.Same, Name = "block2_conv1")]
[Conv2D(128, 3, Activation.Relu, Padding = Padding.Same, Name = "block2_conv2")]
[MaxPooling2D(Name = "block2_pool")]
[Conv2D(256, 3, Activation.Relu, Padding = Padding.Same, Name = "block3_conv1")]
[Conv2D(256, 3, Activation.Relu, Padding = Padding.Same, Name = "block3_conv2")]
[Conv2D(256, 3, Activation.Relu, Padding = Padding.Same, Name = "block3_conv3")]
[Conv2D(256, 3, Activation.Relu, Padding = Padding.Same, Name = "block3_conv4")]
[MaxPooling2D(Name = "block3_pool")]
[Conv2D(512, 3, Activation.Relu, Padding = Padding.Same, Name = "block4_conv1")]
[Conv2D(512, 3, Activation.Relu, Padding = Padding.Same, Name = "block4_conv2")]
[Conv2D(512, 3, Activation.Relu, Padding = Padding.Same, Name = "block4_conv3")]
[Conv2D(512, 3, Activation.Relu, Padding = Padding.Same, Name = "block4_conv4")]
[MaxPooling2D(Name = "block4_pool")]
[Conv2D(512, 3, Activation.Relu, Padding = Padding.Same, Name = "block5_conv1")]
[Conv2D(512, 3, Activation.Relu, Padding = Padding.Same, Name = "block5_conv2")]
[Conv2D(512, 3, Activation.Relu, Padding = Padding.Same, Name = "block5_conv3")]
[Conv2D(512, 3, Activation.Relu, Padding = Padding.Same, Name = "block5_conv4")]
[MaxPooling2D(Name = "block5_pool")]
public sealed partial class VGG19Base;
