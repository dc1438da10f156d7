namespace CompiledNets;

/// <summary>
/// A metric that is the mean over samples of a value each sample has. Several positions of a sample (time steps, pixels) are averaged
/// first, as in Keras. A metric of your own says what one position is worth, by
/// <see cref="Evaluate(ReadOnlySpan{float}, ReadOnlySpan{float})"/>.
/// </summary>
public abstract class MeanMetric : Metric
{
    private double[] values = [];
    private double total;
    private double count;

    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    protected MeanMetric(string name)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override double Result => count == 0 ? 0 : total / count;

    /// <summary>
    /// Whether a target is one class number for each position: the outputs' shape without its last axis. Default: no, targets have the
    /// shape of the outputs.
    /// </summary>
    protected virtual bool TakesClassNumbers => false;

    /// <inheritdoc/>
    internal override bool LeavesMaskedOut => true;

    /// <inheritdoc/>
    public override void Reset() => (total, count) = (0, 0);

    /// <inheritdoc/>
    public override void Update(
        ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, ReadOnlySpan<float> outputs, ReadOnlySpan<int> outputShape,
            ReadOnlySpan<float> weights)
    {
        LossShape shape = FitBatch(targetShape, outputShape);
        Span<double> batch = Reserve(shape);
        Evaluate(shape, targets, outputs, batch);
        Gather(shape, batch, weights);
    }

    /// <summary>How targets and outputs are read, both with the batch first.</summary>
    /// <exception cref="ArgumentException">They do not fit; the message has both shapes.</exception>
    internal virtual LossShape Fit(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape)
    {
        bool fits = TakesClassNumbers
            ? LossShape.TryAlignLabels(targetShape, outputShape, out LossShape shape)
            : LossShape.TryAlign(targetShape, outputShape, out shape);
        if (fits) return shape;
        string shapes = $"Received: target.shape={ShapeText.Of(targetShape)}, output.shape={ShapeText.Of(outputShape)}.";
        throw new ArgumentException(TakesClassNumbers
            ? $"The metric '{Name}' takes class numbers: targets of the shape of the outputs without its last axis. {shapes} For " +
                $"one-hot targets use CategoricalAccuracy."
            : $"The metric '{Name}' takes targets of the shape of the outputs. {shapes} For targets that are class numbers use " +
                $"SparseCategoricalAccuracy.");
    }

    /// <inheritdoc/>
    protected internal override void Prepare(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        Fit(LossShape.WithBatch(targetShape), LossShape.WithBatch(outputShape));

    /// <summary>The value of one position of one sample.</summary>
    /// <param name="target">Its targets: as many as outputs, or one class number where <see cref="TakesClassNumbers"/> says so.</param>
    /// <param name="output">Its outputs: the numbers along the last axis.</param>
    protected abstract double Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output);

    /// <summary>Writes the value of each position of each sample.</summary>
    private protected virtual void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, Span<double> values)
    {
        int ofTarget = TakesClassNumbers ? 1 : shape.Classes;
        for (int i = 0; i < values.Length; i++) values[i] = Evaluate(targets.Slice(i * ofTarget, ofTarget),
            outputs.Slice(i * shape.Classes, shape.Classes));
    }

    /// <summary>How a batch is read; a single axis is samples of one number.</summary>
    private protected LossShape FitBatch(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape)
    {
        LossShape shape = Fit(targetShape, outputShape);
        return shape.ValuesRank == 0 ? new(shape.Classes, 1, 1, 1) : shape;
    }

    /// <summary>Room for the values of a batch.</summary>
    private protected Span<double> Reserve(LossShape shape)
    {
        int length = shape.Samples * shape.Positions;
        if (values.Length < length)
        {
            values = new double[length];
        }

        return values.AsSpan(0, length);
    }

    /// <summary>Adds the values of a batch to the mean.</summary>
    /// <exception cref="ArgumentException">There are neither as many weights as samples nor as many as values.</exception>
    private protected void Gather(LossShape shape, ReadOnlySpan<double> batch, ReadOnlySpan<float> weights)
    {
        if (!weights.IsEmpty && weights.Length != shape.Samples && weights.Length != batch.Length)
        {
            throw new ArgumentException(
                $"The metric '{Name}' takes a weight a sample ({shape.Samples}) or one for each value ({batch.Length}). Received: " +
                    $"{weights.Length} weights.", nameof(weights));
        }

        bool isPerSample = weights.Length == shape.Samples;
        for (int sample = 0; sample < shape.Samples; sample++)
        {
            double value = 0;
            double weight = 0;
            for (int position = 0; position < shape.Positions; position++)
            {
                int at = (sample * shape.Positions) + position;
                double share = weights.IsEmpty ? 1 : weights[isPerSample ? sample : at];
                value += batch[at] * share;
                weight += share;
            }

            total += value / shape.Positions;
            count += weight / shape.Positions;
        }
    }
}
