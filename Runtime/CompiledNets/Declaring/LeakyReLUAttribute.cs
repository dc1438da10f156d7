namespace CompiledNets;

/// <summary>x where it is positive, else the slope times x.</summary>
/// <param name="negativeSlope">The slope. Default: 0.3, where the activation <see cref="Activation.LeakyRelu"/> has 0.2.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReLUAttribute(double negativeSlope = 0.3) : LayerAttribute
{
    /// <summary>The slope below zero. Default: 0.3.</summary>
    public double NegativeSlope { get; } = negativeSlope;
}
