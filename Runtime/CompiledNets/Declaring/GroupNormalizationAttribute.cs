namespace CompiledNets;

/// <summary>
/// Brings each group of channels of a sample to mean 0 and variance 1, over all other axes too, then scales each channel by gamma and shifts it by beta. Weights: gamma, beta, each of the channels' size.
/// </summary>
/// <param name="groups">The groups, which divide the channels evenly; -1 for each channel by itself. Default: 32.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GroupNormalizationAttribute(int groups = 32) : LayerAttribute
{
    /// <summary>The groups, which divide the channels evenly; -1 for each channel by itself. Default: 32.</summary>
    public int Groups { get; } = groups;

    /// <summary>The axis of the channels, the batch being 0. Default: -1, the last.</summary>
    public int Axis { get; set; } = -1;

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
