namespace CompiledNets;

/// <summary>Ends training when a figure has stopped getting better. Keras's rules, oddities included.</summary>
public sealed class EarlyStopping : Callback
{
    private readonly Monitor monitor;
    private readonly int patience;
    private readonly bool verbose;
    private readonly double? baseline;
    private readonly bool restoreBestWeights;
    private readonly int startFromEpoch;
    private double? best;
    private int? bestEpoch;
    private int wait;
    private int stoppedEpoch;
    private float[]? bestWeights;

    /// <summary>Makes the callback.</summary>
    /// <param name="monitor">The figure: <c>val_loss</c>, <c>loss</c>, <c>val_accuracy</c>, ...</param>
    /// <param name="minDelta">What a figure must be better by to count as better.</param>
    /// <param name="patience">Epochs without getting better after which training ends.</param>
    /// <param name="verbose">Whether it says so: silent, or a line.</param>
    /// <param name="mode">Which way is better; by default the metric is asked.</param>
    /// <param name="baseline">What the figure must beat for the wait to start anew; null for none.</param>
    /// <param name="restoreBestWeights">
    /// Whether the weights of the best epoch are put back at the end, even where training was not stopped.
    /// </param>
    /// <param name="startFromEpoch">Epochs before this one, counted from 0, are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mode is none of the three.</exception>
    public EarlyStopping(
        string monitor = "val_loss", double minDelta = 0, int patience = 0, Verbose verbose = Verbose.Silent,
            MonitorMode mode = MonitorMode.Auto, double? baseline = null,
        bool restoreBestWeights = false, int startFromEpoch = 0)
    {
        this.monitor = Monitor.Of(nameof(EarlyStopping), monitor, mode, minDelta);
        this.patience = patience;
        this.verbose = verbose != Verbose.Silent;
        this.baseline = baseline;
        this.restoreBestWeights = restoreBestWeights;
        this.startFromEpoch = startFromEpoch;
    }

    /// <summary>The epoch, from 0, after which training was stopped; 0 where it was not.</summary>
    public int StoppedEpoch => stoppedEpoch;

    /// <summary>The figure of the best epoch; null where none was considered.</summary>
    public double? Best => best;

    /// <summary>
    /// The epoch, from 0, that <see cref="Best"/> is the figure of, whose weights come back where that was asked for; null where none was
    /// considered.
    /// </summary>
    public int? BestEpoch => bestEpoch;

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        (wait, stoppedEpoch, best, bestEpoch, bestWeights) = (0, 0, null, null, null);
        monitor.Begin(Metrics!);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (epoch < startFromEpoch) return;
        if (!logs.TryGetValue(monitor.Name, out double current))
        {
            Warning.Print(
                $"Early stopping conditioned on metric `{monitor.Name}` which is not available. Available metrics are: " +
                $"{string.Join(",", logs.Keys)}");
            return;
        }

        if (restoreBestWeights && bestWeights is null)
        {
            // The weights of the first epoch that counts are put back where no epoch is better.
            bestWeights = Model.Parameters.Span.ToArray();
            bestEpoch = epoch;
        }

        wait++;
        if (monitor.IsBetter(current, best))
        {
            best = current;
            bestEpoch = epoch;
            if (restoreBestWeights) Model.Parameters.Span.CopyTo(bestWeights);
            if (monitor.IsBetter(current, baseline)) wait = 0;
            return;
        }

        if (wait >= patience && epoch > 0)
        {
            stoppedEpoch = epoch;
            Model.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd()
    {
        if (stoppedEpoch > 0 && verbose) Print(FormattableString.Invariant($"Epoch {stoppedEpoch + 1}: early stopping"));
        if (!restoreBestWeights || bestWeights is null) return;
        if (verbose) Print(FormattableString.Invariant($"Restoring model weights from the end of the best epoch: {bestEpoch + 1}."));
        Model.SetParameters(bestWeights);
    }
}
