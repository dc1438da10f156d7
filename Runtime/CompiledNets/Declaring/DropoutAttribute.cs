namespace CompiledNets;

/// <summary>In training, sets each element to zero with a probability and scales the others by 1 / (1 - rate); nothing in inference.</summary>
/// <param name="rate">The probability, at least 0 and less than 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability, at least 0 and less than 1.</summary>
    public double Rate { get; } = rate;
}
