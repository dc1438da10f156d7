using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets;

/// <summary>Features, targets and weights that were checked against a network, a loss and each other.</summary>
internal sealed class TrainingData
{
    private TrainingData(Rows features, Rows targets, float[] weights, int valuesPerWeight)
    {
        Features = features;
        Targets = targets;
        Source = new(features, targets, weights, valuesPerWeight);
    }

    /// <summary>The features.</summary>
    public Rows Features { get; }

    /// <summary>The targets.</summary>
    public Rows Targets { get; }

    /// <summary>Where steps read them.</summary>
    public BatchSource Source { get; }

    /// <summary>Checks shapes and numbers; what a loss and metrics want of targets is checked by <see cref="CheckFor"/>.</summary>
    /// <exception cref="ArgumentException">Something does not fit; the message says what and where.</exception>
    public static TrainingData Check(
        Model model, Tensor<float> x, Tensor<float> y, Tensor<float>? sampleWeight, IReadOnlyDictionary<int, float>? classWeight)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var features = new Rows(x);
        var targets = new Rows(y);
        InputChecks.Features(features, model.Description.InputShape, $"'{model.Name}'", nameof(x));
        int? weightRows = sampleWeight is null || sampleWeight.FlattenedLength == 1 ? null : sampleWeight.Rank == 0 ? 1 : (int)sampleWeight.Lengths[0];
        InputChecks.Cardinality(features, targets, weightRows);
        InputChecks.Numbers(features, nameof(x));
        InputChecks.Numbers(targets, nameof(y));
        if (sampleWeight is not null && classWeight is not null)
            throw new ArgumentException("`classWeight` and `sampleWeight` cannot be given at the same time: multiply the sample weights by those of their classes instead.", nameof(classWeight));

        int[] outputShape = [features.Count, .. model.Description.OutputShape];
        int[] valuesShape = outputShape.Length > 1 ? outputShape[..^1] : outputShape;
        float[] weights = [];
        int valuesPerWeight = 1;
        if (sampleWeight is not null)
        {
            var given = new Rows(sampleWeight);
            InputChecks.Numbers(given, nameof(sampleWeight));
            float[] numbers = TensorRows.Numbers(sampleWeight);
            weights = SampleWeights.Spread(numbers, given.Shape, valuesShape);
            valuesPerWeight = weights.Length / numbers.Length;
        }
        else if (classWeight is not null)
        {
            weights = SampleWeights.Spread(ClassWeights(targets, classWeight), [features.Count], valuesShape);
        }

        return new(features, targets, weights, valuesPerWeight);
    }

    /// <summary>Checks the targets against what a loss takes.</summary>
    /// <exception cref="ArgumentException">A target is wrong; the message has it and its row.</exception>
    public void CheckFor(Loss loss, ReadOnlySpan<int> outputShape) =>
        loss.CheckTargetValues(Targets.Span, Math.Max(1, Targets.RowLength), outputShape.Length == 0 ? 1 : outputShape[^1]);

    // Keras looks a class up by the largest of several targets, and by the rounded target where there is one; a class that is not named weighs 1.
    private static float[] ClassWeights(Rows targets, IReadOnlyDictionary<int, float> classWeight)
    {
        if (targets.SampleShape.Length > 1)
        {
            throw new ArgumentException(
                $"`classWeight` takes targets with one class a sample. Received: y.shape={ShapeText.Of(targets.Shape)}. For a weight at each position use sample weights.", nameof(classWeight));
        }

        foreach ((int number, float weight) in classWeight)
        {
            if (!float.IsFinite(weight))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected a finite weight for class {number}. Received: {weight}"), nameof(classWeight));
        }

        float[] weights = new float[targets.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            ReadOnlySpan<float> row = targets.Span.Slice(i * targets.RowLength, targets.RowLength);
            int number = row.Length > 1 ? Argument.OfLargest(row) : (int)MathF.Round(row[0]);
            weights[i] = classWeight.TryGetValue(number, out float weight) ? weight : 1;
        }

        return weights;
    }
}
