namespace CompiledNets;

/// <summary>The figure that a callback watches: which way it gets better, and whether it did (Keras's <c>MonitorCallback</c>).</summary>
/// <param name="callback">Name of the callback, for messages.</param>
/// <param name="name">The figure: <c>val_loss</c>.</param>
/// <param name="mode">Which way is better.</param>
/// <param name="minDelta">What a figure must be better by to count as better; its sign does not matter.</param>
internal sealed class Monitor(string callback, string name, MonitorMode mode, double minDelta)
{
    private readonly double minDelta = Math.Abs(minDelta);
    private bool isLargerBetter;

    /// <summary>The figure.</summary>
    public string Name => name;

    /// <summary>Checks arguments of a callback.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mode is none of the three.</exception>
    public static Monitor Of(string callback, string monitor, MonitorMode mode, double minDelta)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        if (!Enum.IsDefined(mode))
            throw new ArgumentOutOfRangeException(nameof(mode), $"Expected the mode Auto, Min or Max. Received: mode={mode}");
        return new(callback, monitor, mode, minDelta);
    }

    /// <summary>Asks the metrics which way is better, where the mode does not say it.</summary>
    /// <exception cref="InvalidOperationException">It is not known.</exception>
    public void Begin(MetricTracker metrics) =>
        isLargerBetter = mode == MonitorMode.Max || (mode == MonitorMode.Auto && IsLargerBetter(metrics));

    /// <summary>Whether a figure is better than another by the least difference; any is better than none.</summary>
    public bool IsBetter(double value, double? than) =>
        than is not { } other || (isLargerBetter ? value - minDelta > other : value + minDelta < other);

    private bool IsLargerBetter(MetricTracker metrics)
    {
        string metricName = name.StartsWith("val_", StringComparison.Ordinal) ? name["val_".Length..] : name;
        if (metricName == "loss") return false;
        foreach ((string metric, MetricDirection direction) in metrics.Directions)
        {
            if (metric != metricName) continue;
            return direction switch
            {
                MetricDirection.Up => true,
                MetricDirection.Down => false,
                _ => throw new InvalidOperationException(
                    $"{callback} callback received monitor={name}, but which way the metric '{metricName}' gets better is not known. " +
                    "Please set the `mode` argument to MonitorMode.Min or MonitorMode.Max."),
            };
        }

        throw new InvalidOperationException(
            $"{callback} callback received monitor={name}, but the network has no such figure. It has: " +
            $"loss{string.Concat(metrics.Directions.Select(metric => ", " + metric.Name))}. " +
            "Please set the `mode` argument for a figure that another callback adds.");
    }
}
