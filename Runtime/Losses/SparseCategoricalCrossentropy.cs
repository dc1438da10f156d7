using System.Globalization;
using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Categorical crossentropy for targets that are class numbers, counted from 0: -log of the class's probability. Targets have the shape of the outputs without the last
/// axis, or with a last axis of 1. Probabilities are cut to [1e-7, 1 - 1e-7] and then divided by their sum, as Keras does on TensorFlow.
/// </summary>
public sealed class SparseCategoricalCrossentropy : Loss
{
    private readonly bool fromLogits;
    private readonly int? ignoreClass;

    /// <summary>Makes the loss.</summary>
    /// <param name="fromLogits">The outputs are logits, not probabilities. A network that ends in a softmax is trained on its logits either way.</param>
    /// <param name="ignoreClass">A class number, in or out of range, whose positions do not count: value and gradient 0, and means are over the others.</param>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="axis">The axis of the classes; only the last, -1.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is not the last.</exception>
    public SparseCategoricalCrossentropy(
        bool fromLogits = false, int? ignoreClass = null, Reduction reduction = Reduction.SumOverBatchSize, int axis = -1, string name = "sparse_categorical_crossentropy")
    {
        LossArgumentChecks.Axis(axis);
        this.fromLogits = fromLogits;
        this.ignoreClass = ignoreClass;
        Reduction = reduction;
        Name = name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    internal override OutputActivation Fuses => OutputActivation.Softmax;

    internal override float? IgnoredTarget => ignoreClass;

    internal override LossKernel CreateKernel<T>() => new SparseCategoricalCrossentropyKernel<T>(fromLogits, ignoreClass ?? float.NaN);

    internal override LossShape Fit(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        LossShape.TryAlignLabels(targetShape, outputShape, out LossShape shape)
            ? shape
            : throw new ArgumentException(
                $"Argument `target` must have the shape of `output` without its last axis. Received: target.shape={ShapeText.Of(targetShape)}, " +
                $"output.shape={ShapeText.Of(outputShape)}. {MisfitHint(targetShape, outputShape)}");

    internal override void CheckTargetValues(ReadOnlySpan<float> targets, int rowLength, int classes)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            float label = targets[i];
            if ((label >= 0 && label < classes && label == MathF.Floor(label)) || label == IgnoredTarget)
            {
                continue;
            }

            string fault = label >= 0 && label < classes
                ? "which is not a whole number"
                : string.Create(CultureInfo.InvariantCulture, $"which is outside the valid range of [0, {classes})");
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Received a label value of {label} {fault}. It stands in row {i / rowLength}."));
        }
    }

    private protected override string MisfitHint(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) => targetShape.SequenceEqual(outputShape)
        ? "For one-hot targets use CategoricalCrossentropy."
        : "Each position of the output needs one class number.";
}

/// <summary>
/// For the class y of a position, the gradient of class c is 1 / sum(p) - [c = y] / p[y]; of logits it is softmax(z) - [c = y]. At y both are written without the
/// difference of two nearly equal numbers.
/// </summary>
/// <param name="fromLogits">Outputs are logits always.</param>
/// <param name="ignored">The class that does not count; NaN, which equals nothing, for none.</param>
internal sealed class SparseCategoricalCrossentropyKernel<T>(bool fromLogits, float ignored) : LossKernel where T : struct, ILanes<T>
{
    public override void Run(scoped in LossArguments arguments, int first, int last)
    {
        if (fromLogits || arguments.FromLogits)
        {
            RunLogits(arguments, first, last, ignored);
        }
        else
        {
            RunProbabilities(arguments, first, last, ignored);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunProbabilities(scoped in LossArguments arguments, int first, int last, float ignored)
    {
        ref float outputs = ref arguments.Outputs;
        ref float targets = ref arguments.Targets;
        ref float weights = ref arguments.Weights;
        ref float gradient = ref arguments.Gradient;
        ref float values = ref arguments.Values;
        bool wantsGradient = !Unsafe.IsNullRef(ref gradient);
        int classes = arguments.Classes;

        for (int block = first; block < last; block++)
        {
            for (int position = 0; position < arguments.Positions; position++)
            {
                int output = ((block * arguments.OutputStride) + (position * classes)) * T.Count;
                int value = ((block * arguments.WeightStride) + position) * T.Count;
                T label = T.Load(ref targets, ((block * arguments.TargetStride) + position) * T.Count);
                T weight = T.SelectEqual(label, T.Splat(ignored), T.Zero, T.Load(ref weights, value));

                T chosen = T.Splat(1);
                T others = T.Zero;
                for (int c = 0; c < classes; c++)
                {
                    T p = Probability.Clip(T.Load(ref outputs, output + (c * T.Count)));
                    chosen = T.SelectEqual(label, T.Splat(c), p, chosen);
                    others += T.SelectEqual(label, T.Splat(c), T.Zero, p);
                }

                T odds = others / chosen;
                T loss = LaneMath.Log1p(odds) * weight;
                T.SelectEqual(label, T.Splat(ignored), T.Zero, loss).Store(ref values, value);
                if (wantsGradient)
                {
                    T factor = T.Splat(arguments.Scale) * weight / (chosen + others);
                    for (int at = 0, c = 0; c < classes; c++, at += T.Count)
                    {
                        T slope = T.SelectEqual(label, T.Splat(c), -factor * odds, factor);
                        Probability.ClipGradient(T.Load(ref outputs, output + at), slope).Store(ref gradient, output + at);
                    }
                }
            }
        }
    }

    /// <summary>log sum exp(z - m) - (z[y] - m) with m the largest logit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunLogits(scoped in LossArguments arguments, int first, int last, float ignored)
    {
        ref float outputs = ref arguments.Outputs;
        ref float targets = ref arguments.Targets;
        ref float weights = ref arguments.Weights;
        ref float gradient = ref arguments.Gradient;
        ref float values = ref arguments.Values;
        bool wantsGradient = !Unsafe.IsNullRef(ref gradient);
        int classes = arguments.Classes;

        for (int block = first; block < last; block++)
        {
            for (int position = 0; position < arguments.Positions; position++)
            {
                int output = ((block * arguments.OutputStride) + (position * classes)) * T.Count;
                int value = ((block * arguments.WeightStride) + position) * T.Count;
                T label = T.Load(ref targets, ((block * arguments.TargetStride) + position) * T.Count);
                T weight = T.SelectEqual(label, T.Splat(ignored), T.Zero, T.Load(ref weights, value));

                T largest = T.Load(ref outputs, output);
                for (int c = 1; c < classes; c++)
                {
                    largest = T.Max(largest, T.Load(ref outputs, output + (c * T.Count)));
                }

                T reached = T.Zero;
                T chosen = T.Splat(1);
                T others = T.Zero;
                for (int at = 0, c = 0; c < classes; c++, at += T.Count)
                {
                    T z = T.Load(ref outputs, output + at) - largest;
                    T power = LaneMath.Exp(z);
                    reached = T.SelectEqual(label, T.Splat(c), z, reached);
                    chosen = T.SelectEqual(label, T.Splat(c), power, chosen);
                    others += T.SelectEqual(label, T.Splat(c), T.Zero, power);
                    if (wantsGradient)
                    {
                        power.Store(ref gradient, output + at);
                    }
                }

                // The largest power is exactly 1, so the sum without it is small where the network is sure and right, and log1p keeps it.
                T loss = (LaneMath.Log1p(others + (chosen - T.Splat(1))) - reached) * weight;
                T.SelectEqual(label, T.Splat(ignored), T.Zero, loss).Store(ref values, value);
                if (wantsGradient)
                {
                    T factor = T.Splat(arguments.Scale) * weight / (chosen + others);
                    for (int at = 0, c = 0; c < classes; c++, at += T.Count)
                    {
                        T slope = T.SelectEqual(label, T.Splat(c), -others, T.Load(ref gradient, output + at));
                        (factor * slope).Store(ref gradient, output + at);
                    }
                }
            }
        }
    }
}
