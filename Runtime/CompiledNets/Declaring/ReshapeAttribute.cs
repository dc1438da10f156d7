namespace CompiledNets;

/// <summary>Gives the elements another shape, in row-major order.</summary>
/// <param name="targetShape">The new sizes, without the batch; one may be -1 and follows from the others.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ReshapeAttribute(params int[] targetShape) : LayerAttribute
{
    /// <summary>The new sizes, without the batch; one may be -1 and follows from the others.</summary>
    public int[] TargetShape { get; } = targetShape;
}
