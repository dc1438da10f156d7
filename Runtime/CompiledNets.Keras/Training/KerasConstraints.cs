using CompiledNets.Constraints;
using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras.Training;

/// <summary>Constraints from Keras's config.</summary>
public static class KerasConstraints
{
    /// <summary>The constraint of a class with arguments.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such constraint, or not with these options.</exception>
    public static Constraint Create(KerasObject constraint)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        Constraint created = constraint.ClassName switch
        {
            "MaxNorm" => new MaxNorm(constraint.Number("max_value", 2), RuleSource.Axes(constraint)),
            "NonNeg" => new NonNeg(),
            "UnitNorm" => new UnitNorm(RuleSource.Axes(constraint)),
            "MinMaxNorm" => new MinMaxNorm(
                constraint.Number("min_value", 0), constraint.Number("max_value", 1), constraint.Number("rate", 1),
                RuleSource.Axes(constraint)),
            _ => throw new KerasUnsupportedException($"constraint {constraint.ClassName}"),
        };
        constraint.RefuseRest();
        return created;
    }
}
