namespace CompiledNets;

/// <summary>
/// One learning rate after the other: <c>values[0]</c> up to step <c>boundaries[0]</c>, then <c>values[1]</c>, ... (Keras).
/// </summary>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    private readonly double[] boundaries;
    private readonly double[] values;

    /// <summary>Makes the schedule.</summary>
    /// <param name="boundaries">The last step of each learning rate but the last one's, growing.</param>
    /// <param name="values">The learning rates, one more than there are boundaries.</param>
    /// <exception cref="ArgumentException">There is not one learning rate more than boundaries, or boundaries do not grow.</exception>
    public PiecewiseConstantDecay(IReadOnlyList<double> boundaries, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        if (boundaries.Count != values.Count - 1)
        {
            throw new ArgumentException(
                "The length of boundaries should be 1 less than the length of values. " +
                $"Received: {boundaries.Count} boundaries and {values.Count} values.", nameof(boundaries));
        }

        this.boundaries = [.. boundaries];
        this.values = [.. values];
        foreach (double value in values) Finite(value, nameof(values));
        for (int i = 1; i < boundaries.Count; i++)
        {
            if (boundaries[i] > boundaries[i - 1]) continue;
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected boundaries that grow. Received: {boundaries[i]} after {boundaries[i - 1]}."), nameof(boundaries));
        }
    }

    /// <summary>The last step of each learning rate but the last one's.</summary>
    public IReadOnlyList<double> Boundaries => boundaries;

    /// <summary>The learning rates.</summary>
    public IReadOnlyList<double> Values => values;

    /// <inheritdoc/>
    public override double Rate(long step)
    {
        int at = 0;
        while (at < boundaries.Length && step > boundaries[at]) at++;
        return values[at];
    }
}
