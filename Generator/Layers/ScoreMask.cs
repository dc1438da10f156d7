using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Which scores of an attention count: those that all of some conditions allow.</summary>
/// <param name="lowering">Takes the ops.</param>
/// <param name="layer">Name of the layer.</param>
/// <param name="scores">Shape of the scores.</param>
internal sealed class ScoreMask(Lowering lowering, string layer, Shape scores)
{
    private readonly List<(Value Value, Access Access)> operands = [];
    private readonly List<Func<Scalar, Scalar, Scalar>> conditions = [];
    private Value? places;

    /// <summary>Whether all scores count.</summary>
    public bool AllowsAll => conditions.Count == 0;

    /// <summary>Whether some score of each row counts, whatever the masks hold.</summary>
    public bool AllowsSome { get; private set; } = true;

    /// <summary>Allows what a mask is not 0 for.</summary>
    public void Allow(Value mask, Access access)
    {
        AllowsSome = false;
        Scalar value = Operand(mask, access);
        conditions.Add((yes, no) => Scalar.IfGreater(Scalar.Abs(value), 0, yes, no));
    }

    /// <summary>Allows what a mask over some axes is not 0 for; of the other axes each has the same.</summary>
    public void AllowAlong(Value mask, params int[] axes) => Allow(mask, Access.Along(scores, axes));

    /// <summary>Allows places of an axis up to that of another axis.</summary>
    public void AllowBefore(int row, int column)
    {
        (Scalar at, Scalar other) = Places(row, column);
        conditions.Add((yes, no) => Scalar.IfGreaterOrEqual(at, other, yes, no));
    }

    /// <summary>Allows places of an axis that are less than so many from that of another axis.</summary>
    public void AllowNear(int row, int column, int width)
    {
        if (scores[row] > scores[column]) AllowsSome = false;
        (Scalar at, Scalar other) = Places(row, column);
        conditions.Add((yes, no) => Scalar.IfGreater(width, Scalar.Abs(at - other), yes, no));
    }

    /// <summary>Elements as they are where they are allowed, and elsewhere something made of them.</summary>
    public Value Apply(Value elements, Func<Scalar, Scalar> otherwise, string suffix)
    {
        if (AllowsAll) return elements;
        Scalar x = Scalar.Operand(0), no = otherwise(x), result = x;
        foreach (Func<Scalar, Scalar, Scalar> condition in conditions) result = condition(result, no);
        return lowering.Add(new Pointwise(layer, [elements, .. operands.Select(operand => operand.Value)],
            [Access.Whole(scores), .. operands.Select(operand => operand.Access)], result,
            new Value(layer + suffix, scores, Space.Sample)));
    }

    private (Scalar Row, Scalar Column) Places(int row, int column)
    {
        places ??= lowering.Add(new Ramp(layer, Math.Max(scores[row], scores[column]), layer + "_places"));
        return (Operand(places, Access.Along(scores, row)), Operand(places, Access.Along(scores, column)));
    }

    // The elements themselves are the first operand.
    private Scalar Operand(Value value, Access access)
    {
        operands.Add((value, access));
        return Scalar.Operand(operands.Count);
    }
}
