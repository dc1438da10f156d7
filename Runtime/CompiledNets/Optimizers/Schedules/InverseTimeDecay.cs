namespace CompiledNets;

/// <summary>Shrinks ever more slowly: <c>initialLearningRate / (1 + decayRate * step / decaySteps)</c> (Keras).</summary>
public sealed class InverseTimeDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="initialLearningRate">The learning rate of the first step.</param>
    /// <param name="decaySteps">Steps in which the divisor grows by the rate.</param>
    /// <param name="decayRate">The rate.</param>
    /// <param name="staircase">Whether it stays the same within <paramref name="decaySteps"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the steps are not positive.</exception>
    public InverseTimeDecay(double initialLearningRate, double decaySteps, double decayRate, bool staircase = false)
    {
        InitialLearningRate = Finite(initialLearningRate, nameof(initialLearningRate));
        DecaySteps = Positive(decaySteps, nameof(decaySteps));
        DecayRate = Finite(decayRate, nameof(decayRate));
        Staircase = staircase;
    }

    /// <summary>The learning rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps in which the divisor grows by the rate.</summary>
    public double DecaySteps { get; }

    /// <summary>The rate.</summary>
    public double DecayRate { get; }

    /// <summary>Whether it stays the same within <see cref="DecaySteps"/>.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    public override double Rate(long step)
    {
        double part = step / DecaySteps;
        return InitialLearningRate / (1 + (DecayRate * (Staircase ? Math.Floor(part) : part)));
    }
}
