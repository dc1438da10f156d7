using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>Graphs through the battery: merges, and what a chain never asks of the compiler; <see cref="GraphShapes"/> has more.</summary>
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
    public void A_weight_that_is_normalized_once_and_read_by_two_calls() => Check("""
        [Input(6)] public partial Node Left { get; }
        [Input(6)] public partial Node Right { get; }
        [From(nameof(Left)), SpectralNormalization, Dense(20, Activation.Relu), BatchNormalization, SpectralNormalization(2), Dense(5)] public partial Node One { get; }
        [From(nameof(Right)), Shared(nameof(One))] public partial Node Two { get; }
        [Subtract(nameof(One), nameof(Two)), Dense(1, Activation.Sigmoid), Output] public partial Node IsSame { get; }
        """);

    [Theory]
    [InlineData("Conv2D(32, 3, Padding = Padding.Same), BatchNormalization", "ReLU")]
    [InlineData("Conv2D(32, 1, UseBias = false), BatchNormalization", "ReLU(6)")]
    [InlineData("DepthwiseConv2D(3, Padding = Padding.Same), BatchNormalization", "Activation(Activation.Tanh)")]
    public void What_a_block_was_given_is_added(string block, string after) => Check($$"""
        [Input(9, 10, 3)] public partial Node X { get; }
        [From(nameof(X)), Conv2D(32, 1)] public partial Node Given { get; }
        [From(nameof(Given)), {{block}}, Add(nameof(Given)), {{after}}, Output] public partial Node Y { get; }
        """);

    [Fact]
    public void A_convolution_to_which_an_image_with_one_more_axis_is_added() => Check("""
        [Input(7, 8, 32)] public partial Node A { get; }
        [Input(1, 7, 8, 32)] public partial Node B { get; }
        [From(nameof(A)), Conv2D(32, 3, Padding = Padding.Same), Add(nameof(B)), Output] public partial Node Y { get; }
        [From(nameof(A)), Conv2D(32, 3, Padding = Padding.Same)] public partial Node One { get; }
        [Multiply(nameof(One), nameof(B)), ReLU, Output] public partial Node Z { get; }
        """);

    [Fact]
    public void A_convolution_of_two_sizes_of_images() => Check("""
        [Input(9, 10, 32)] public partial Node A { get; }
        [Input(4, 8, 32)] public partial Node B { get; }
        [From(nameof(A)), Conv2D(32, 3, Padding = Padding.Same)] public partial Node One { get; }
        [From(nameof(B)), Shared(nameof(One))] public partial Node Two { get; }
        [From(nameof(One)), Activation(Activation.Tanh), Output] public partial Node Y { get; }
        [From(nameof(Two)), Activation(Activation.Relu), Output] public partial Node Z { get; }
        """);

    [Fact]
    public void A_convolution_with_two_normalizations() => Check("""
        [Input(7, 6, 3)] public partial Node A { get; }
        [Input(7, 6, 3)] public partial Node B { get; }
        [From(nameof(A)), Conv2D(16, 3)] public partial Node One { get; }
        [From(nameof(B)), Shared(nameof(One))] public partial Node Two { get; }
        [From(nameof(One)), BatchNormalization, Activation(Activation.Tanh)] public partial Node First { get; }
        [From(nameof(Two)), BatchNormalization, Activation(Activation.Tanh)] public partial Node Second { get; }
        [Subtract(nameof(First), nameof(Second)), Output] public partial Node Y { get; }
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
    [InlineData("Input(13, 19)", "Input(19, 37)", "Axes = new[] { 2, 1 }")]
    [InlineData("Input(10, 33)", "Input(70, 33)", "Axis = 2")]
    [InlineData("Input(3, 5, 6)", "Input(6, 7)", "Axes = new[] { 3, 1 }")]
    [InlineData("Input(5)", "Input(4, 5, 18)", "Axes = new[] { 1, 2 }")]
    public void Dot(string first, string second, string arguments) => Check($$"""
        [{{first}}] public partial Node A { get; }
        [{{second}}] public partial Node B { get; }
        [Dot(nameof(A), nameof(B), {{arguments}}), Dense(2), Output] public partial Node Y { get; }
        """);

    [Theory]
    [InlineData("Input(3, 4)", "-1")]
    [InlineData("Input(4)", "1, 2")]
    [InlineData("Input(3, 1)", "1")]
    public void Softmax_of_what_a_mask_leaves(string mask, string axes) => Check($$"""
        [Input(3, 4)] public partial Node X { get; }
        [{{mask}}] public partial Node Logits { get; }
        [From(nameof(Logits)), ReLU(0.9), Output] public partial Node Mask { get; }
        [From(nameof(X)), Softmax({{axes}}, Mask = nameof(Mask)), Output] public partial Node Y { get; }
        """);

    private static void Check(string nodes)
    {
        (string what, double error) = EngineComparison.Run(GraphShapes.Graph(nodes), Batches, seed: 7).MaxBy(entry => entry.Error);
        Assert.True(error < Tolerance, $"{what}: {error:0.0e+00}");
    }
}
