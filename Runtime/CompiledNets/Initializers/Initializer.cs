namespace CompiledNets;

/// <summary>How a weight starts. The constants name Keras's initializers, with their defaults, where an attribute takes one.</summary>
public abstract partial class Initializer
{
    /// <summary>All zero.</summary>
    public const string Zeros = "zeros";

    /// <summary>All one.</summary>
    public const string Ones = "ones";

    /// <summary>Uniform in [-0.05, 0.05).</summary>
    public const string RandomUniform = "random_uniform";

    /// <summary>Normal with a standard deviation of 0.05.</summary>
    public const string RandomNormal = "random_normal";

    /// <summary>Normal with a standard deviation of 0.05, drawn again beyond two of them.</summary>
    public const string TruncatedNormal = "truncated_normal";

    /// <summary>Truncated normal with the variance 1 / inputs.</summary>
    public const string VarianceScaling = "variance_scaling";

    /// <summary>Uniform within ±sqrt(6 / (inputs + outputs)).</summary>
    public const string GlorotUniform = "glorot_uniform";

    /// <summary>Truncated normal with the variance 2 / (inputs + outputs).</summary>
    public const string GlorotNormal = "glorot_normal";

    /// <summary>Uniform within ±sqrt(6 / inputs).</summary>
    public const string HeUniform = "he_uniform";

    /// <summary>Truncated normal with the variance 2 / inputs.</summary>
    public const string HeNormal = "he_normal";

    /// <summary>Uniform within ±sqrt(3 / inputs).</summary>
    public const string LecunUniform = "lecun_uniform";

    /// <summary>Truncated normal with the variance 1 / inputs.</summary>
    public const string LecunNormal = "lecun_normal";

    /// <summary>A random matrix whose rows or columns are orthonormal.</summary>
    public const string Orthogonal = "orthogonal";

    /// <summary>The identity matrix.</summary>
    public const string Identity = "identity";

    /// <summary>Fills a weight.</summary>
    /// <param name="values">The weight, in Keras's order.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="seed">
    /// Key of the random numbers: the same seed and shape give the same values. An initializer that was given a seed of its own takes that
    /// instead.
    /// </param>
    /// <exception cref="ArgumentException">The initializer is not for weights of such a shape.</exception>
    public abstract void Fill(Span<float> values, ReadOnlySpan<int> shape, ulong seed);
}
