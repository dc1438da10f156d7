using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Features and their targets, row by row.</summary>
public sealed class Dataset
{
    /// <summary>Pairs features and targets.</summary>
    /// <param name="features">Samples first: (n, ...).</param>
    /// <param name="targets">As many rows as <paramref name="features"/>.</param>
    /// <param name="sampleWeights">A weight for each row, or null.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public Dataset(Tensor<float> features, Tensor<float> targets, Tensor<float>? sampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        Features = features;
        Targets = targets;
        SampleWeights = sampleWeights;
    }

    /// <summary>The features, samples first.</summary>
    public Tensor<float> Features { get; }

    /// <summary>The targets, samples first.</summary>
    public Tensor<float> Targets { get; }

    /// <summary>A weight for each sample; null for none.</summary>
    public Tensor<float>? SampleWeights { get; }
}
