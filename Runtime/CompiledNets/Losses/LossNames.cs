namespace CompiledNets;

/// <summary>Losses by the strings that Keras takes for them.</summary>
public abstract partial class Loss
{
    /// <summary>The names of functions, which are also the losses' own names. Their classes and short forms lead to the same.</summary>
    private static readonly string[] KnownNames =
        ["binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "mean_squared_error", "mean_absolute_error", "crossentropy", "mse", "mae", "bce", "ce"];

    /// <summary>The loss of that name, with its defaults.</summary>
    /// <param name="identifier">A Keras name: of the class, of the function, or a short form such as <c>mse</c>.</param>
    /// <exception cref="ArgumentException">No loss has that name, or it is <c>crossentropy</c>, which only shapes tell.</exception>
    public static Loss Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return identifier switch
        {
            "BinaryCrossentropy" or "binary_crossentropy" or "bce" or "BCE" => new BinaryCrossentropy(),
            "CategoricalCrossentropy" or "categorical_crossentropy" => new CategoricalCrossentropy(),
            "SparseCategoricalCrossentropy" or "sparse_categorical_crossentropy" => new SparseCategoricalCrossentropy(),
            "MeanSquaredError" or "mean_squared_error" or "mse" or "MSE" => new MeanSquaredError(),
            "MeanAbsoluteError" or "mean_absolute_error" or "mae" or "MAE" => new MeanAbsoluteError(),
            _ when IsCrossentropy(identifier) => throw new ArgumentException(
                $"Which crossentropy '{identifier}' means depends on the shapes of targets and outputs; give those too, or name the loss in full.", nameof(identifier)),
            _ => throw new ArgumentException(
                $"Could not interpret loss identifier: {identifier}.{(NearestName.Of(identifier, KnownNames) is string name ? $" Did you mean '{name}'?" : "")} " +
                $"Known losses: {string.Join(", ", KnownNames)}.", nameof(identifier)),
        };
    }

    /// <summary>The loss of that name for targets and outputs of these shapes: <c>crossentropy</c> and <c>ce</c> are resolved by them, as <c>accuracy</c> is.</summary>
    /// <param name="identifier">A Keras name.</param>
    /// <param name="targetShape">Shape of the target of one sample.</param>
    /// <param name="outputShape">Shape of the output of one sample.</param>
    /// <exception cref="ArgumentException">No loss has that name.</exception>
    public static Loss Get(string identifier, ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        if (!IsCrossentropy(identifier))
        {
            return Get(identifier);
        }

        return TargetKinds.Of(targetShape, outputShape) switch
        {
            TargetKind.Binary => new BinaryCrossentropy(),
            TargetKind.SparseCategorical => new SparseCategoricalCrossentropy(),
            _ => new CategoricalCrossentropy(),
        };
    }

    private static bool IsCrossentropy(string identifier) =>
        identifier.Equals("crossentropy", StringComparison.OrdinalIgnoreCase) || identifier.Equals("ce", StringComparison.OrdinalIgnoreCase);
}
