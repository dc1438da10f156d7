using System.Globalization;

namespace CompiledNets;

/// <summary>
/// A learning rate that changes from step to step: <c>new Adam(new CosineDecay(0.01, decaySteps: 1000))</c>. One of your own derives from
/// this class. It belongs to no network and may serve several optimizers.
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">
    /// Batches before this one, those of all epochs counted: with accumulated gradients several make one step of the optimizer.
    /// </param>
    /// <returns>The learning rate, not negative.</returns>
    public abstract double Rate(long step);

    private protected static double Finite(double value, string argument) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(argument, string.Create(
            CultureInfo.InvariantCulture, $"Argument `{argument}` must be a finite number. Received: {argument}={value}"));

    private protected static double Positive(double value, string argument) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, string.Create(
            CultureInfo.InvariantCulture, $"Argument `{argument}` must be > 0. Received: {argument}={value}"));
}
