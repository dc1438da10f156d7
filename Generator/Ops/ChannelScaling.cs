namespace CompiledNets.Generator.Ops;

/// <summary>
/// A value normalized by known moments of its channels, scaled and shifted, as a prediction does it. It is a pointwise op as any, and one
/// that a convolution before it can have in its weights.
/// </summary>
internal sealed class ChannelScaling : Pointwise
{
    /// <summary>Makes it.</summary>
    /// <param name="layer">Its layer.</param>
    /// <param name="scale">The moments, and what it is scaled and shifted by.</param>
    /// <param name="inputs">Operands of the expression, the value first.</param>
    /// <param name="accesses">How they meet the elements.</param>
    /// <param name="expression">The result.</param>
    /// <param name="output">Where it goes.</param>
    public ChannelScaling(string layer, ChannelScale scale, IReadOnlyList<Value> inputs, IReadOnlyList<Access> accesses,
        Scalar expression, Value output)
        : base(layer, inputs, accesses, expression, output) => Scale = scale;

    /// <summary>The moments, and what it is scaled and shifted by.</summary>
    public ChannelScale Scale { get; }
}

/// <summary>(x - mean) gamma / √(variance + ε) + beta for each channel, all of them weights.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Variance">The variance.</param>
/// <param name="Epsilon">What is added to it.</param>
/// <param name="Gamma">What it is scaled by; null for nothing.</param>
/// <param name="Beta">What it is shifted by; null for nothing.</param>
internal sealed record ChannelScale(Value Mean, Value Variance, double Epsilon, Value? Gamma, Value? Beta)
{
    /// <summary>Whether all of it are weights.</summary>
    public bool IsOfWeights =>
        new[] { Mean, Variance, Gamma, Beta }.All(value => value is null || value.Space == Space.Weight);

    /// <summary>The result for a number of a channel.</summary>
    public double Of(Evaluation evaluation, int channel, double x) =>
        ((x - evaluation[Mean][channel]) * (Gamma is null ? 1 : evaluation[Gamma][channel])
            / Math.Sqrt(evaluation[Variance][channel] + Epsilon)) + (Beta is null ? 0 : evaluation[Beta][channel]);
}
