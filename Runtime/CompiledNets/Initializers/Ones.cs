namespace CompiledNets.Initializers;

/// <summary>Starts a weight as ones.</summary>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, ReadOnlySpan<int> shape, ulong seed) => values.Fill(1);
}
