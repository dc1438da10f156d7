namespace CompiledNets.Initializers;

/// <summary>What <see cref="VarianceScaling"/> draws from.</summary>
public enum Distribution
{
    /// <summary>
    /// Keras's <c>truncated_normal</c> or <c>normal</c>: normal, within two standard deviations of zero, and widened so that the cut leaves
    /// the variance that was asked for.
    /// </summary>
    TruncatedNormal,

    /// <summary>Keras's <c>untruncated_normal</c>: normal.</summary>
    UntruncatedNormal,

    /// <summary>Keras's <c>uniform</c>: uniform around zero.</summary>
    Uniform,
}
