using System.Globalization;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// Gathers the loss and the metrics of an epoch, and gives them Keras's names: of a network with several outputs the output's name comes
/// before a metric's, and where several outputs have a loss each stands beside the sum, as it is before weights.
/// </summary>
internal sealed class MetricTracker
{
    private readonly OutputMetrics?[] outputs;
    private readonly LossStages losses;
    private readonly (string Name, Metric Metric)[] metrics;
    private readonly string[] lossNames;
    private readonly double[] lossTotals;
    private readonly Logs current = new();
    private double lossTotal;
    private long lossCount, batchCount;

    /// <summary>Makes the tracker.</summary>
    /// <param name="outputs">By output, its metrics; null for none.</param>
    /// <param name="asked">By output, the metrics and the weighted metrics that were asked for, from which names are made.</param>
    /// <param name="description">The network.</param>
    /// <param name="losses">The losses.</param>
    public MetricTracker(
        OutputMetrics?[] outputs, IReadOnlyList<OutputSetup> asked, NetworkDescription description, LossStages losses)
    {
        this.outputs = outputs;
        this.losses = losses;
        metrics = Names(asked, description.Outputs);
        lossNames = losses.Given.Length > 1 ? [.. losses.Given.Select(loss => description.Outputs[loss.Output].Name + "_loss")] : [];
        lossTotals = new double[lossNames.Length];
    }

    /// <summary>
    /// The name and direction of each figure beside the loss. Of the loss of a single output it is not known, as in Keras.
    /// </summary>
    public IEnumerable<(string Name, MetricDirection Direction)> Directions =>
        lossNames.Select(name => (name, MetricDirection.None)).Concat(metrics.Select(metric => (metric.Name, metric.Metric.Direction)));

    /// <summary>The figures so far.</summary>
    public Logs Current
    {
        get
        {
            // What a callback added to those of the last batch is of that batch.
            current.Clear();
            Report(current);
            return current;
        }
    }

    /// <summary>Starts anew.</summary>
    public void Reset()
    {
        lossTotal = 0;
        lossCount = 0;
        batchCount = 0;
        Array.Clear(lossTotals);
        foreach ((_, Metric metric) in metrics) metric.Reset();
    }

    /// <summary>
    /// Takes in a batch that was worked. Its loss counts by its samples, the losses of several outputs once each, as in Keras, so that they
    /// need not add up to it where the last batch is smaller.
    /// </summary>
    /// <param name="loss">The weighted sum of the losses.</param>
    /// <param name="worked">The batch.</param>
    /// <param name="data">Where its rows were read.</param>
    public void Add(double loss, IWorkedBatch worked, BatchSource data)
    {
        int samples = worked.Batch.Samples;
        lossTotal += loss * samples;
        lossCount += samples;
        batchCount++;
        for (int i = 0; i < lossTotals.Length; i++) lossTotals[i] += losses.Given[i].Stage.LastValue;
        for (int output = 0; output < outputs.Length; output++) outputs[output]?.Add(worked, data.Targets[output], data.Count);
    }

    /// <summary>Writes the figures so far, names sorted as in Keras.</summary>
    public void Report(Logs logs, string prefix = "")
    {
        logs.Report(prefix + "loss", lossCount == 0 ? 0 : lossTotal / lossCount);
        for (int i = 0; i < lossNames.Length; i++)
            logs.Report(prefix + lossNames[i], batchCount == 0 ? 0 : lossTotals[i] / batchCount);
        foreach ((string name, Metric metric) in metrics) logs.Report(prefix + name, metric.Result);
    }

    // Two of one name: Keras puts weighted_ before the weighted one, and _1, _2, ... after others.
    private static (string Name, Metric Metric)[] Names(IReadOnlyList<OutputSetup> asked, PortDescription[] ports)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var named = new List<(string, Metric)>();
        for (int output = 0; output < ports.Length; output++)
            foreach (Metric metric in asked[output].Metrics) Add(Prefix(output) + metric.Name, metric);
        for (int output = 0; output < ports.Length; output++)
        {
            foreach (Metric metric in asked[output].WeightedMetrics)
            {
                string name = Prefix(output) + metric.Name;
                Add(taken.Contains(name) ? $"{Prefix(output)}weighted_{metric.Name}" : name, metric);
            }
        }

        return [.. named];

        string Prefix(int output) => ports.Length == 1 ? "" : ports[output].Name + "_";

        void Add(string name, Metric metric)
        {
            string unique = name;
            for (int i = 1; !taken.Add(unique); i++) unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
            named.Add((unique, metric));
        }
    }
}
