namespace CompiledNets;

/// <summary>x where it is positive, else alpha x with a trained alpha. Weights: alpha, of the shape of a sample, with size 1 along shared axes.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class PReLUAttribute() : LayerAttribute
{
    /// <summary>Default: zeros.</summary>
    public string AlphaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>Axes along which one alpha serves all, the batch being 0. Default: none; for pictures it is usually <c>[1, 2]</c>.</summary>
    public int[] SharedAxes { get; set; } = [];
}
