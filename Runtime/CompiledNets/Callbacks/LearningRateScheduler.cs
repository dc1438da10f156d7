namespace CompiledNets;

/// <summary>
/// Sets the learning rate before each epoch, and adds <c>learning_rate</c> to the figures. For one that changes with each step, give the
/// optimizer a <see cref="LearningRateSchedule"/>.
/// </summary>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, double, double> schedule;
    private readonly bool verbose;

    /// <summary>Makes the callback.</summary>
    /// <param name="schedule">Gives the learning rate of an epoch: of its number, from 0, and the learning rate so far.</param>
    /// <param name="verbose">Whether it says so: silent, or a line.</param>
    public LearningRateScheduler(Func<int, double, double> schedule, Verbose verbose = Verbose.Silent)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        this.schedule = schedule;
        this.verbose = verbose != Verbose.Silent;
    }

    /// <summary>Makes the callback.</summary>
    /// <param name="schedule">Gives the learning rate of an epoch: of its number, from 0.</param>
    /// <param name="verbose">Whether it says so: silent, or a line.</param>
    public LearningRateScheduler(Func<int, double> schedule, Verbose verbose = Verbose.Silent)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        this.schedule = (epoch, _) => schedule(epoch);
        this.verbose = verbose != Verbose.Silent;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The learning rate follows a schedule.</exception>
    /// <exception cref="ArgumentOutOfRangeException">What is given is negative or not finite.</exception>
    public override void OnEpochBegin(int epoch)
    {
        Optimizer optimizer = Model.Optimizer!;
        optimizer.LearningRate = schedule(epoch, (float)optimizer.LearningRate);
        if (!verbose) return;
        Print(FormattableString.Invariant(
            $"\nEpoch {epoch + 1}: LearningRateScheduler setting learning rate to {Text(optimizer.LearningRate)}."));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        logs["learning_rate"] = (float)Model.Optimizer!.LearningRate;
    }
}
