namespace CompiledNets;

/// <summary>Repeats a vector: (features) becomes (n, features).</summary>
/// <param name="n">How often, positive.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RepeatVectorAttribute(int n) : LayerAttribute
{
    /// <summary>How often, positive.</summary>
    public int N { get; } = n;
}
