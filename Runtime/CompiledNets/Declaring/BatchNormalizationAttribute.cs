namespace CompiledNets;

/// <summary>
/// Brings each channel to mean 0 and variance 1 over the batch, then scales by gamma and shifts by beta; in inference by the moving mean
/// and variance. Weights: gamma, beta, moving_mean, moving_variance, each of the channels' size.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormalizationAttribute() : CenterScaleAttribute
{
    /// <summary>The axis of the channels, the batch being 0. Default: -1, the last.</summary>
    public int Axis { get; set; } = -1;

    /// <summary>What the moving statistics keep of their value in a step, from 0 to 1. Default: 0.99.</summary>
    public double Momentum { get; set; } = 0.99;

    /// <summary>Default: zeros.</summary>
    public string MovingMeanInitializer { get; set; } = Initializer.Zeros;

    /// <summary>Default: ones.</summary>
    public string MovingVarianceInitializer { get; set; } = Initializer.Ones;
}
