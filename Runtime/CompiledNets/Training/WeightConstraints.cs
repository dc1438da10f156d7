using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// The constraints on a network's weights, applied once a step after the update. Each weight is worked alone, so that threads may share
/// them.
/// </summary>
internal sealed class WeightConstraints
{
    private readonly (WeightDescription Weight, Constraint Constraint, int Length)[] entries;
    private readonly Arena parameters;
    private readonly bool[] frozen;

    private WeightConstraints((WeightDescription Weight, Constraint Constraint, int Length)[] entries, Arena parameters, bool[] frozen)
    {
        this.entries = entries;
        this.parameters = parameters;
        this.frozen = frozen;
    }

    /// <summary>The constraints of a network; null where it has none.</summary>
    /// <param name="description">The network.</param>
    /// <param name="parameters">Its weights, as they start: each constraint is tried on a copy.</param>
    /// <param name="frozen">By layer, whether its weights do not train: they are left as they are.</param>
    /// <exception cref="ArgumentException">A constraint is not for weights of the shape it is given.</exception>
    public static WeightConstraints? Of(NetworkDescription description, Arena parameters, bool[] frozen)
    {
        List<(WeightDescription, Constraint, int)> entries = [];
        foreach (WeightDescription weight in description.Weights)
        {
            if (weight.Constraint?.Invoke() is not { } constraint) continue;
            int length = WeightRule.Length(weight);
            float[] copy = parameters.Span.Slice(weight.Offset, length).ToArray();
            WeightRule.Try(description, weight, "constraint", () => constraint.Apply(copy, weight.Shape));
            entries.Add((weight, constraint, length));
        }

        return entries.Count == 0 ? null : new([.. entries], parameters, frozen);
    }

    /// <summary>How many weights have one.</summary>
    public int Count => entries.Length;

    /// <summary>Applies one of them. May be called for different ones at once.</summary>
    public void Apply(int index)
    {
        (WeightDescription weight, Constraint constraint, int length) = entries[index];
        if (!frozen[weight.Layer]) constraint.Apply(parameters.Span.Slice(weight.Offset, length), weight.Shape);
    }
}
