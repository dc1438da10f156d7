using System.Globalization;

namespace CompiledNets;

/// <summary>
/// Lowers the learning rate when a figure has stopped getting better, and adds <c>learning_rate</c>, that of the epoch, to the figures.
/// Keras's rules.
/// </summary>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly Monitor monitor;
    private readonly double factor;
    private readonly int patience;
    private readonly bool verbose;
    private readonly int cooldown;
    private readonly double minLr;
    private double? best;
    private int wait;
    private int cooling;

    /// <summary>Makes the callback.</summary>
    /// <param name="monitor">The figure: <c>val_loss</c>, <c>loss</c>, <c>val_accuracy</c>, ...</param>
    /// <param name="factor">What the learning rate is multiplied by, less than 1.</param>
    /// <param name="patience">Epochs without getting better after which it is lowered.</param>
    /// <param name="verbose">Whether it says so: silent, or a line.</param>
    /// <param name="mode">Which way is better; by default the metric is asked.</param>
    /// <param name="minDelta">What a figure must be better by to count as better.</param>
    /// <param name="cooldown">Epochs after lowering in which none is counted.</param>
    /// <param name="minLr">The learning rate does not get lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is 1 or more or negative, or the mode is none of the three.</exception>
    public ReduceLROnPlateau(
        string monitor = "val_loss", double factor = 0.1, int patience = 10, Verbose verbose = Verbose.Silent,
        MonitorMode mode = MonitorMode.Auto, double minDelta = 0.0001, int cooldown = 0, double minLr = 0)
    {
        if (!(factor is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), string.Create(
                CultureInfo.InvariantCulture,
                $"ReduceLROnPlateau does not support a factor >= 1.0, nor a negative one. Received: factor={factor}"));
        }

        this.monitor = Monitor.Of(nameof(ReduceLROnPlateau), monitor, mode, minDelta);
        this.factor = factor;
        this.patience = patience;
        this.verbose = verbose != Verbose.Silent;
        this.cooldown = cooldown;
        this.minLr = minLr;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// The learning rate follows a schedule, or which way the figure gets better is not known.
    /// </exception>
    public override void OnTrainBegin()
    {
        (best, wait, cooling) = (null, 0, 0);
        if (Model.Optimizer!.Schedule is { } schedule)
        {
            throw new InvalidOperationException(
                $"ReduceLROnPlateau changes the learning rate, but that of the optimizer follows a {schedule.GetType().Name}. " +
                "Give the optimizer a number, or leave the callback out.");
        }

        monitor.Begin(Metrics!);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        double rate = (float)Model.Optimizer!.LearningRate;
        logs["learning_rate"] = rate;
        if (!logs.TryGetValue(monitor.Name, out double current))
        {
            Warning.Print(
                $"Learning rate reduction is conditioned on metric `{monitor.Name}` which is not available. Available metrics are: " +
                $"{string.Join(",", logs.Keys)}.");
            return;
        }

        if (cooling > 0)
        {
            cooling--;
            wait = 0;
        }

        if (monitor.IsBetter(current, best))
        {
            best = current;
            wait = 0;
            return;
        }

        // The epoch in which the last one of the cooldown is counted down counts again.
        if (cooling > 0 || ++wait < patience || rate <= (float)minLr) return;
        double lower = Math.Max(rate * factor, minLr);
        Model.Optimizer.LearningRate = lower;
        if (verbose) Print(FormattableString.Invariant($"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing learning rate to {Text(lower)}."));
        cooling = cooldown;
        wait = 0;
    }
}
