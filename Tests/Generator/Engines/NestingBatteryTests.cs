using System.Numerics.Tensors;
using CompiledNets.Harness;
using CompiledNets.Numerics;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>Networks in networks through the battery, each network of a source by itself and all in the outermost.</summary>
public sealed class NestingBatteryTests
{
    /// <summary>Error in the goldens' measure that single precision stays under.</summary>
    private const double Tolerance = 5e-6;

    private const string Encoder = """
        [Network, Input(7), Dense(9, Activation.Relu), BatchNormalization, Dense(4, Activation.Tanh)]
        public sealed partial class Encoder;

        """;

    private const string Pair = """
        [Network]
        public sealed partial class Pair
        {
            [Input(4)] public partial Node Left { get; }
            [Input(3)] public partial Node Right { get; }
            [Concatenate(nameof(Left), nameof(Right)), Dense(5, Activation.Elu)] public partial Node Both { get; }
            [From(nameof(Both)), Dense(2), Output] public partial Node First { get; }
            [From(nameof(Both)), Dense(6, Activation.Sigmoid), Output] public partial Node Second { get; }
        }

        """;

    [Fact]
    public void In_a_chain() => Check(Encoder + """
        [Network, Input(7), Apply<Encoder>, Dense(3), Activation(Activation.Softmax)]
        public sealed partial class Net;
        """);

    [Fact]
    public void With_images_of_another_size() => Check("""
        [Network, Input(8, 8, 2, AnySize = true), Conv2D(3, 3, Activation.Relu), MaxPooling2D]
        public sealed partial class Base;

        [Network, Input(7, 5, 2), Apply<Base>, Flatten, Dense(2)]
        public sealed partial class Net;
        """);

    [Fact]
    public void With_a_layer_that_is_wrapped() => Check("""
        [Network, Input(7), SpectralNormalization, Dense(9, Activation.Relu), Dense(4)]
        public sealed partial class Encoder;

        [Network, Input(7), Apply<Encoder>, Dense(7), Apply<Encoder>]
        public sealed partial class Net;
        """);

    [Fact]
    public void At_the_end_of_a_chain_whose_head_it_is() => Check(Encoder + """
        [Network, Input(5), Dense(7), Apply<Encoder>, Dense(1, Activation.Sigmoid)]
        public sealed partial class Inner;

        [Network, Input(5), Apply<Inner>]
        public sealed partial class Net;
        """);

    [Fact]
    public void In_a_graph() => Check(Encoder + Graph("""
        [Input(7)] public partial Node X { get; }
        [From(nameof(X)), Apply<Encoder>, Dense(5)] public partial Node Code { get; }
        [Concatenate(nameof(Code), nameof(X)), Dense(2), Output] public partial Node Y { get; }
        """));

    [Fact]
    public void Twice_with_weights_of_its_own() => Check(Encoder + Graph("""
        [Input(7)] public partial Node X { get; }
        [Input(7)] public partial Node Z { get; }
        [Apply<Encoder>(nameof(X))] public partial Node A { get; }
        [Apply<Encoder>(nameof(Z))] public partial Node B { get; }
        [Subtract(nameof(A), nameof(B)), Dense(1), Output] public partial Node Y { get; }
        """));

    [Fact]
    public void Twice_with_the_same_weights() => Check(Encoder + Graph("""
        [Input(7)] public partial Node X { get; }
        [Input(7)] public partial Node Z { get; }
        [From(nameof(Z)), Shared(nameof(A))] public partial Node B { get; }
        [From(nameof(X)), Apply<Encoder>, Dense(3)] public partial Node A { get; }
        [Subtract(nameof(A), nameof(B)), Dense(1), Output] public partial Node Y { get; }
        """));

    [Fact]
    public void With_several_inputs_and_outputs() => Check(Pair + Graph("""
        [Input(4)] public partial Node X { get; }
        [Input(3)] public partial Node Z { get; }
        [Apply<Pair>(nameof(X), nameof(Z))] public partial Node P { get; }
        [From(nameof(P), Output = "Second"), Dense(3)] public partial Node Q { get; }
        [From(nameof(X)), Dense(4, Activation.Relu), Apply<Pair>(nameof(Q)), Output] public partial Node Y { get; }
        [From(nameof(P)), Dense(2), Output] public partial Node R { get; }
        """));

    [Fact]
    public void A_graph_in_a_chain() => Check("""
        [Network]
        public sealed partial class Residual
        {
            [Input(6)] public partial Node X { get; }
            [From(nameof(X)), Dense(6, Activation.Relu), Add(nameof(X)), Output] public partial Node Y { get; }
        }

        [Network, Input(3), Dense(6), Apply<Residual>, Apply<Residual>(Name = "again"), Dense(1)]
        public sealed partial class Net;
        """);

    [Fact]
    public void A_network_without_layers() => Check("""
        [Network]
        public sealed partial class Nothing
        {
            [Input(6), Output] public partial Node X { get; }
        }

        [Network, Input(3), Dense(6), Apply<Nothing>, Dense(1)]
        public sealed partial class Net;
        """);

    // Batch statistics behind each other enlarge what single precision rounds off, nested or not: so no tolerance, but the same bits.
    [Fact]
    public void Three_deep_has_the_bits_of_the_chain_of_its_layers()
    {
        const string layers = "Dense(9, Activation.Relu), BatchNormalization, Dense(4, Activation.Tanh)";
        using CompiledNetworks networks = CompiledNetworks.Compile("using CompiledNets;\n\n" + Encoder + $$"""
            [Network, Input(7), Apply<Encoder>, Dense(7)]
            public sealed partial class Middle;

            [Network, Input(7), Apply<Middle>, Apply<Encoder>, Dense(7)]
            public sealed partial class Outer;

            [Network, Input(7), Apply<Outer>, Apply<Middle>, Dense(2)]
            public sealed partial class Net;

            [Network, Input(7), {{layers}}, Dense(7), {{layers}}, Dense(7), {{layers}}, Dense(7), Dense(2)]
            public sealed partial class Chain;
            """);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            foreach (int samples in new[] { 1, 5, 17, 40 }) Assert.Equal(Numbers("Chain", width, samples), Numbers("Net", width, samples));
        }

        float[] Numbers(string name, LaneWidth width, int samples)
        {
            Model model = networks.Create(name, seed: 1);
            model.Width = width;
            var random = new Random(samples);
            foreach (ModelWeight weight in model.Weights)
                weight.Assign([.. Enumerable.Range(0, weight.Values.Length).Select(_ => random.NextSingle())]);
            float[] outputs = model.Forward(Rows(7), training: true).ToArray(), inputs = model.Backward(Rows(2)).ToArray();
            return
            [
                .. outputs, .. inputs, .. model.Weights.SelectMany(weight => weight.Values.ToArray()),
                .. model.Weights.Where(weight => weight.Trainable)
                .SelectMany(weight => weight.Gradient.ToArray()), .. model.Predict(Rows(7)).ToArray(),
            ];

            Tensor<float> Rows(int columns) =>
                Tensor.Create([.. Enumerable.Range(0, samples * columns).Select(_ => random.NextSingle() - 0.5f)], [samples, columns]);
        }
    }

    private static string Graph(string nodes) => $"[Network]\npublic sealed partial class Net\n{{\n{nodes}\n}}\n";

    private static void Check(string networks)
    {
        (string what, double error) = EngineComparison.Run("using CompiledNets;\n\n" + networks, [1, 5, 17, 40], seed: 7)
            .MaxBy(entry => entry.Error);
        Assert.True(error < Tolerance, $"{what}: {error:0.0e+00}");
    }
}
