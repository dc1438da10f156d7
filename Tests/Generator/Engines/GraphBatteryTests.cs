using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>Graphs through the battery: what a chain never asks of the compiler.</summary>
public sealed class GraphBatteryTests
{
    /// <summary>Error in the goldens' measure that single precision stays under.</summary>
    private const double Tolerance = 5e-6;

    private static readonly int[] Batches = [1, 5, 17, 40];

    [Fact]
    public void Two_inputs_branches_and_two_outputs() => Check("""
        [Input(13)] public partial Node Figures { get; }
        [Input(8)] public partial Node Street { get; }
        [From(nameof(Street)), Dense(8, Activation.Relu)] public partial Node Place { get; }
        [Concatenate(nameof(Figures), nameof(Place)), Dense(32, Activation.Relu)] public partial Node Seen { get; }
        [From(nameof(Seen)), Dense(32, Activation.Relu), Add(nameof(Seen))] public partial Node Deep { get; }
        [From(nameof(Deep)), Dense(1), Output] public partial Node Price { get; }
        [From(nameof(Deep)), Dense(1, Activation.Sigmoid), Output] public partial Node IsSold { get; }
        """);

    [Fact]
    public void The_order_of_the_source_does_not_matter() => Check("""
        [From(nameof(Deep)), Dense(1), Output] public partial Node Price { get; }
        [Multiply(nameof(Seen), nameof(Other))] public partial Node Deep { get; }
        [From(nameof(X)), Dense(6, Activation.Tanh)] public partial Node Seen { get; }
        [From(nameof(X)), Dense(6, Activation.Elu)] public partial Node Other { get; }
        [Input(5)] public partial Node X { get; }
        """);

    [Fact]
    public void A_value_read_by_three_branches() => Check("""
        [Input(7)] public partial Node X { get; }
        [From(nameof(X)), Dense(9, Activation.Silu)] public partial Node Trunk { get; }
        [From(nameof(Trunk)), Dense(9, Activation.Tanh)] public partial Node A { get; }
        [From(nameof(Trunk)), Activation(Activation.Sigmoid)] public partial Node B { get; }
        [From(nameof(Trunk)), Dense(9), BatchNormalization] public partial Node C { get; }
        [Average(nameof(A), nameof(B), nameof(C), nameof(Trunk)), Dense(3), Output] public partial Node Y { get; }
        """);

    [Fact]
    public void A_weight_that_is_normalized_once_and_read_by_two_calls() => Check("""
        [Input(6)] public partial Node Left { get; }
        [Input(6)] public partial Node Right { get; }
        [From(nameof(Left)), SpectralNormalization, Dense(20, Activation.Relu), BatchNormalization, SpectralNormalization(2), Dense(5)] public partial Node One { get; }
        [From(nameof(Right)), Shared(nameof(One))] public partial Node Two { get; }
        [Subtract(nameof(One), nameof(Two)), Dense(1, Activation.Sigmoid), Output] public partial Node IsSame { get; }
        """);

    [Fact]
    public void A_weight_read_by_two_calls() => Check("""
        [Input(6)] public partial Node Left { get; }
        [Input(6)] public partial Node Right { get; }
        [From(nameof(Left)), Dense(20, Activation.Relu), BatchNormalization, Dense(5)] public partial Node One { get; }
        [From(nameof(Right)), Shared(nameof(One))] public partial Node Two { get; }
        [Subtract(nameof(One), nameof(Two)), Dense(1, Activation.Sigmoid), Output] public partial Node IsSame { get; }
        """);

    [Fact]
    public void A_weight_read_by_three_calls() => Check("""
        [Input(6)] public partial Node X { get; }
        [From(nameof(X)), Dense(6, Activation.Tanh)] public partial Node One { get; }
        [From(nameof(One)), Shared(nameof(One))] public partial Node Two { get; }
        [From(nameof(Two)), Shared(nameof(One)), Output] public partial Node Three { get; }
        """);

    [Fact]
    public void An_output_that_is_also_read_on() => Check("""
        [Input(6)] public partial Node X { get; }
        [From(nameof(X)), Dense(4, Activation.Softmax), Output] public partial Node Class { get; }
        [From(nameof(Class)), Dense(3, Activation.Relu), Dense(1), Output] public partial Node Value { get; }
        """);

    [Fact]
    public void An_input_that_is_an_output() => Check("""
        [Input(6), Output] public partial Node X { get; }
        [From(nameof(X)), Dense(4), Output] public partial Node Y { get; }
        """);

    [Fact]
    public void Two_heads_of_one_logits() => Check("""
        [Input(6)] public partial Node X { get; }
        [From(nameof(X)), Dense(4)] public partial Node Logits { get; }
        [From(nameof(Logits)), Activation(Activation.Softmax), Output] public partial Node Class { get; }
        [From(nameof(Logits)), Activation(Activation.Sigmoid), Output] public partial Node Marks { get; }
        """);

    [Fact]
    public void A_diamond_of_concatenations() => Check("""
        [Input(6)] public partial Node X { get; }
        [From(nameof(X)), Dense(4, Activation.Relu)] public partial Node A { get; }
        [From(nameof(X)), Dense(3, Activation.Tanh)] public partial Node B { get; }
        [Concatenate(nameof(A), nameof(B))] public partial Node Ab { get; }
        [Concatenate(nameof(B), nameof(A), nameof(X))] public partial Node Ba { get; }
        [Concatenate(nameof(Ab), nameof(Ba)), Dense(5), Output] public partial Node Y { get; }
        [From(nameof(Ab)), Dense(2), Output] public partial Node Z { get; }
        """);

    [Theory]
    [InlineData("Add")]
    [InlineData("Subtract")]
    [InlineData("Multiply")]
    [InlineData("Average")]
    [InlineData("Maximum")]
    [InlineData("Minimum")]
    public void Merges_repeat_axes_of_size_one(string merge) => Check($$"""
        [Input(3, 4)] public partial Node X { get; }
        [Input(4)] public partial Node Row { get; }
        [From(nameof(X)), Dense(1)] public partial Node Column { get; }
        [{{merge}}(nameof(X), nameof(Row)), Dense(4)] public partial Node A { get; }
        [{{merge}}(nameof(Column), nameof(A)), Output] public partial Node B { get; }
        """);

    [Theory]
    [InlineData("Axis = 1")]
    [InlineData("Axis = 2")]
    [InlineData("Axis = -1")]
    public void Concatenate_along_each_axis(string axis) => Check($$"""
        [Input(3, 4)] public partial Node X { get; }
        [From(nameof(X)), Dense(4, Activation.Tanh)] public partial Node A { get; }
        [Concatenate(nameof(X), nameof(A), {{axis}}), Dense(3), Output] public partial Node Y { get; }
        """);

    [Theory]
    [InlineData("Input(5)", "Input(5)", "Axis = 1")]
    [InlineData("Input(5)", "Input(5)", "Axis = -1, Normalize = true")]
    [InlineData("Input(3, 4)", "Input(4, 2)", "Axes = new[] { 2, 1 }")]
    [InlineData("Input(3, 4)", "Input(2, 4)", "Axis = 2, Normalize = true")]
    public void Dot(string first, string second, string arguments) => Check($$"""
        [{{first}}] public partial Node A { get; }
        [{{second}}] public partial Node B { get; }
        [Dot(nameof(A), nameof(B), {{arguments}}), Dense(2), Output] public partial Node Y { get; }
        """);

    private static void Check(string nodes)
    {
        string source = $"using CompiledNets;\n\n[Network]\npublic sealed partial class Net\n{{\n{nodes}\n}}\n";
        (string what, double error) = EngineComparison.Run(source, Batches, seed: 7).MaxBy(entry => entry.Error);
        Assert.True(error < Tolerance, $"{what}: {error:0.0e+00}");
    }
}
