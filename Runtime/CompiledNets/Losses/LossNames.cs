namespace CompiledNets;

/// <summary>Losses by the strings that Keras takes for them.</summary>
public abstract partial class Loss
{
    /// <summary>The names of functions, which are also the losses' own names. Their classes and short forms lead to the same.</summary>
    private static readonly string[] KnownNames =
        ["binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "mean_squared_error", "mean_absolute_error", "crossentropy", "mse", "mae", "bce", "ce"];

    /// <summary>A name is a loss: <c>model.Compile(new SGD(0.01), "binary_crossentropy")</c>.</summary>
    /// <param name="identifier">A name as <see cref="Get"/> takes it.</param>
    /// <exception cref="ArgumentException">No loss has that name; the message has the nearest and all that are known.</exception>
    public static implicit operator Loss(string identifier) => Get(identifier);

    /// <summary>The loss of that name, with its defaults.</summary>
    /// <param name="identifier">
    /// A Keras name: of the class, of the function, or a short form such as <c>mse</c>. Which loss <c>crossentropy</c> or <c>ce</c> is the shapes tell, as with <c>accuracy</c>.
    /// </param>
    /// <exception cref="ArgumentException">No loss has that name; the message has the nearest and all that are known.</exception>
    public static Loss Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Find(identifier) ?? throw new ArgumentException(
            $"Could not interpret loss identifier: {identifier}.{(NearestName.Of(identifier, KnownNames) is string name ? $" Did you mean '{name}'?" : "")} " +
            $"Known losses: {string.Join(", ", KnownNames)}.", nameof(identifier));
    }

    /// <summary>The loss of that name; null where none has it.</summary>
    internal static Loss? Find(string identifier) => identifier switch
    {
        "BinaryCrossentropy" or "binary_crossentropy" or "bce" or "BCE" => new BinaryCrossentropy(),
        "CategoricalCrossentropy" or "categorical_crossentropy" => new CategoricalCrossentropy(),
        "SparseCategoricalCrossentropy" or "sparse_categorical_crossentropy" => new SparseCategoricalCrossentropy(),
        "MeanSquaredError" or "mean_squared_error" or "mse" or "MSE" => new MeanSquaredError(),
        "MeanAbsoluteError" or "mean_absolute_error" or "mae" or "MAE" => new MeanAbsoluteError(),
        _ when identifier.Equals("crossentropy", StringComparison.OrdinalIgnoreCase) || identifier.Equals("ce", StringComparison.OrdinalIgnoreCase) => new Crossentropy(),
        _ => null,
    };
}
