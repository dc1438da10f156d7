namespace CompiledNets;

/// <summary>In training, adds normal random numbers of mean 0 to each element; nothing in inference.</summary>
/// <param name="stddev">Their standard deviation, from 0 to 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GaussianNoiseAttribute(double stddev) : LayerAttribute
{
    /// <summary>Standard deviation of what is added, from 0 to 1.</summary>
    public double Stddev { get; } = stddev;
}
