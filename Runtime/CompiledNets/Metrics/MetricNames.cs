using CompiledNets.Naming;

namespace CompiledNets;

/// <summary>Metrics by the strings that Keras takes for them.</summary>
public abstract partial class Metric
{
    /// <summary>All metrics that are no losses, or that Keras calls otherwise, by name; losses serve as metrics too.</summary>
    internal static NameTable<Metric> Table { get; } = new(
        "metric",
        [
            (nameof(Accuracy), ["acc"], static name => new Accuracy(name)),
            (nameof(BinaryAccuracy), [], static name => new BinaryAccuracy(name)),
            (nameof(CategoricalAccuracy), [], static name => new CategoricalAccuracy(name)),
            (nameof(SparseCategoricalAccuracy), [], static name => new SparseCategoricalAccuracy(name)),
            (nameof(RootMeanSquaredError), ["rmse"], static name => new RootMeanSquaredError(name)),
            ("LogCoshError", ["logcosh"], static name => new LossMetric(new LogCosh(), name)),
        ],
        [
            "AUC", "Precision", "Recall", "F1Score", "FBetaScore", "R2Score", "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy",
            "TruePositives", "FalsePositives", "TrueNegatives",
            "FalseNegatives", "SensitivityAtSpecificity", "SpecificityAtSensitivity", "PrecisionAtRecall", "RecallAtPrecision", "IoU",
            "BinaryIoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU",
            "Mean", "Sum", "MeanMetricWrapper", "PearsonCorrelation", "ConcordanceCorrelation",
            "MeanAbsolutePercentageError", "mape", "MeanSquaredLogarithmicError", "msle",
            "CosineSimilarity", "Hinge", "SquaredHinge", "CategoricalHinge", "KLDivergence", "kld", "Poisson",
        ]);

    /// <summary>A name is a metric: <c>model.Compile("adam", "mse", "mae")</c>.</summary>
    /// <param name="identifier">A name as <see cref="Get"/> takes it.</param>
    /// <exception cref="ArgumentException">No metric has that name; the message has the nearest and all that are known.</exception>
    public static implicit operator Metric(string identifier) => Get(identifier);

    /// <summary>
    /// A loss is a metric, too: the mean of its values, under its own name. <c>model.Compile("adam", "mse", new MeanAbsoluteError())</c>.
    /// </summary>
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
    /// A Keras name: of the class, of the function, or a short form such as <c>mse</c>. What <c>accuracy</c> and <c>crossentropy</c> mean
    /// the shapes tell, with the first data.
    /// </param>
    /// <exception cref="ArgumentException">No metric has that name; the message has the nearest and all that are known.</exception>
    public static Metric Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        if (Table.Find(identifier) is Metric metric) return metric;
        return Loss.Table.Find(identifier) is Loss loss ? new LossMetric(loss, identifier)
            : throw Table.Unknown(identifier, Loss.Table.Names);
    }
}
