namespace CompiledNets;

/// <summary>
/// A normalization that scales by gamma and shifts by beta: what is said of the two, which Keras's layers of the kind share.
/// </summary>
public abstract class CenterScaleAttribute : LayerAttribute
{
    private protected CenterScaleAttribute()
    {
    }

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
    /// The gamma's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: none.
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
