using CompiledNets.Initializers;
using CompiledNets.Naming;

namespace CompiledNets;

/// <summary>Initializers by the strings that Keras takes for them.</summary>
public abstract partial class Initializer
{
    /// <summary>All initializers that need no arguments, by name.</summary>
    internal static NameTable<Initializer> Table { get; } = new(
        "initializer",
        [
            (nameof(Zeros), ["zero"], static _ => new Zeros()),
            (nameof(Ones), ["one"], static _ => new Ones()),
            (nameof(GlorotUniform), [], static _ => new GlorotUniform()),
            (nameof(GlorotNormal), [], static _ => new GlorotNormal()),
            (nameof(HeUniform), [], static _ => new HeUniform()),
            (nameof(HeNormal), [], static _ => new HeNormal()),
            (nameof(LecunUniform), [], static _ => new LecunUniform()),
            (nameof(LecunNormal), [], static _ => new LecunNormal()),
            (nameof(RandomUniform), ["uniform"], static _ => new RandomUniform()),
            (nameof(RandomNormal), ["normal"], static _ => new RandomNormal()),
            (nameof(TruncatedNormal), [], static _ => new TruncatedNormal()),
            (nameof(VarianceScaling), [], static _ => new VarianceScaling()),
            (nameof(Orthogonal), [], static _ => new Orthogonal()),
            (nameof(Identity), [], static _ => new Identity()),
        ],
        ["STFT"]);

    /// <summary>The initializer of that name, with its defaults.</summary>
    /// <param name="identifier">A Keras name: of the class, in snake case, or a short form such as <c>normal</c>.</param>
    /// <exception cref="ArgumentException">No initializer has that name; the message has those that are known.</exception>
    public static Initializer Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Table.Find(identifier) ?? throw Table.Unknown(identifier);
    }
}
