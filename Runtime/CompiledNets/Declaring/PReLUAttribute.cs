namespace CompiledNets;

/// <summary>
/// x where it is positive, else alpha x with a trained alpha. Weights: alpha, of the shape of a sample, with size 1 along shared axes.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class PReLUAttribute() : LayerAttribute
{
    /// <summary>Default: zeros.</summary>
    public string AlphaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// Axes along which one alpha serves all, the batch being 0. Default: none; for pictures it is usually <c>[1, 2]</c>.
    /// </summary>
    public int[] SharedAxes { get; set; } = [];

    /// <summary>
    /// The alpha's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: none.
    /// </summary>
    public string? AlphaRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the alpha; not negative. Default: 0.</summary>
    public double AlphaL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the alpha; not negative. Default: 0.</summary>
    public double AlphaL2 { get; set; }

    /// <summary>
    /// The alpha's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? AlphaConstraint { get; set; }
}
