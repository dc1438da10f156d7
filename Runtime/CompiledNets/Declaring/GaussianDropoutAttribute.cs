namespace CompiledNets;

/// <summary>
/// In training, multiplies each element by a normal random number of mean 1 and standard deviation sqrt(rate / (1 - rate)); nothing in
/// inference.
/// </summary>
/// <param name="rate">The rate, at least 0 and less than 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GaussianDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The rate, at least 0 and less than 1.</summary>
    public double Rate { get; } = rate;
}
