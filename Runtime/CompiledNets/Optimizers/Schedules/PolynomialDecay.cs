namespace CompiledNets;

/// <summary>
/// Goes to another learning rate by a power of the steps that are left:
/// <c>(initialLearningRate - endLearningRate) * (1 - step / decaySteps)^power + endLearningRate</c>, and stays there (Keras).
/// </summary>
public sealed class PolynomialDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="initialLearningRate">The learning rate of the first step.</param>
    /// <param name="decaySteps">Steps until the end.</param>
    /// <param name="endLearningRate">The learning rate at the end.</param>
    /// <param name="power">The power; 1 for a straight line.</param>
    /// <param name="cycle">
    /// Whether it starts again at the end: then the way is twice, three times, ... as long, and begins where it would have been.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the steps are not positive.</exception>
    public PolynomialDecay(
        double initialLearningRate, double decaySteps, double endLearningRate = 0.0001, double power = 1, bool cycle = false)
    {
        InitialLearningRate = Finite(initialLearningRate, nameof(initialLearningRate));
        DecaySteps = Positive(decaySteps, nameof(decaySteps));
        EndLearningRate = Finite(endLearningRate, nameof(endLearningRate));
        Power = Finite(power, nameof(power));
        Cycle = cycle;
    }

    /// <summary>The learning rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps until the end.</summary>
    public double DecaySteps { get; }

    /// <summary>The learning rate at the end.</summary>
    public double EndLearningRate { get; }

    /// <summary>The power.</summary>
    public double Power { get; }

    /// <summary>Whether it starts again at the end.</summary>
    public bool Cycle { get; }

    /// <inheritdoc/>
    public override double Rate(long step)
    {
        double steps = Cycle ? DecaySteps * Math.Max(1, Math.Ceiling(step / DecaySteps)) : DecaySteps;
        double left = 1 - (Math.Min(step, steps) / steps);
        return ((InitialLearningRate - EndLearningRate) * Math.Pow(left, Power)) + EndLearningRate;
    }
}
