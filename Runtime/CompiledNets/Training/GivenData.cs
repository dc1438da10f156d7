using CompiledNets.Data;

namespace CompiledNets;

/// <summary>Data as it was given, with the names that messages use for it.</summary>
/// <param name="X">By input, the features.</param>
/// <param name="Y">By output, the targets; null for an output without any.</param>
/// <param name="Weights">By output, the sample weights; null for none.</param>
/// <param name="ClassWeights">By output, a weight for the samples of each class; null for none.</param>
internal readonly record struct GivenData(
    IReadOnlyList<Samples> X, IReadOnlyList<Samples?> Y, IReadOnlyList<Samples?>? Weights = null,
    IReadOnlyList<IReadOnlyDictionary<int, float>?>? ClassWeights = null)
{
    /// <summary>The name of the features.</summary>
    public string NameOfX { get; init; } = "x";

    /// <summary>The name of the targets.</summary>
    public string NameOfY { get; init; } = "y";

    /// <summary>The name of the sample weights.</summary>
    public string NameOfWeights { get; init; } = "sampleWeight";

    /// <summary>Features, targets and weights of a network with one input and one output.</summary>
    public static GivenData OfOne(
        Samples x, Samples y, Samples? sampleWeight, IReadOnlyDictionary<int, float>? classWeight = null) =>
        new([x], [y], sampleWeight is null ? null : [sampleWeight], classWeight is null ? null : [classWeight]);

    /// <summary>A data set to validate on.</summary>
    public static GivenData OfValidation(Dataset data) => OfOne(data.Features, data.Targets, data.SampleWeights) with
    {
        NameOfX = "validationData.Features",
        NameOfY = "validationData.Targets",
        NameOfWeights = "validationData.SampleWeights",
    };

    /// <summary>Lists to validate on.</summary>
    public static GivenData OfValidation(
        IReadOnlyList<Samples> x, IReadOnlyList<Samples?> y, IReadOnlyList<Samples?>? sampleWeight) => new(x, y, sampleWeight)
        {
            NameOfX = "validationData.X",
            NameOfY = "validationData.Y",
            NameOfWeights = "validationSampleWeight",
        };
}
