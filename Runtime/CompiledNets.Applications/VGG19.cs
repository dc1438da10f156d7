namespace CompiledNets.Applications;

/// <summary>
/// VGG19: 16 convolutions in five blocks and three dense layers, for images of (224, 224, 3) in 1000 classes; 143,667,240 parameters.
/// </summary>
/// <remarks>Layers, names and order of weights are those of Keras. Source: K. Simonyan, A. Zisserman: Very Deep Convolutional Networks for
/// Large-Scale Image Recognition, 2015.</remarks>
[Network]
[Input(224, 224, 3)]
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
[Flatten]
[Dense(4096, Activation.Relu, Name = "fc1")]
[Dense(4096, Activation.Relu, Name = "fc2")]
[Dense(1000, Activation.Softmax, Name = "predictions")]
public sealed partial class VGG19;
