using CompiledNets.Regularizers;

namespace CompiledNets.Keras.Training;

/// <summary>Regularizers from Keras's config.</summary>
public static class KerasRegularizers
{
    /// <summary>The regularizer of a class with arguments.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such regularizer, or not with these options.</exception>
    public static Regularizer Create(KerasObject regularizer)
    {
        ArgumentNullException.ThrowIfNull(regularizer);
        Regularizer created = regularizer.ClassName switch
        {
            "L1" => new L1(regularizer.Number("l1", 0.01)),
            "L2" => new L2(regularizer.Number("l2", 0.01)),
            "L1L2" => new L1L2(regularizer.Number("l1", 0), regularizer.Number("l2", 0)),
            "OrthogonalRegularizer" => new OrthogonalRegularizer(regularizer.Number("factor", 0.01), ModeOf(regularizer)),
            _ => throw new KerasUnsupportedException($"regularizer {regularizer.ClassName}"),
        };
        regularizer.RefuseRest();
        return created;
    }

    private static OrthogonalMode ModeOf(KerasObject regularizer) => regularizer.Text("mode") switch
    {
        null or "rows" => OrthogonalMode.Rows,
        "columns" => OrthogonalMode.Columns,
        _ => throw regularizer.Wrong("mode", regularizer.Take("mode")),
    };
}
