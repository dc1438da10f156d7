namespace CompiledNets;

/// <summary>Metrics by the strings that Keras takes for them.</summary>
public abstract partial class Metric
{
    private static readonly string[] KnownNames =
    [
        "accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "mean_squared_error", "root_mean_squared_error", "mean_absolute_error",
        "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "mse", "mae", "bce",
    ];

    /// <summary>The metric of that name, with its defaults. It stands in logs and history under the very string, as in Keras.</summary>
    /// <param name="identifier">A Keras name: of the class, of the function, or a short form such as <c>mse</c>. What <c>accuracy</c> or <c>acc</c> means the shapes tell.</param>
    /// <param name="targetShape">Shape of the target of one sample.</param>
    /// <param name="outputShape">Shape of the output of one sample.</param>
    /// <exception cref="ArgumentException">No metric has that name.</exception>
    public static Metric Get(string identifier, ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return identifier switch
        {
            _ when IsAccuracy(identifier) => TargetKinds.Of(targetShape, outputShape) switch
            {
                TargetKind.Binary => new BinaryAccuracy(identifier),
                TargetKind.SparseCategorical => new SparseCategoricalAccuracy(identifier),
                _ => new CategoricalAccuracy(identifier),
            },
            "BinaryAccuracy" or "binary_accuracy" => new BinaryAccuracy(identifier),
            "CategoricalAccuracy" or "categorical_accuracy" => new CategoricalAccuracy(identifier),
            "SparseCategoricalAccuracy" or "sparse_categorical_accuracy" => new SparseCategoricalAccuracy(identifier),
            "MeanSquaredError" or "mean_squared_error" or "mse" or "MSE" => new Metrics.MeanSquaredError(identifier),
            "RootMeanSquaredError" or "root_mean_squared_error" => new RootMeanSquaredError(identifier),
            "MeanAbsoluteError" or "mean_absolute_error" or "mae" or "MAE" => new Metrics.MeanAbsoluteError(identifier),
            "BinaryCrossentropy" or "binary_crossentropy" or "bce" or "BCE" => new Metrics.BinaryCrossentropy(identifier),
            "CategoricalCrossentropy" or "categorical_crossentropy" => new Metrics.CategoricalCrossentropy(identifier),
            "SparseCategoricalCrossentropy" or "sparse_categorical_crossentropy" => new Metrics.SparseCategoricalCrossentropy(identifier),
            _ => throw new ArgumentException(
                $"Could not interpret metric identifier: {identifier}.{(NearestName.Of(identifier, KnownNames) is string name ? $" Did you mean '{name}'?" : "")} " +
                $"Known metrics: {string.Join(", ", KnownNames)}.", nameof(identifier)),
        };
    }

    private static bool IsAccuracy(string identifier) =>
        identifier.Equals("accuracy", StringComparison.OrdinalIgnoreCase) || identifier.Equals("acc", StringComparison.OrdinalIgnoreCase);
}
