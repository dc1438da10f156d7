namespace CompiledNets;

/// <summary>
/// What targets are, as far as shapes tell. Keras reads the words <c>accuracy</c> and <c>crossentropy</c> by it; the loss is not asked.
/// </summary>
internal enum TargetKind
{
    /// <summary>Yes or no: the output is one number.</summary>
    Binary,

    /// <summary>Class numbers.</summary>
    SparseCategorical,

    /// <summary>A number for each class.</summary>
    Categorical,
}

/// <summary>Tells what targets are.</summary>
internal static class TargetKinds
{
    /// <summary>Keras's rule (<c>is_binary_or_sparse_categorical</c>), for shapes of one sample.</summary>
    public static TargetKind Of(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        outputShape is [] or [.., 1] ? TargetKind.Binary
        : targetShape.Length < outputShape.Length || targetShape is [.., 1] ? TargetKind.SparseCategorical
        : TargetKind.Categorical;
}
