using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>A loss: what training makes small.</summary>
public abstract partial class Loss
{
    /// <summary>The name, as Keras gives it.</summary>
    public abstract string Name { get; }

    /// <summary>How values become the loss of a batch.</summary>
    public Reduction Reduction { get; init; } = Reduction.SumOverBatchSize;

    /// <summary>The activation whose logits the loss can work on, so that it stays exact where a probability rounds to 0 or 1.</summary>
    internal virtual OutputActivation Fuses => OutputActivation.Other;

    /// <summary>A target whose position does not count: its value and gradient are 0, and means do not count it. Null for none.</summary>
    internal virtual float? IgnoredTarget => null;

    /// <summary>The loss for targets and outputs of these shapes (of one sample): itself, but for names that only shapes tell.</summary>
    internal virtual Loss For(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) => this;

    /// <summary>The kernel for one lane width.</summary>
    internal abstract LossKernel CreateKernel<T>() where T : struct, ILanes<T>;

    /// <summary>The kernel for a lane width that is chosen at run time.</summary>
    internal LossKernel CreateKernel(LaneWidth width) => width switch
    {
        LaneWidth.Lanes512 => CreateKernel<Lanes512>(),
        LaneWidth.Lanes256 => CreateKernel<Lanes256>(),
        _ => CreateKernel<Lanes128>(),
    };

    /// <summary>Checks that targets of this shape (of one sample, without the batch) fit an output.</summary>
    /// <returns>How many positions and classes the kernel is to be told of.</returns>
    /// <exception cref="ArgumentException">They do not fit; the message has both shapes.</exception>
    internal LossShape CheckTargets(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        Fit(LossShape.WithBatch(targetShape), LossShape.WithBatch(outputShape));

    /// <summary>Checks that targets fit outputs, both with the batch first, and says how they are read.</summary>
    /// <param name="targetShape">Shape of the targets.</param>
    /// <param name="outputShape">Shape of the outputs.</param>
    /// <param name="user">Who an error is to speak of; null for the loss.</param>
    /// <exception cref="ArgumentException">They do not fit; the message has both shapes.</exception>
    internal virtual LossShape Fit(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape, string? user = null)
    {
        if (LossShape.TryAlign(targetShape, outputShape, out LossShape shape))
        {
            return shape;
        }

        string same = targetShape.Length == outputShape.Length ? "shape" : "rank (ndim)";
        throw new ArgumentException(
            $"{user ?? $"The loss '{Name}'"} takes targets and outputs of the same {same}. Received: target.shape={ShapeText.Of(targetShape)}, " +
            $"output.shape={ShapeText.Of(outputShape)}. {MisfitHint(targetShape, outputShape)}");
    }

    /// <summary>What to do about targets that do not fit outputs.</summary>
    private protected virtual string MisfitHint(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        "Each number of the output needs a target of its own; targets are not spread over outputs.";

    /// <summary>Checks targets for values that the loss cannot work with.</summary>
    /// <param name="targets">Targets, row behind row.</param>
    /// <param name="rowLength">Targets of one row.</param>
    /// <param name="classes">Classes of a position.</param>
    /// <exception cref="ArgumentException">A value is wrong; the message has it and its row.</exception>
    internal virtual void CheckTargetValues(ReadOnlySpan<float> targets, int rowLength, int classes)
    {
    }

    /// <summary>What the sum of the weighted values of a packed batch is to be divided by; known before the kernel runs.</summary>
    /// <param name="batch">The batch. Its targets, weights, strides and positions are read.</param>
    /// <param name="lanes">Samples in a lane block.</param>
    /// <param name="samples">Samples in the batch.</param>
    /// <param name="valuesPerWeight">
    /// Values that share one weight the user gave. Keras's <see cref="Reduction.MeanWithSampleWeight"/> divides by the sum of the weights as given, before they are spread.
    /// </param>
    internal LossDivisor Divisor(scoped in LossArguments batch, int lanes, int samples, int valuesPerWeight = 1) => Reduction switch
    {
        Reduction.Sum or Reduction.None => new(1),
        Reduction.MeanWithSampleWeight when IgnoredTarget is null => new(SumOfWeights(batch, lanes, samples) / valuesPerWeight),
        Reduction.MeanWithSampleWeight => new(SumOfWeights(batch, lanes, samples)),
        _ => new(IgnoredTarget is null ? (double)samples * batch.Positions : CountOfValues(batch, lanes, samples)),
    };

    private double SumOfWeights(scoped in LossArguments batch, int lanes, int samples)
    {
        double sum = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            for (int position = 0; position < batch.Positions; position++)
            {
                sum += Ignores(batch, lanes, sample, position) ? 0 : batch.WeightOf(lanes, sample, position);
            }
        }

        return sum;
    }

    private double CountOfValues(scoped in LossArguments batch, int lanes, int samples)
    {
        long count = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            for (int position = 0; position < batch.Positions; position++)
            {
                count += Ignores(batch, lanes, sample, position) ? 0 : 1;
            }
        }

        return count;
    }

    private bool Ignores(scoped in LossArguments batch, int lanes, int sample, int position) =>
        IgnoredTarget is float ignored && batch.TargetOf(lanes, sample, position) == ignored;
}
