using CompiledNets.Naming;

namespace CompiledNets.Keras.Training;

/// <summary>Losses from Keras's config.</summary>
public static class KerasLosses
{
    /// <summary>The loss of a class with arguments.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such loss, or not with these options.</exception>
    public static Loss Create(KerasObject loss)
    {
        Reduction reduction = ReductionOf(loss);
        string name = loss.Text("name") ?? SnakeCase.Of(loss.ClassName);
        Loss created = loss.ClassName switch
        {
            "MeanSquaredError" => new MeanSquaredError(reduction, name),
            "MeanAbsoluteError" => new MeanAbsoluteError(reduction, name),
            "LogCosh" => new LogCosh(reduction, name),
            "BinaryCrossentropy" =>
                new BinaryCrossentropy(loss.Bool("from_logits", false), (float)loss.Number("label_smoothing", 0), LastAxis.Of(loss),
                reduction, name),
            "CategoricalCrossentropy" =>
                new CategoricalCrossentropy(loss.Bool("from_logits", false), (float)loss.Number("label_smoothing", 0), LastAxis.Of(loss),
                reduction, name),
            "SparseCategoricalCrossentropy" => new SparseCategoricalCrossentropy(
                loss.Bool("from_logits", false), loss.Take("ignore_class") is null ? null
                    : loss.Int("ignore_class", 0), reduction, LastAxis.Of(loss), name),
            _ => throw new KerasUnsupportedException($"loss {loss.ClassName}"),
        };
        loss.RefuseRest();
        return created;
    }

    // "none" and null both mean none; a config without the word means the default, which Keras 2 calls "auto".
    private static Reduction ReductionOf(KerasObject loss) => loss.Text("reduction") switch
    {
        "none" => Reduction.None,
        null when loss.Has("reduction") => Reduction.None,
        null or "auto" or "sum_over_batch_size" or "mean" => Reduction.SumOverBatchSize,
        "sum" => Reduction.Sum,
        "mean_with_sample_weight" => Reduction.MeanWithSampleWeight,
        _ => throw loss.Wrong("reduction", loss.Take("reduction")),
    };
}
