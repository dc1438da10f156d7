using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>Small graphs of ops that layers make no, or no other, use of.</summary>
internal static class OpGraphs
{
    private static readonly Scalar X = Scalar.Operand(0), Y = Scalar.Operand(1);

    /// <summary>By name, what a graph makes of two inputs, (2, 3) and (2, 5), and a weight (2, 3).</summary>
    public static IReadOnlyDictionary<string, Func<Graph, Value, Value, Value, Value>> All { get; } = new Dictionary<string, Func<Graph,
        Value, Value, Value, Value>>
    {
        ["runs side by side"] = (graph, a, b, _) => graph.Add(new Concatenate("c", [a, b, a], 2, Sample(2, 11))),
        ["values one after the other"] = (graph, a, b, _) => graph.Add(new Concatenate("c", [b, a], 1, Sample(16))),
        ["a run of each row"] = (graph, _, b, _) => graph.Add(new Slice("s", b, 2, 1, Sample(2, 3))),
        ["a part"] = (graph, _, b, _) => graph.Add(new Slice("s", b, 1, 3, Sample(6))),
        ["zeros beside a run"] = (graph, a, _, _) => graph.Add(new Spread("s", a, a.Shape, new(1, new[] { 7, 1 }), Sample(2, 7))),
        ["zeros beside elements under another shape"] = (graph, _, b, _) =>
            graph.Add(new Spread("s", b, Shape.Of(5, 2), new(0, new[] { 5, 2 }), Sample(5, 5))),
        ["weighted sums along an axis"] = (graph, _, b, _) =>
            graph.Add(new Resample("r", b, 1, Weighting.Resize("bicubic", 5, 5 * 2, antialias: false), Sample(2, 10))),
        ["operands that repeat and are read backwards"] = (graph, a, b, _) => graph.Add(new Pointwise("p", [a, b, a],
            [new(0, new[] { 3, 0, 1 }), new(4, new[] { 0, -1, 0 }), new(1, new[] { 0, 0, 1 })], Scalar.Tanh(X * Y)
            + (Scalar.Operand(2) * X), Sample(2, 5, 2))),
        ["a sum over an axis with an operand that repeats"] = (graph, a, b, _) =>
            graph.Add(new Reduce("r", [a, b], [new(0, new[] { 3, 1, 0 }), new(0, new[] { 5, 0, 1 })], X * Y * Y, Shape.Of(2, 3, 5),
            Access.Along(Shape.Of(2, 3, 5), 1), Sample(3))),
        ["products of matrices that share a factor"] = (graph, a, b, _) =>
            graph.Add(new Reduce("r", [a, b], [new(0, new[] { 0, 1, 0, 3 }), new(1, new[] { 0, 0, 1, 5 })],
            -0.5 * (X * Y), Shape.Of(2, 3, 4, 2), Access.Along(Shape.Of(2, 3, 4, 2), 0, 1, 2), Sample(2, 3, 4))),
        ["products with a weight"] = (graph, a, _, w) =>
            graph.Add(new Reduce("r", [a, w], [new(0, new[] { 3, 0, 1 }), new(0, new[] { 0, 3, 1 })], X * Y, Shape.Of(2, 2, 3),
            Access.Along(Shape.Of(2, 2, 3), 0, 1), Sample(2, 2))),
        ["a mean with a weight"] = (graph, a, _, w) => graph.Add(Reduce.Mean("r", [a, w], X * Y * Y, a.Shape, [0], "mean")),
        ["a sum"] = (graph, a, _, _) => graph.Add(Reduce.Sum("r", [a], Scalar.Exp(X), a.Shape, [0, 1], "sum")),
        ["a weight that is read three times"] = (graph, a, _, w) =>
            graph.Add(new Pointwise("p", [a, w, graph.Add(new Pointwise("q", [w, a], X * Scalar.Sigmoid(Y), Sample(2, 3)))],
            X * Y * Scalar.Operand(2) * Y, Sample(2, 3))),
        ["a value of a weight alone"] = (graph, a, _, w) =>
            graph.Add(new Pointwise("p",
            [a, graph.Add(new Pointwise("q", [w], Scalar.Tanh(X), new Value("shared", Shape.Of(2, 3), Space.Shared)))], X * Y,
        Sample(2, 3))),
        ["softmax along the first axis"] = (graph, a, _, _) => graph.Add(new Rowwise("r", RowwiseKind.Softmax, a, 0, "softmax")),
    };

    /// <summary>A graph with a gradient that is not its own.</summary>
    public static Func<Graph, Value, Value, Value, Value> Wrong { get; } = (graph, a, _, _) => graph.Add(new Pretender(a, Sample(2, 3)));

    /// <summary>A graph by its name, differentiated.</summary>
    public static TrainingGraph Make(string name) => Make(name, All[name]);

    public static TrainingGraph Make(string name, Func<Graph, Value, Value, Value, Value> make)
    {
        Value a = new("a", Shape.Of(2, 3), Space.Sample), b = new("b", Shape.Of(2, 5), Space.Sample),
            w = new("w", Shape.Of(2, 3), Space.Weight);
        var graph = new Graph { Inputs = [a, b] };
        graph.Trainable.Add(w);
        Value result = make(graph, a, b, w);

        // Each element counts differently, and so does what its gradient gets.
        graph.Heads = [new(graph.Add(new Pointwise(name, [result], X * X * X, new Value("y", result.Shape, Space.Sample))))];
        return Differentiate.Run(graph);
    }

    private static Value Sample(params int[] axes) => new("v", Shape.Of(axes), Space.Sample);

    /// <summary>Squares, and says that it doubles.</summary>
    private sealed class Pretender(Value x, Value output) : Op("wrong", [x], output)
    {
        public override void Differentiate(Gradients gradients) =>
            gradients.Contribute(Inputs[0], new Pointwise(Layer, [gradients.Of(Output)!], 2 * X, Inputs[0].Gradient()));

        public override void Evaluate(Evaluation evaluation) => evaluation[Output] = [.. evaluation[Inputs[0]].Select(x => x * x)];
    }
}
