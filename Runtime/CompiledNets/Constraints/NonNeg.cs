using System.Numerics.Tensors;

namespace CompiledNets.Constraints;

/// <summary>Makes negative numbers of a weight zero (Keras).</summary>
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    public override void Apply(Span<float> weight, ReadOnlySpan<int> shape) => TensorPrimitives.Max(weight, 0, weight);
}
