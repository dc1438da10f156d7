namespace CompiledNets;

/// <summary>
/// Brings each sample to mean 0 and variance 1 over some axes, then scales by gamma and shifts by beta. Weights: gamma, beta, each of the shape of these axes.
/// </summary>
/// <param name="axis">The axes, the batch being 0. Default: -1, the last.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormalizationAttribute(params int[] axis) : LayerAttribute
{
    /// <summary>The axes, the batch being 0. Default: -1, the last.</summary>
    public int[] Axis { get; } = axis.Length == 0 ? [-1] : axis;

    /// <summary>Added to the variance. Default: 0.001.</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether beta is added. Default: true.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether gamma scales. Default: true.</summary>
    public bool Scale { get; set; } = true;

    /// <summary>Default: zeros.</summary>
    public string BetaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>Default: ones.</summary>
    public string GammaInitializer { get; set; } = Initializer.Ones;

    /// <summary>
    /// The beta's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? BetaRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the beta; not negative. Default: 0.</summary>
    public double BetaL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the beta; not negative. Default: 0.</summary>
    public double BetaL2 { get; set; }

    /// <summary>
    /// The beta's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? BetaConstraint { get; set; }

    /// <summary>
    /// The gamma's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? GammaRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the gamma; not negative. Default: 0.</summary>
    public double GammaL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the gamma; not negative. Default: 0.</summary>
    public double GammaL2 { get; set; }

    /// <summary>
    /// The gamma's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? GammaConstraint { get; set; }
}
