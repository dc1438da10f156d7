namespace CompiledNets;

/// <summary>
/// Falls along half a cosine, and starts again: each time the way is <c>tMul</c> times as long, and begins at <c>mMul</c> times the rate
/// (Loshchilov and Hutter 2016; Keras).
/// </summary>
public sealed class CosineDecayRestarts : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="initialLearningRate">The learning rate of the first step.</param>
    /// <param name="firstDecaySteps">Steps until the first restart.</param>
    /// <param name="tMul">How much longer each way is than the one before it.</param>
    /// <param name="mMul">What each way begins at, as a part of what the one before it began at.</param>
    /// <param name="alpha">What is left at the end of a way, as a part of the initial learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is not finite, the steps are not positive, or <paramref name="tMul"/> is less than 1.
    /// </exception>
    public CosineDecayRestarts(
        double initialLearningRate, double firstDecaySteps, double tMul = 2, double mMul = 1, double alpha = 0)
    {
        InitialLearningRate = Finite(initialLearningRate, nameof(initialLearningRate));
        FirstDecaySteps = Positive(firstDecaySteps, nameof(firstDecaySteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(tMul, 1);
        TMul = Finite(tMul, nameof(tMul));
        MMul = Finite(mMul, nameof(mMul));
        Alpha = Finite(alpha, nameof(alpha));
    }

    /// <summary>The learning rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps until the first restart.</summary>
    public double FirstDecaySteps { get; }

    /// <summary>How much longer each way is than the one before it.</summary>
    public double TMul { get; }

    /// <summary>What each way begins at, as a part of what the one before it began at.</summary>
    public double MMul { get; }

    /// <summary>What is left at the end of a way, as a part of the initial learning rate.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    public override double Rate(long step)
    {
        double part = step / FirstDecaySteps, restarts;
        if (TMul == 1)
        {
            restarts = Math.Floor(part);
            part -= restarts;
        }
        else
        {
            // The ways before the one at hand are a geometric series.
            restarts = Math.Floor(Math.Log(1 - (part * (1 - TMul))) / Math.Log(TMul));
            double longer = Math.Pow(TMul, restarts);
            part = (part - ((1 - longer) / (1 - TMul))) / longer;
        }

        double cosine = 0.5 * Math.Pow(MMul, restarts) * (1 + Math.Cos(Math.PI * part));
        return InitialLearningRate * (((1 - Alpha) * cosine) + Alpha);
    }
}
