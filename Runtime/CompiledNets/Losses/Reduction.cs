namespace CompiledNets;

/// <summary>How the values of a loss become the loss of a batch (Keras's <c>reduction</c>).</summary>
public enum Reduction
{
    /// <summary>Their sum divided by their number. Weights do not change the divisor. Keras's <c>mean</c> is the same.</summary>
    SumOverBatchSize,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum divided by the sum of the weights.</summary>
    MeanWithSampleWeight,

    /// <summary>They stay as they are, one for each position.</summary>
    None,
}
