using CompiledNets.Naming;

namespace CompiledNets.Keras.Training;

/// <summary>Metrics from Keras's config.</summary>
public static class KerasMetrics
{
    /// <summary>The metric of a class with arguments.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such metric, or not with these options.</exception>
    public static Metric Create(KerasObject metric)
    {
        string name = metric.Text("name") ?? (metric.ClassName == "LogCoshError" ? "logcosh" : SnakeCase.Of(metric.ClassName));
        Metric created = metric.ClassName switch
        {
            "Accuracy" => new Accuracy(name),
            "BinaryAccuracy" => new BinaryAccuracy(name, (float)metric.Number("threshold", 0.5)),
            "CategoricalAccuracy" => new CategoricalAccuracy(name),
            "SparseCategoricalAccuracy" => new SparseCategoricalAccuracy(name),
            "MeanSquaredError" => new MeanSquaredError(name: name),
            "RootMeanSquaredError" => new RootMeanSquaredError(name),
            "MeanAbsoluteError" => new MeanAbsoluteError(name: name),
            "LogCoshError" => new LogCosh(name: name),
            "BinaryCrossentropy" =>
                new BinaryCrossentropy(metric.Bool("from_logits", false), (float)metric.Number("label_smoothing", 0), name: name),
            "CategoricalCrossentropy" =>
                new CategoricalCrossentropy(metric.Bool("from_logits", false), (float)metric.Number("label_smoothing", 0),
                LastAxis.Of(metric), name: name),
            "SparseCategoricalCrossentropy" =>
                new SparseCategoricalCrossentropy(metric.Bool("from_logits", false), axis: LastAxis.Of(metric), name: name),
            _ => throw new KerasUnsupportedException($"metric {metric.ClassName}"),
        };
        metric.RefuseRest();
        return created;
    }
}
