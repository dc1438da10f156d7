namespace CompiledNets.Regularizers;

/// <summary>What of a matrix is kept orthogonal.</summary>
public enum OrthogonalMode
{
    /// <summary>Its rows, axis 0.</summary>
    Rows,

    /// <summary>Its columns, axis 1.</summary>
    Columns,
}
