namespace CompiledNets.Generator.Tests.Engines;

/// <summary>What a graph can be that a chain is not, each as one network <c>Net</c>, with those that lie in it before it.</summary>
internal static class GraphShapes
{
    /// <summary>The sources, by what they show.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["a value read by three branches"] = Graph("""
            [Input(7)] public partial Node X { get; }
            [From(nameof(X)), Dense(9, Activation.Silu)] public partial Node Trunk { get; }
            [From(nameof(Trunk)), Dense(9, Activation.Tanh)] public partial Node A { get; }
            [From(nameof(Trunk)), Activation(Activation.Sigmoid)] public partial Node B { get; }
            [From(nameof(Trunk)), Dense(9), BatchNormalization] public partial Node C { get; }
            [Average(nameof(A), nameof(B), nameof(C), nameof(Trunk)), Dense(3), Output] public partial Node Y { get; }
            """),
        ["a weight read by two calls"] = Graph("""
            [Input(6)] public partial Node Left { get; }
            [Input(6)] public partial Node Right { get; }
            [From(nameof(Left)), Dense(20, Activation.Relu), BatchNormalization, Dense(5)] public partial Node One { get; }
            [From(nameof(Right)), Shared(nameof(One))] public partial Node Two { get; }
            [Subtract(nameof(One), nameof(Two)), Dense(1, Activation.Sigmoid), Output] public partial Node IsSame { get; }
            """),
        ["a weight read by three calls"] = Graph("""
            [Input(6)] public partial Node X { get; }
            [From(nameof(X)), Dense(6, Activation.Tanh)] public partial Node One { get; }
            [From(nameof(One)), Shared(nameof(One))] public partial Node Two { get; }
            [From(nameof(Two)), Shared(nameof(One)), Output] public partial Node Three { get; }
            """),
        ["an output that is also read on"] = Graph("""
            [Input(6)] public partial Node X { get; }
            [From(nameof(X)), Dense(12, Activation.Softmax), Output] public partial Node Class { get; }
            [From(nameof(Class)), Dense(3, Activation.Relu), Dense(1), Output] public partial Node Value { get; }
            """),
        ["an input that is an output"] = Graph("""
            [Input(6), Output] public partial Node X { get; }
            [From(nameof(X)), Dense(19), Output] public partial Node Y { get; }
            """),
        ["two heads of one logits"] = Graph("""
            [Input(9)] public partial Node X { get; }
            [From(nameof(X)), Dense(11)] public partial Node Logits { get; }
            [From(nameof(Logits)), Activation(Activation.Softmax), Output] public partial Node Class { get; }
            [From(nameof(Logits)), Activation(Activation.Sigmoid), Output] public partial Node Marks { get; }
            """),
        ["nested three deep"] = """
            using CompiledNets;

            [Network, Input(7), Dense(9, Activation.Relu), Dense(4, Activation.Tanh)]
            public sealed partial class Encoder;

            [Network, Input(7), Apply<Encoder>, Dense(7)]
            public sealed partial class Middle;

            [Network, Input(7), Apply<Middle>, Apply<Encoder>, Dense(7)]
            public sealed partial class Outer;

            [Network, Input(7), Apply<Outer>, Apply<Middle>, Dense(2)]
            public sealed partial class Net;

            """,
        ["a diamond of concatenations"] = Graph("""
            [Input(6)] public partial Node X { get; }
            [From(nameof(X)), Dense(4, Activation.Relu)] public partial Node A { get; }
            [From(nameof(X)), Dense(3, Activation.Tanh)] public partial Node B { get; }
            [Concatenate(nameof(A), nameof(B))] public partial Node Ab { get; }
            [Concatenate(nameof(B), nameof(A), nameof(X))] public partial Node Ba { get; }
            [Concatenate(nameof(Ab), nameof(Ba)), Dense(5), Output] public partial Node Y { get; }
            [From(nameof(Ab)), Dense(2), Output] public partial Node Z { get; }
            """),
        ["a frozen branch beside a trained one"] = Graph("""
            [Input(7)] public partial Node X { get; }
            [From(nameof(X)), Dense(9, Activation.Tanh)] public partial Node Trunk { get; }
            [From(nameof(Trunk)), Dense(8, Activation.Tanh), BatchNormalization, Dense(4)] public partial Node Trained { get; }
            [From(nameof(Trunk))]
            [Dense(8, Activation.Tanh, Trainable = false), BatchNormalization(Trainable = false), Dense(4, Trainable = false)]
            public partial Node Frozen { get; }
            [Add(nameof(Trained), nameof(Frozen)), Dense(3), Output] public partial Node Y { get; }
            """),
        ["a frozen branch from an input of its own"] = Graph("""
            [Input(5)] public partial Node X { get; }
            [Input(6)] public partial Node Z { get; }
            [From(nameof(X)), Dense(12, Activation.Relu), Dense(4)] public partial Node Trained { get; }
            [From(nameof(Z)), Dense(12, Activation.Relu, Trainable = false), BatchNormalization(Trainable = false), Dense(4, Trainable = false)]
            public partial Node Frozen { get; }
            [Concatenate(nameof(Trained), nameof(Frozen)), Dense(3), Output] public partial Node Y { get; }
            """),
    };

    /// <summary>A graph as the source of a class <c>Net</c>.</summary>
    public static string Graph(string nodes) => $"using CompiledNets;\n\n[Network]\npublic sealed partial class Net\n{{\n{nodes}\n}}\n";
}
