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
}
