using CompiledNets.Initializers;

namespace CompiledNets;

/// <summary>Initializers by the strings that Keras takes for them.</summary>
public abstract partial class Initializer
{
    /// <summary>The strings that <see cref="Get"/> takes, in snake case; each may also be written as its class is. The compiler knows the same.</summary>
    internal static readonly string[] KnownNames =
    [
        Zeros, Ones, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal, RandomUniform, RandomNormal,
        TruncatedNormal, VarianceScaling, Orthogonal, Identity, "uniform", "normal", "zero", "one",
    ];

    /// <summary>The initializer of that name, with its defaults.</summary>
    /// <param name="identifier">A Keras name: of the class, in snake case, or a short form such as <c>normal</c>.</param>
    /// <exception cref="ArgumentException">No initializer has that name; the message has those that are known.</exception>
    public static Initializer Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return identifier switch
        {
            Zeros or "Zeros" or "zero" => new Zeros(),
            Ones or "Ones" or "one" => new Ones(),
            RandomUniform or "RandomUniform" or "uniform" => new RandomUniform(),
            RandomNormal or "RandomNormal" or "normal" => new RandomNormal(),
            TruncatedNormal or "TruncatedNormal" => new TruncatedNormal(),
            VarianceScaling or "VarianceScaling" => new VarianceScaling(),
            GlorotUniform or "GlorotUniform" => new GlorotUniform(),
            GlorotNormal or "GlorotNormal" => new GlorotNormal(),
            HeUniform or "HeUniform" => new HeUniform(),
            HeNormal or "HeNormal" => new HeNormal(),
            LecunUniform or "LecunUniform" => new LecunUniform(),
            LecunNormal or "LecunNormal" => new LecunNormal(),
            Orthogonal or "Orthogonal" => new Orthogonal(),
            Identity or "Identity" => new Identity(),
            _ => throw new ArgumentException(
                $"Could not interpret initializer identifier: {identifier}.{(NearestName.Of(identifier, KnownNames) is string name ? $" Did you mean '{name}'?" : "")} " +
                $"Known initializers: {string.Join(", ", KnownNames)}.", nameof(identifier)),
        };
    }
}
