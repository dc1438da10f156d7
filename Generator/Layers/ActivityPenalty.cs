using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>A penalty on the outputs of a layer: l1 * |x| + l2 * x² for each number of a sample.</summary>
internal sealed record ActivityPenalty(double L1, double L2)
{
    /// <summary>Both penalties; null for none.</summary>
    public static ActivityPenalty? Sum(ActivityPenalty? a, ActivityPenalty? b) =>
        a is null ? b : b is null ? a : new(a.L1 + b.L1, a.L2 + b.L2);

    /// <summary>The op that gives a sample's penalty on an output.</summary>
    public Op On(Value output, string layer)
    {
        Scalar x = Scalar.Operand(0), penalty = (L1 * Scalar.Abs(x)) + (L2 * (x * x));
        Access whole = Access.Whole(output.Shape), number = Access.Along(output.Shape);
        var result = new Value(layer + "_penalty", Shape.Of(1), Space.Sample);
        return new Reduce(layer, [output], [whole], penalty, output.Shape, number, result);
    }
}
