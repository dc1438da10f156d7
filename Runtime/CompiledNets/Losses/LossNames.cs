using CompiledNets.Naming;

namespace CompiledNets;

/// <summary>Losses by the strings that Keras takes for them.</summary>
public abstract partial class Loss
{
    /// <summary>All losses, by name.</summary>
    internal static NameTable<Loss> Table { get; } = new(
        "loss",
        [
            (nameof(BinaryCrossentropy), ["bce"], static _ => new BinaryCrossentropy()),
            (nameof(CategoricalCrossentropy), [], static _ => new CategoricalCrossentropy()),
            (nameof(SparseCategoricalCrossentropy), [], static _ => new SparseCategoricalCrossentropy()),
            (nameof(MeanSquaredError), ["mse"], static _ => new MeanSquaredError()),
            (nameof(MeanAbsoluteError), ["mae"], static _ => new MeanAbsoluteError()),
            (nameof(Huber), [], static _ => new Huber()),
            (nameof(LogCosh), ["logcosh"], static _ => new LogCosh()),
            (nameof(Crossentropy), ["ce"], static _ => new Crossentropy()),
        ],
        [
            "MeanAbsolutePercentageError", "mape", "MeanSquaredLogarithmicError", "msle", "CosineSimilarity", "Hinge",
            "SquaredHinge", "CategoricalHinge", "KLDivergence",
            "kld", "Poisson", "BinaryFocalCrossentropy", "CategoricalFocalCrossentropy", "Dice", "Tversky", "Circle", "CTC",
            "CategoricalGeneralizedCrossEntropy",
        ]);

    /// <summary>A name is a loss: <c>model.Compile(new SGD(0.01), "binary_crossentropy")</c>.</summary>
    /// <param name="identifier">A name as <see cref="Get"/> takes it.</param>
    /// <exception cref="ArgumentException">No loss has that name; the message has the nearest and all that are known.</exception>
    public static implicit operator Loss(string identifier) => Get(identifier);

    /// <summary>The loss of that name, with its defaults.</summary>
    /// <param name="identifier">
    /// A Keras name: of the class, of the function, or a short form such as <c>mse</c>. Which loss <c>crossentropy</c> or <c>ce</c> is the
    /// shapes tell, as with <c>accuracy</c>.
    /// </param>
    /// <exception cref="ArgumentException">No loss has that name; the message has the nearest and all that are known.</exception>
    public static Loss Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Table.Find(identifier) ?? throw Table.Unknown(identifier);
    }
}
