using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>A loss as a function of tensors, as in Keras, computed by the very kernel that training runs.</summary>
public abstract partial class Loss
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="yTrue">Targets, samples first. A single axis is one sample.</param>
    /// <param name="yPred">Outputs, samples first.</param>
    /// <param name="sampleWeight">Weights with the shape of <c>Values</c>, or 1 in place of a size; null for ones.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a class number is out of range.</exception>
    /// <exception cref="InvalidOperationException">The reduction is <see cref="Reduction.None"/>, which leaves many numbers.</exception>
    public float Call(Tensor<float> yTrue, Tensor<float> yPred, Tensor<float>? sampleWeight = null) =>
        Call(yTrue, yPred, sampleWeight, LaneWidths.Best);

    /// <summary>The weighted value of each position of each sample, before any reduction.</summary>
    /// <param name="yTrue">Targets, samples first. A single axis is one sample.</param>
    /// <param name="yPred">Outputs, samples first.</param>
    /// <param name="sampleWeight">Weights with the shape of the result, or 1 in place of a size; null for ones.</param>
    /// <returns>The shape of the outputs without the last axis, or (1) where they have no other.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or a class number is out of range.</exception>
    public Tensor<float> Values(Tensor<float> yTrue, Tensor<float> yPred, Tensor<float>? sampleWeight = null) =>
        Values(yTrue, yPred, sampleWeight, LaneWidths.Best);

    /// <summary>
    /// The gradient of the loss with respect to the outputs; of the sum of the values where the reduction is <see cref="Reduction.None"/>.
    /// </summary>
    /// <param name="yTrue">Targets, samples first. A single axis is one sample.</param>
    /// <param name="yPred">Outputs, samples first.</param>
    /// <param name="sampleWeight">Weights with the shape of <c>Values</c>, or 1 in place of a size; null for ones.</param>
    /// <returns>The shape of the outputs.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or a class number is out of range.</exception>
    public Tensor<float> Gradient(Tensor<float> yTrue, Tensor<float> yPred, Tensor<float>? sampleWeight = null) =>
        Gradient(yTrue, yPred, sampleWeight, LaneWidths.Best);

    internal float Call(Tensor<float> yTrue, Tensor<float> yPred, Tensor<float>? sampleWeight, LaneWidth width)
    {
        if (Reduction == Reduction.None)
        {
            throw new InvalidOperationException(
                "The reduction of this loss is None, which leaves one number for each position: call Values instead of Call.");
        }

        LossEvaluation evaluation = Evaluate(yTrue, yPred, sampleWeight, width, wantsGradient: false, out LossShape shape);
        double sum = 0;
        for (int sample = 0; sample < shape.Samples; sample++)
        {
            for (int position = 0; position < shape.Positions; position++)
            {
                sum += evaluation.Value(sample, position);
            }
        }

        return (float)evaluation.Divisor.Divide(sum);
    }

    internal Tensor<float> Values(Tensor<float> yTrue, Tensor<float> yPred, Tensor<float>? sampleWeight, LaneWidth width)
    {
        LossEvaluation evaluation = Evaluate(yTrue, yPred, sampleWeight, width, wantsGradient: false, out LossShape shape);
        float[] values = new float[shape.Samples * shape.Positions];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = evaluation.Value(i / shape.Positions, i % shape.Positions);
        }

        return shape.ValuesRank == 0 ? Tensor.Create(values) : Tensor.Create(values, yPred.Lengths[..shape.ValuesRank]);
    }

    internal Tensor<float> Gradient(Tensor<float> yTrue, Tensor<float> yPred, Tensor<float>? sampleWeight, LaneWidth width)
    {
        LossEvaluation evaluation = Evaluate(yTrue, yPred, sampleWeight, width, wantsGradient: true, out LossShape shape);
        int features = shape.Positions * shape.Classes;
        float[] gradient = new float[shape.Samples * features];
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = evaluation.Gradient(i / features, i % features);
        }

        return Tensor.Create(gradient, yPred.Lengths);
    }

    private LossEvaluation Evaluate(Tensor<float> yTrue, Tensor<float> yPred, Tensor<float>? sampleWeight, LaneWidth width,
        bool wantsGradient, out LossShape shape)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        int[] outputShape = TensorRows.Shape(yPred);
        float[] targets = TensorRows.Numbers(yTrue);
        int[] targetShape = TensorRows.Shape(yTrue);
        Loss chosen = For(targetShape.AsSpan(Math.Min(1, targetShape.Length)), outputShape.AsSpan(Math.Min(1, outputShape.Length)));
        shape = chosen.Fit(targetShape, outputShape);
        chosen.CheckTargetValues(targets, Math.Max(1, targets.Length / Math.Max(1, shape.Samples)), shape.Classes);

        float[] weights = [];
        int valuesPerWeight = 1;
        if (sampleWeight is not null)
        {
            float[] given = TensorRows.Numbers(sampleWeight);
            weights = SampleWeights.Spread(given, TensorRows.Shape(sampleWeight), outputShape.AsSpan(0, shape.ValuesRank));
            valuesPerWeight = given.Length == 0 ? 1 : weights.Length / given.Length;
        }

        LossEvaluation evaluation = new(chosen, width);
        evaluation.Run(shape, targets, TensorRows.Numbers(yPred), weights, valuesPerWeight, wantsGradient: wantsGradient);
        return evaluation;
    }
}
