using CompiledNets.Naming;

namespace CompiledNets;

/// <summary>Optimizers by the strings that Keras takes for them.</summary>
public abstract partial class Optimizer
{
    /// <summary>All optimizers, by name.</summary>
    internal static NameTable<Optimizer> Table { get; } = new(
        "optimizer",
        [
            (nameof(SGD), [], static _ => new SGD()),
            (nameof(RMSprop), ["rmsprop"], static _ => new RMSprop()),
            (nameof(Adam), [], static _ => new Adam()),
            (nameof(AdamW), ["adamw"], static _ => new AdamW()),
            (nameof(Adamax), [], static _ => new Adamax()),
            (nameof(Nadam), [], static _ => new Nadam()),
            (nameof(Lamb), [], static _ => new Lamb()),
        ],
        ["Adagrad", "Adadelta", "Ftrl", "Lion", "Adafactor", "Muon", "ScheduleFreeAdamW", "LossScaleOptimizer",
            "MultiOptimizer"]);

    /// <summary>A name is an optimizer: <c>model.Compile("adam", new MeanSquaredError())</c>.</summary>
    /// <param name="identifier">A name as <see cref="Get"/> takes it.</param>
    /// <exception cref="ArgumentException">No optimizer has that name; the message has the nearest and all that are known.</exception>
    public static implicit operator Optimizer(string identifier) => Get(identifier);

    /// <summary>The optimizer of that name, with its defaults.</summary>
    /// <param name="identifier">A Keras name, in upper or lower case: <c>adam</c>, <c>RMSprop</c>.</param>
    /// <exception cref="ArgumentException">No optimizer has that name; the message has those that are known.</exception>
    public static Optimizer Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Table.Find(identifier) ?? throw Table.Unknown(identifier);
    }
}
