using System.Runtime.InteropServices;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Gathers the metrics of one output.</summary>
internal sealed class OutputMetrics
{
    private readonly int output;
    private readonly int unweighted;
    private readonly OutputActivation activation;
    private readonly int[] outputShape;
    private readonly int[] targetShape;
    private readonly int outputSize;
    private readonly int targetSize;
    private readonly bool readsLogits;
    private readonly bool readsOutputs;
    private float[] outputs = [];
    private float[] logits = [];
    private float[] targets = [];
    private float[] weights = [];
    private float[] masks = [];
    private float[] masked = [];

    /// <summary>Makes the metrics ready.</summary>
    /// <param name="metrics">Metrics that leave sample weights out.</param>
    /// <param name="weightedMetrics">Metrics that count them.</param>
    /// <param name="output">The output's number.</param>
    /// <param name="port">The output.</param>
    /// <param name="targetShape">Shape of the target of one sample.</param>
    /// <exception cref="ArgumentException">A metric does not fit the shapes.</exception>
    public OutputMetrics(
        IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weightedMetrics, int output, PortDescription port, int[] targetShape)
    {
        this.output = output;
        All = [.. metrics, .. weightedMetrics];
        unweighted = metrics.Count;
        activation = port.Activation;
        foreach (Metric metric in All) metric.Prepare(targetShape, port.Shape);
        outputShape = [0, .. port.Shape];
        this.targetShape = [0, .. targetShape];
        outputSize = port.Size;
        targetSize = targetShape.Aggregate(1, (size, axis) => size * axis);
        readsLogits = Array.Exists(All, ReadsLogits);
        readsOutputs = Array.Exists(All, metric => !ReadsLogits(metric));
    }

    /// <summary>The metrics, those that leave sample weights out first.</summary>
    public Metric[] All { get; }

    /// <summary>Takes in a batch.</summary>
    public void Add(IWorkedBatch worked, in TargetSource data, int rowsOfData)
    {
        if (All.Length == 0) return;
        Batch batch = worked.Batch;
        int samples = batch.Samples;
        outputShape[0] = targetShape[0] = samples;
        Span<float> ofOutput = default, ofLogits = default, ofWeights = default;
        if (readsOutputs) worked.ReadOutput(output, ofOutput = Reserve(ref outputs, samples * outputSize));
        if (readsLogits) worked.ReadLogits(output, ofLogits = Reserve(ref logits, samples * outputSize));
        Span<float> rows = Reserve(ref targets, samples * targetSize);
        ref float start = ref data.Rows.Start;
        Gather(batch, MemoryMarshal.CreateReadOnlySpan(ref start, checked(rowsOfData * targetSize)), targetSize, rows);
        if (unweighted < All.Length && !data.Weights.IsEmpty)
        {
            int weightsPerRow = data.Weights.Length / rowsOfData;
            ofWeights = Reserve(ref weights, samples * weightsPerRow);
            Gather(batch, data.Weights, weightsPerRow, ofWeights);
        }

        int steps = worked.MaskSize(output);
        Span<float> mask = Reserve(ref masks, samples * steps);
        if (steps > 0) worked.ReadMask(output, mask);
        for (int i = 0; i < All.Length; i++)
        {
            ReadOnlySpan<float> own = i < unweighted ? default : ofWeights;
            if (steps > 0 && All[i].LeavesMaskedOut) own = Masked(mask, steps, own, samples);
            if (ReadsLogits(All[i])) All[i].UpdateFromLogits(rows, targetShape, ofLogits, outputShape, own);
            else All[i].Update(rows, targetShape, ofOutput, outputShape, own);
        }
    }

    // A weight for each position: those of masked steps are 0.
    private Span<float> Masked(ReadOnlySpan<float> mask, int steps, ReadOnlySpan<float> own, int samples)
    {
        int positions = outputSize / outputShape[^1], perSample = own.Length / samples;
        Span<float> all = Reserve(ref masked, samples * positions);
        for (int i = 0; i < all.Length; i++)
        {
            int sample = i / positions, position = i % positions;
            float weight = perSample == 0 ? 1 : own[(sample * perSample) + (perSample == 1 ? 0 : position)];
            all[i] = weight * mask[(sample * steps) + (position * steps / positions)];
        }

        return all;
    }

    private bool ReadsLogits(Metric metric) => activation != OutputActivation.Other && metric.Fuses == activation;

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
