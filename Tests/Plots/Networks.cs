namespace CompiledNets.Plots.Tests;

[Network, Input(34), Dense(10, Activation.Relu), Dense(8, Activation.Relu), Dense(1, Activation.Sigmoid)]
internal sealed partial class MlpNet;

[Network, Input(28, 28, 1), Conv2D(32, 3, Activation = Activation.Relu), BatchNormalization(Trainable = false), Flatten, Dropout(0.5)]
[Dense(10, Activation.Softmax)]
internal sealed partial class ImageNet;

[Network, Input(16), Dense(8, Activation.Relu, Name = "squeeze"), Dense(4, Name = "code")]
internal sealed partial class PairEncoder;

[Network]
internal sealed partial class PairNet
{
    [Input(16)] public partial Node Left { get; }

    [Input(16)] public partial Node Right { get; }

    [From(nameof(Left)), Apply<PairEncoder>(Name = "encoder")] public partial Node LeftCode { get; }

    [From(nameof(Right)), Shared(nameof(LeftCode))] public partial Node RightCode { get; }

    [Subtract(nameof(LeftCode), nameof(RightCode), Name = "distance"), Dense(1, Name = "same"), Output] public partial Node Same { get; }
}

[Network]
internal sealed partial class DigitInContext
{
    [Input(28, 28, 1)] public partial Node Image { get; }

    [Input(8)] public partial Node Context { get; }

    [From(nameof(Context)), Dense(784), Reshape(28, 28, 1, Name = "plane")] public partial Node Plane { get; }

    [Concatenate(nameof(Image), nameof(Plane)), Conv2D(16, 3, Activation = Activation.Relu)] public partial Node Both { get; }

    [From(nameof(Both)), Conv2D(16, 3, Padding = Padding.Same)] public partial Node Deep { get; }

    [Add(nameof(Both), nameof(Deep)), Flatten(Name = "seen")] public partial Node Seen { get; }

    [From(nameof(Seen)), Dense(10, Activation.Softmax, Name = "digit"), Output] public partial Node Digit { get; }

    [From(nameof(Seen)), Dense(1, Activation.Sigmoid, Name = "is_odd"), Output] public partial Node IsOdd { get; }
}

/// <summary>Shortcuts over several layers, one of them over all, and branches of several lengths.</summary>
[Network]
internal sealed partial class BranchedNet
{
    [Input(12)] public partial Node In { get; }

    [From(nameof(In)), Dense(16, Activation.Relu), BatchNormalization, Dense(16)] public partial Node First { get; }

    [From(nameof(In)), Dense(16)] public partial Node Short { get; }

    [Add(nameof(First), nameof(Short)), ReLU] public partial Node Joined { get; }

    [From(nameof(Joined)), Dense(16, Activation.Relu), Dropout(0.2), Dense(16)] public partial Node Second { get; }

    [Add(nameof(Joined), nameof(Second)), ReLU] public partial Node Again { get; }

    [From(nameof(Again)), Dense(8)] public partial Node One { get; }

    [From(nameof(Again)), Dense(8, Activation.Tanh), LayerNormalization] public partial Node Two { get; }

    [From(nameof(Again)), Dropout(0.1), Dense(8), LayerNormalization] public partial Node Three { get; }

    [Concatenate(nameof(One), nameof(Two), nameof(Three), nameof(In)), Dense(1), Output] public partial Node Out { get; }
}

/// <summary>A caption and a picture: words with a mask, and attention from them to the parts of the picture.</summary>
[Network]
internal sealed partial class CaptionNet
{
    [Input(32, 32, 3)] public partial Node Picture { get; }

    [Input(12)] public partial Node Words { get; }

    [From(nameof(Picture)), SeparableConv2D(16, 3, Padding = Padding.Same), BatchNormalization, ReLU] public partial Node Edges { get; }

    [From(nameof(Edges)), Conv2D(16, 3, Padding = Padding.Same), Add(nameof(Edges)), MaxPooling2D] public partial Node Parts { get; }

    [From(nameof(Parts)), Reshape(256, 16)] public partial Node Places { get; }

    [From(nameof(Words)), Embedding(100, 16, MaskZero = true), Bidirectional, LSTM(8, ReturnSequences = true)]
    public partial Node Read { get; }

    [From(nameof(Read)), MultiHeadAttention(2, 8, nameof(Places))] public partial Node Seen { get; }

    [Add(nameof(Read), nameof(Seen)), LayerNormalization, GRU(16)] public partial Node Told { get; }

    [From(nameof(Told)), Dense(1, Activation.Sigmoid), Output] public partial Node Fits { get; }
}
