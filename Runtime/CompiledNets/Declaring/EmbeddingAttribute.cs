namespace CompiledNets;

/// <summary>
/// Looks up a row of a table for each number of an input: (...) becomes (..., outputDim). The numbers are whole and from 0 to
/// <paramref name="inputDim"/> - 1, which is checked before anything is read. Weights: embeddings (inputDim, outputDim).
/// </summary>
/// <param name="inputDim">Rows of the table: one more than the largest number; positive.</param>
/// <param name="outputDim">Numbers of a row; positive.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute(int inputDim, int outputDim) : LayerAttribute
{
    /// <summary>Rows of the table: one more than the largest number; positive.</summary>
    public int InputDim { get; } = inputDim;

    /// <summary>Numbers of a row; positive.</summary>
    public int OutputDim { get; } = outputDim;

    /// <summary>
    /// The table's initializer: a name of <see cref="Initializer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: uniform, from -0.05 to 0.05.
    /// </summary>
    public string EmbeddingsInitializer { get; set; } = "uniform";

    /// <summary>
    /// The table's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: none.
    /// </summary>
    public string? EmbeddingsRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the table; not negative. Default: 0.</summary>
    public double EmbeddingsL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the table; not negative. Default: 0.</summary>
    public double EmbeddingsL2 { get; set; }

    /// <summary>
    /// The table's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? EmbeddingsConstraint { get; set; }

    /// <summary>
    /// Whether 0 stands for a step that is not there: such steps are masked for the layers after it, and in the loss. Default: false.
    /// </summary>
    public bool MaskZero { get; set; }
}
