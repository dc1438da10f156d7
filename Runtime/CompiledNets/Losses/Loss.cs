using System.Globalization;
using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// A loss: what training makes small. Where one is wanted, a name (<c>"mse"</c>) will do; where a metric is wanted, a loss will. One of
/// your own derives from this class and overrides
/// <see cref="Evaluate(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>, which gives the value and the gradient of one position;
/// batches, weights, reductions and threads are seen to.
/// </summary>
public abstract partial class Loss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="name">Its name, as Keras gives it: <c>mean_squared_error</c>.</param>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected Loss(string name, Reduction reduction = Reduction.SumOverBatchSize)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Reduction = reduction;
    }

    /// <summary>The name, as Keras gives it.</summary>
    public string Name { get; }

    /// <summary>How values become the loss of a batch.</summary>
    public Reduction Reduction { get; init; }

    /// <summary>
    /// Whether a target is one class number for each position, from 0: the outputs' shape without its last axis, or with a last axis of 1.
    /// Default: no, targets have the shape of the outputs.
    /// </summary>
    protected virtual bool TakesClassNumbers => false;

    /// <summary>The activation whose logits the loss can work on, so that it stays exact where a probability rounds to 0 or 1.</summary>
    internal virtual OutputActivation Fuses => OutputActivation.Other;

    /// <summary>A target whose position does not count: its value and gradient are 0, and means do not count it. Null for none.</summary>
    internal virtual float? IgnoredTarget => null;

    /// <summary>The loss for targets and outputs of these shapes (of one sample): itself, but for names that only shapes tell.</summary>
    internal virtual Loss For(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) => this;

    /// <summary>The kernel for one lane width.</summary>
    internal virtual LossKernel CreateKernel<T>() where T : struct, ILanes<T> => new SpanLossKernel<T>(this);

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
        bool fits = TakesClassNumbers
            ? LossShape.TryAlignLabels(targetShape, outputShape, out LossShape shape)
            : LossShape.TryAlign(targetShape, outputShape, out shape);
        if (fits) return shape;
        string wanted = TakesClassNumbers ? "class numbers: targets of the shape of the outputs without its last axis"
            : $"targets and outputs of the same {(targetShape.Length == outputShape.Length ? "shape" : "rank (ndim)")}";
        throw new ArgumentException(
            $"{user ?? $"The loss '{Name}'"} takes {wanted}. Received: target.shape={ShapeText.Of(targetShape)}, " +
                $"output.shape={ShapeText.Of(outputShape)}. " +
            MisfitHint(targetShape, outputShape));
    }

    /// <summary>
    /// The value of one position of one sample, before weights and reduction, and its gradient. Called by several threads at once, for
    /// different samples: it must not change the loss.
    /// </summary>
    /// <param name="target">
    /// Targets of the position: as many as outputs, or one class number where <see cref="TakesClassNumbers"/> says so.
    /// </param>
    /// <param name="output">Outputs of the position: the numbers along the last axis.</param>
    /// <param name="gradient">
    /// Where the derivative of the value by each output is to be written; empty where only the value is wanted.
    /// </param>
    /// <returns>The value.</returns>
    protected virtual float Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> gradient) =>
        throw new NotSupportedException(
            $"The loss '{Name}' must override Evaluate, which gives the value and the gradient of one position.");

    /// <summary><see cref="Evaluate(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>, for the kernel.</summary>
    internal float EvaluatePosition(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> gradient) =>
        Evaluate(target, output, gradient);

    /// <summary>What to do about targets that do not fit outputs.</summary>
    private protected virtual string MisfitHint(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) => !TakesClassNumbers
        ? "Each number of the output needs a target of its own; targets are not spread over outputs."
        : targetShape.SequenceEqual(outputShape) ? "For one-hot targets use CategoricalCrossentropy."
            : "Each position of the output needs one class number.";

    /// <summary>Checks targets for values that the loss cannot work with.</summary>
    /// <param name="targets">Targets, row after row.</param>
    /// <param name="rowLength">Targets of one row.</param>
    /// <param name="classes">Classes of a position.</param>
    /// <exception cref="ArgumentException">A value is wrong; the message has it and its row.</exception>
    internal virtual void CheckTargetValues(ReadOnlySpan<float> targets, int rowLength, int classes)
    {
        for (int i = 0; TakesClassNumbers && i < targets.Length; i++)
        {
            float label = targets[i];
            if ((label >= 0 && label < classes && label == MathF.Floor(label)) || label == IgnoredTarget) continue;
            string fault = label >= 0 && label < classes
                ? "which is not a whole number"
                : string.Create(CultureInfo.InvariantCulture, $"which is outside the valid range of [0, {classes})");
            string hint = classes == 1 ? $" {ForYesOrNo}" : "";
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Received a label value of {label} {fault}. It stands in row {i / rowLength}.{hint}"));
        }
    }

    /// <summary>What is probably a mistake about targets and outputs but no error, where only the data tells; null for nothing.</summary>
    /// <param name="targets">Targets, row after row.</param>
    /// <param name="rowLength">Targets of one row.</param>
    /// <param name="classes">Classes of a position.</param>
    internal virtual string? Doubt(ReadOnlySpan<float> targets, int rowLength, int classes) => null;

    /// <summary>What to use instead of a crossentropy of several classes where there is one output.</summary>
    private protected static string ForYesOrNo =>
        "The network has one output, and one class is always right: for a question of yes or no use BinaryCrossentropy and a sigmoid, " +
            "for several classes as many units and a softmax.";

    /// <summary>What the sum of the weighted values of a packed batch is to be divided by; known before the kernel runs.</summary>
    /// <param name="batch">The batch. Its targets, weights, strides and positions are read.</param>
    /// <param name="lanes">Samples in a lane block.</param>
    /// <param name="samples">Samples in the batch.</param>
    /// <param name="valuesPerWeight">
    /// Values that share one weight the user gave. Keras's <see cref="Reduction.MeanWithSampleWeight"/> divides by the sum of the weights
    /// as given, before they are spread.
    /// </param>
    internal LossDivisor Divisor(scoped in LossArguments batch, int lanes, int samples, int valuesPerWeight = 1) => Reduction switch
    {
        Reduction.Sum or Reduction.None => new(1),
        Reduction.MeanWithSampleWeight when IgnoredTarget is null => new(SumOfWeights(batch, lanes, samples) / valuesPerWeight),
        Reduction.MeanWithSampleWeight => new(SumOfWeights(batch, lanes, samples)),
        _ => new(IgnoredTarget is null && Unsafe.IsNullRef(ref batch.Mask) ? (double)samples * batch.Positions
            : CountOfValues(batch, lanes, samples)),
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
        !batch.IsThere(lanes, sample, position) || (IgnoredTarget is float ignored && batch.TargetOf(lanes, sample, position) == ignored);
}
