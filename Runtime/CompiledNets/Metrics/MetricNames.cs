namespace CompiledNets;

/// <summary>Metrics by the strings that Keras takes for them.</summary>
public abstract partial class Metric
{
    private static readonly string[] KnownNames =
    [
        "accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "mean_squared_error", "root_mean_squared_error", "mean_absolute_error",
        "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "crossentropy", "mse", "rmse", "mae", "bce", "ce",
    ];

    /// <summary>A name is a metric: <c>model.Compile("adam", "mse", "mae")</c>.</summary>
    /// <param name="identifier">A name as <see cref="Get"/> takes it.</param>
    /// <exception cref="ArgumentException">No metric has that name; the message has the nearest and all that are known.</exception>
    public static implicit operator Metric(string identifier) => Get(identifier);

    /// <summary>A loss is a metric, too: the mean of its values, under its own name. <c>model.Compile("adam", "mse", new MeanAbsoluteError())</c>.</summary>
    /// <param name="loss">The loss.</param>
    public static implicit operator Metric(Loss loss) => Of(loss);

    /// <summary>The mean of a loss's values as a metric, under the loss's name.</summary>
    /// <param name="loss">The loss; its reduction does not matter.</param>
    public static Metric Of(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new LossMetric(loss, loss.Name);
    }

    /// <summary>The metric of that name, with its defaults. It stands in logs and history under the very string, as in Keras.</summary>
    /// <param name="identifier">
    /// A Keras name: of the class, of the function, or a short form such as <c>mse</c>. What <c>accuracy</c> and <c>crossentropy</c> mean the shapes tell, with the first data.
    /// </param>
    /// <exception cref="ArgumentException">No metric has that name; the message has the nearest and all that are known.</exception>
    public static Metric Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return identifier switch
        {
            _ when Is(identifier, "accuracy") || Is(identifier, "acc") => new Accuracy(identifier),
            "BinaryAccuracy" or "binary_accuracy" => new BinaryAccuracy(identifier),
            "CategoricalAccuracy" or "categorical_accuracy" => new CategoricalAccuracy(identifier),
            "SparseCategoricalAccuracy" or "sparse_categorical_accuracy" => new SparseCategoricalAccuracy(identifier),
            "RootMeanSquaredError" or "root_mean_squared_error" or "rmse" or "RMSE" => new RootMeanSquaredError(identifier),
            _ when Loss.Find(identifier) is Loss loss => new LossMetric(loss, identifier),
            _ => throw new ArgumentException(
                $"Could not interpret metric identifier: {identifier}.{(NearestName.Of(identifier, KnownNames) is string name ? $" Did you mean '{name}'?" : "")} " +
                $"Known metrics: {string.Join(", ", KnownNames)}.", nameof(identifier)),
        };
    }

    private static bool Is(string identifier, string name) => identifier.Equals(name, StringComparison.OrdinalIgnoreCase);
}
