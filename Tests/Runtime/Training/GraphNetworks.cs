namespace CompiledNets.Tests.Training;

/// <summary>Large enough that threads share steps, batches and single rows, with a phase for batch statistics and random masks.</summary>
[Network]
internal sealed partial class WideGraphNet
{
    [Input(120)] public partial Node Left { get; }
    [Input(90)] public partial Node Right { get; }
    [From(nameof(Left)), Dense(300, Activation.Relu), BatchNormalization, Dropout(0.2)] public partial Node First { get; }
    [From(nameof(Right)), Dense(260, Activation.Tanh)] public partial Node Second { get; }
    [Concatenate(nameof(First), nameof(Second)), Dense(310, Activation.Relu)] public partial Node Both { get; }
    [From(nameof(Both)), Dense(3, Activation.Softmax), Output] public partial Node Kind { get; }
    [From(nameof(Both)), Dense(2), Output] public partial Node Place { get; }
}

/// <summary>One input and two outputs that have nothing but it in common.</summary>
[Network]
internal sealed partial class TwoTowersNet
{
    [Input(5)] public partial Node X { get; }
    [From(nameof(X)), Dense(7, Activation.Tanh), BatchNormalization, Dense(2), Output] public partial Node Left { get; }
    [From(nameof(X)), Dense(6, Activation.Tanh), Dense(3), Output] public partial Node Right { get; }
}

/// <summary>A base to freeze below a head that trains.</summary>
[Network]
internal sealed partial class BaseNet
{
    [Input(6)] public partial Node X { get; }
    [From(nameof(X)), Dense(20, Activation.Relu, Name = "base_in"), BatchNormalization(Name = "base_norm")]
    public partial Node Low { get; }
    [From(nameof(Low)), Dense(20, Activation.Relu, Name = "base_out")] public partial Node High { get; }
    [From(nameof(High)), Dense(1, Name = "head"), Output] public partial Node Y { get; }
}
