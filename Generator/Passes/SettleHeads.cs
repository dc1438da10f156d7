using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Says of each output how it ends, for training and inference alike: in a sigmoid or a softmax that a crossentropy can do without, or
/// otherwise. An output is made by an op of its own: one that is an input is copied, and a last activation that somebody else reads too is
/// worked a second time, so that the loss may leave it out.
/// </summary>
internal static class SettleHeads
{
    public static void Run(Graph training, Graph inference)
    {
        HeadActivation[] endings = [.. training.Heads.Zip(inference.Heads, (a, b) => Ending(training, a.Output) is var ending
            && ending.Activation == Ending(inference, b.Output).Activation
            ? ending.Activation : HeadActivation.Other)];
        Settle(training, endings);
        Settle(inference, endings);
    }

    private static void Settle(Graph graph, HeadActivation[] endings)
    {
        Dictionary<Value, int> uses = Graph.Uses(graph.Ops);
        foreach (Head head in graph.Heads) uses[head.Output] = uses.TryGetValue(head.Output, out int count) ? count + 1 : 1;
        graph.Heads = [.. graph.Heads.Select((head, h) => graph.Inputs.Contains(head.Output)
            ? head with { Output = graph.Add(new Pointwise("output", [head.Output], Scalar.Operand(0), "output")) }
            : endings[h] == HeadActivation.Other ? head : Own(graph, head, endings[h], isShared: uses[head.Output] > 1))];
    }

    private static Head Own(Graph graph, Head head, HeadActivation activation, bool isShared)
    {
        Value output = head.Output;
        Value logits = Ending(graph, output).Logits!;
        if (!isShared) return head with { Logits = logits, Activation = activation };
        string layer = graph.Producers()[output].Layer, name = output.Name + "_output";
        Op again = activation == HeadActivation.Sigmoid
            ? new Pointwise(layer, [logits], Scalar.Sigmoid(Scalar.Operand(0)), name)
            : new Rowwise(layer, RowwiseKind.Softmax, logits, logits.Shape.Rank - 1, name);
        return new(graph.Add(again), logits, activation) { Mask = head.Mask };
    }

    private static (HeadActivation Activation, Value? Logits) Ending(Graph graph, Value output) =>
        graph.Ops.Find(op => op.Outputs.Contains(output)) switch
        {
            Pointwise
            {
                Inputs: [var x], Expression: Scalar.Unary
                {
                    Kind: UnaryKind.Sigmoid,
                    A: Scalar.OperandElement
                }
            } sigmoid when sigmoid.ReadsWhole(0) => (HeadActivation.Sigmoid, x),
            Rowwise { Kind: RowwiseKind.Softmax, Layout.Inner: 1 } softmax => (HeadActivation.Softmax, softmax.Inputs[0]),
            _ => (HeadActivation.Other, null),
        };
}
