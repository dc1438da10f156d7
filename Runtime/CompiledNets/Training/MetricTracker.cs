using System.Runtime.InteropServices;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Gathers the loss and the metrics of an epoch, and gives them their names.</summary>
internal sealed class MetricTracker
{
    private readonly Metric[] metrics;
    private readonly string[] names;
    private readonly int unweighted;
    private readonly OutputActivation activation;
    private readonly int[] outputShape;
    private readonly int[] targetShape;
    private readonly int outputSize;
    private readonly int targetSize;
    private readonly int positions;
    private readonly bool readsLogits;
    private readonly Logs current = new();
    private float[] outputs = [];
    private float[] logits = [];
    private float[] targets = [];
    private float[] weights = [];
    private double lossTotal;
    private long lossCount;

    /// <summary>Makes the tracker.</summary>
    /// <param name="metrics">Metrics that leave sample weights out.</param>
    /// <param name="weightedMetrics">Metrics that count them.</param>
    /// <param name="description">The network.</param>
    /// <param name="loss">The loss stage, for the shape of targets.</param>
    /// <exception cref="ArgumentException">A metric does not fit the shapes.</exception>
    public MetricTracker(IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weightedMetrics, NetworkDescription description,
        LossStage loss)
    {
        this.metrics = [.. metrics, .. weightedMetrics];
        unweighted = metrics.Count;
        names = Names(metrics, weightedMetrics);
        activation = description.OutputActivation;
        foreach (Metric metric in this.metrics) metric.Prepare(loss.TargetShape, description.OutputShape);
        outputShape = [0, .. description.OutputShape];
        targetShape = [0, .. loss.TargetShape];
        outputSize = description.OutputShape.Aggregate(1, (size, axis) => size * axis);
        targetSize = loss.TargetShape.Aggregate(1, (size, axis) => size * axis);
        positions = loss.Positions;
        readsLogits = activation != OutputActivation.Other && Array.Exists(this.metrics, metric => metric.Fuses == activation);
    }

    /// <summary>Whether there is any metric beside the loss.</summary>
    public bool HasMetrics => metrics.Length > 0;

    /// <summary>The name and direction of each metric.</summary>
    public IEnumerable<(string Name, MetricDirection Direction)> Directions => names.Select((name, i) => (name, metrics[i].Direction));

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
        foreach (Metric metric in metrics) metric.Reset();
    }

    /// <summary>Takes in the loss of a batch; a batch counts by its samples.</summary>
    public void AddLoss(double loss, int samples)
    {
        lossTotal += loss * samples;
        lossCount += samples;
    }

    /// <summary>Room for the outputs of a batch.</summary>
    public Span<float> Outputs(int samples) => Reserve(ref outputs, samples * outputSize);

    /// <summary>Room for the logits of a batch; empty where no metric reads them.</summary>
    public Span<float> Logits(int samples) =>
        readsLogits ? Reserve(ref logits, samples * outputSize) : default;

    /// <summary>Takes in the outputs of a batch, which were written to <see cref="Outputs"/> and <see cref="Logits"/>.</summary>
    public void AddOutputs(Batch batch, in BatchSource data)
    {
        int samples = batch.Samples;
        outputShape[0] = targetShape[0] = samples;
        Span<float> rows = Reserve(ref targets, samples * targetSize);
        Gather(batch, MemoryMarshal.CreateReadOnlySpan(ref data.Targets, checked(data.Count * targetSize)), targetSize, rows);
        Span<float> rowWeights = default;
        if (unweighted < metrics.Length && !data.Weights.IsEmpty)
        {
            rowWeights = Reserve(ref weights, samples * positions);
            Gather(batch, data.Weights, positions, rowWeights);
        }

        for (int i = 0; i < metrics.Length; i++)
        {
            ReadOnlySpan<float> own = i < unweighted ? default : rowWeights;
            if (activation != OutputActivation.Other && metrics[i].Fuses == activation)
                metrics[i].UpdateFromLogits(rows, targetShape, Reserve(ref logits, samples * outputSize), outputShape, own);
            else
                metrics[i].Update(rows, targetShape, Reserve(ref outputs, samples * outputSize), outputShape, own);
        }
    }

    /// <summary>Writes the figures so far, names sorted as in Keras.</summary>
    public void Report(Logs logs, string prefix = "")
    {
        logs[prefix + "loss"] = lossCount == 0 ? 0 : lossTotal / lossCount;
        for (int i = 0; i < metrics.Length; i++) logs[prefix + names[i]] = metrics[i].Result;
    }

    // Two of one name: Keras puts weighted_ before the weighted one, and _1, _2, ... after others.
    private static string[] Names(IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weightedMetrics)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (Metric metric in metrics) Add(metric.Name);
        foreach (Metric metric in weightedMetrics) Add(taken.Contains(metric.Name) ? "weighted_" + metric.Name : metric.Name);
        return [.. names];

        void Add(string name)
        {
            string unique = name;
            for (int i = 1; !taken.Add(unique); i++) unique = string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{name}_{i}");
            names.Add(unique);
        }
    }

    private static void Gather(Batch batch, ReadOnlySpan<float> rows, int length, Span<float> target)
    {
        for (int i = 0; i < batch.Samples; i++) rows.Slice(batch.Order[i] * length, length).CopyTo(target[(i * length)..]);
    }

    private static Span<float> Reserve(ref float[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new float[length];
        return buffer.AsSpan(0, length);
    }
}
