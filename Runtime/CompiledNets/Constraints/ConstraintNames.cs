using CompiledNets.Constraints;
using CompiledNets.Naming;

namespace CompiledNets;

/// <summary>Constraints by the strings that Keras takes for them.</summary>
public abstract partial class Constraint
{
    /// <summary>All constraints, by name.</summary>
    internal static NameTable<Constraint> Table { get; } = new(
        "constraint",
        [
            (nameof(Constraints.MaxNorm), [], static _ => new MaxNorm()),
            (nameof(Constraints.NonNeg), [], static _ => new NonNeg()),
            (nameof(Constraints.UnitNorm), [], static _ => new UnitNorm()),
            (nameof(Constraints.MinMaxNorm), [], static _ => new MinMaxNorm()),
        ],
        []);

    /// <summary>The constraint of that name, with its defaults.</summary>
    /// <param name="identifier">A Keras name: of the class, or in snake case.</param>
    /// <exception cref="ArgumentException">No constraint has that name; the message has those that are known.</exception>
    public static Constraint Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Table.Find(identifier) ?? throw Table.Unknown(identifier);
    }
}
