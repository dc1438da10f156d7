namespace CompiledNets;

/// <summary>
/// Falls along half a cosine: <c>rate * ((1 - alpha) * (1 + cos(pi * step / decaySteps)) / 2 + alpha)</c>, and stays there. Where there
/// is a warmup, it first rises in a straight line to the rate that it falls from (Loshchilov and Hutter 2016; Keras).
/// </summary>
public sealed class CosineDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="initialLearningRate">The learning rate of the first step.</param>
    /// <param name="decaySteps">Steps of the fall, those of the warmup not counted.</param>
    /// <param name="alpha">What is left at the end, as a part of the rate that it falls from.</param>
    /// <param name="warmupTarget">The rate at the end of the warmup; null for none.</param>
    /// <param name="warmupSteps">Steps of the warmup.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is not finite, the steps are not positive, or those of the warmup negative.
    /// </exception>
    public CosineDecay(
        double initialLearningRate, double decaySteps, double alpha = 0, double? warmupTarget = null, double warmupSteps = 0)
    {
        InitialLearningRate = Finite(initialLearningRate, nameof(initialLearningRate));
        DecaySteps = Positive(decaySteps, nameof(decaySteps));
        Alpha = Finite(alpha, nameof(alpha));
        WarmupTarget = warmupTarget is { } target ? Finite(target, nameof(warmupTarget)) : null;
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        WarmupSteps = Finite(warmupSteps, nameof(warmupSteps));
    }

    /// <summary>The learning rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps of the fall.</summary>
    public double DecaySteps { get; }

    /// <summary>What is left at the end, as a part of the rate that it falls from.</summary>
    public double Alpha { get; }

    /// <summary>The rate at the end of the warmup; null for none.</summary>
    public double? WarmupTarget { get; }

    /// <summary>Steps of the warmup.</summary>
    public double WarmupSteps { get; }

    /// <inheritdoc/>
    public override double Rate(long step)
    {
        if (WarmupTarget is not { } target) return Fall(step, InitialLearningRate);
        return step < WarmupSteps
            ? ((target - InitialLearningRate) * (step / WarmupSteps)) + InitialLearningRate : Fall(step - WarmupSteps, target);
    }

    private double Fall(double step, double from)
    {
        double cosine = 0.5 * (1 + Math.Cos(Math.PI * (Math.Min(step, DecaySteps) / DecaySteps)));
        return from * (((1 - Alpha) * cosine) + Alpha);
    }
}
