namespace CompiledNets.Initializers;

/// <summary>Starts a weight as zeros.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ReadOnlySpan<int> shape, ulong seed) => values.Clear();
}
