namespace CompiledNets;

/// <summary>Puts the axes into another order.</summary>
/// <param name="dims">For each axis of the result the axis that it was, counted from 1: <c>Permute(2, 1)</c> exchanges two.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class PermuteAttribute(params int[] dims) : LayerAttribute
{
    /// <summary>For each axis of the result the axis that it was, counted from 1.</summary>
    public int[] Dims { get; } = dims;
}
