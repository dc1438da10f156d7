using System.Text.Json;

namespace CompiledNets.Keras.Training;

/// <summary>Losses from Keras's config.</summary>
public static class KerasLosses
{
    /// <summary>The loss of a class with arguments.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such loss, or not with these options.</exception>
    public static Loss Create(KerasObject loss)
    {
        Reduction reduction = ReductionOf(loss.Take("reduction"));
        Loss created = loss.ClassName switch
        {
            "MeanSquaredError" => new MeanSquaredError(reduction),
            "MeanAbsoluteError" => new MeanAbsoluteError(reduction),
            "BinaryCrossentropy" => new BinaryCrossentropy(loss.Bool("from_logits", false), (float)loss.Number("label_smoothing", 0), loss.Int("axis", -1), reduction),
            "CategoricalCrossentropy" => new CategoricalCrossentropy(loss.Bool("from_logits", false), (float)loss.Number("label_smoothing", 0), loss.Int("axis", -1), reduction),
            "SparseCategoricalCrossentropy" => new SparseCategoricalCrossentropy(
                loss.Bool("from_logits", false), loss.Take("ignore_class") is { } ignored ? ignored.GetInt32() : null, reduction, loss.Int("axis", -1)),
            _ => throw new KerasUnsupportedException($"loss {loss.ClassName}"),
        };
        loss.RefuseRest();
        return created;
    }

    // "none" and null both mean none; a config without the word means the default.
    private static Reduction ReductionOf(JsonElement? reduction) => reduction?.GetString() switch
    {
        null or "sum_over_batch_size" or "mean" => Reduction.SumOverBatchSize,
        "sum" => Reduction.Sum,
        "mean_with_sample_weight" => Reduction.MeanWithSampleWeight,
        "none" => Reduction.None,
        string other => throw new KerasUnsupportedException($"reduction {other}"),
    };
}
