using CompiledNets.Naming;
using CompiledNets.Regularizers;

namespace CompiledNets;

/// <summary>Regularizers by the strings that Keras takes for them.</summary>
public abstract partial class Regularizer
{
    /// <summary>All regularizers, by name.</summary>
    internal static NameTable<Regularizer> Table { get; } = new(
        "regularizer",
        [
            (nameof(Regularizers.L1), [], static _ => new L1()),
            (nameof(Regularizers.L2), [], static _ => new L2()),
            (nameof(Regularizers.L1L2), [], static _ => new L1L2()),
            (nameof(Regularizers.OrthogonalRegularizer), [], static _ => new OrthogonalRegularizer()),
        ],
        []);

    /// <summary>The regularizer of that name, with its defaults.</summary>
    /// <param name="identifier">A Keras name: of the class, or in snake case.</param>
    /// <exception cref="ArgumentException">No regularizer has that name; the message has those that are known.</exception>
    public static Regularizer Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Table.Find(identifier) ?? throw Table.Unknown(identifier);
    }
}
