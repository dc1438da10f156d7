using System.Globalization;
using CompiledNets.Data;
using CompiledNets.Execution;

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
        Model model, Samples x, Samples y, Samples? sampleWeight, IReadOnlyDictionary<int, float>? classWeight, string place = "")
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        (string nameOfX, string nameOfY) = place.Length == 0 ? (nameof(x), nameof(y)) : (place + ".Features", place + ".Targets");
        string nameOfWeights = place.Length == 0 ? nameof(sampleWeight) : place + ".SampleWeights";
        var features = new Rows(x.Tensor);
        var targets = new Rows(y.Tensor);
        Rows? given = sampleWeight is null ? null : new(sampleWeight.Tensor);
        InputChecks.Features(features, model.Description.InputShape, $"'{model.Name}'", nameOfX);
        InputChecks.Cardinality(features, targets, given);
        InputChecks.Numbers(features, nameOfX);
        InputChecks.Numbers(targets, nameOfY);
        if (given is not null && classWeight is not null)
        {
            throw new ArgumentException(
                "`classWeight` and `sampleWeight` cannot be given at the same time: " +
                "multiply the sample weights by those of their classes instead.", nameof(classWeight));
        }

        int[] outputShape = [features.Count, .. model.Description.OutputShape];
        int[] valuesShape = outputShape.Length > 1 ? outputShape[..^1] : outputShape;
        float[] weights = [];
        int valuesPerWeight = 1;
        if (given is not null)
        {
            InputChecks.Numbers(given, nameOfWeights);
            weights = SampleWeights.Spread(given.Span, given.Shape, valuesShape);
            valuesPerWeight = weights.Length / given.Span.Length;
        }
        else if (classWeight is not null)
        {
            float[] byClass = ClassWeights(targets, classWeight, model.Description.OutputShape);
            weights = SampleWeights.Spread(byClass, [features.Count], valuesShape);
        }

        return new(features, targets, weights, valuesPerWeight);
    }

    /// <summary>Checks the targets against what a loss takes.</summary>
    /// <exception cref="ArgumentException">A target is wrong; the message has it and its row.</exception>
    public void CheckFor(LossStage loss, NetworkDescription description)
    {
        int rowLength = Math.Max(1, Targets.RowLength), classes = description.OutputShape is [.., int last] ? last : 1;
        loss.Loss.CheckTargetValues(Targets.Span, rowLength, classes);
        if (loss.IsDoubted) return;
        loss.IsDoubted = true;
        if (loss.Loss.Doubt(Targets.Span, rowLength, classes) is string doubt) Warning.Print($"'{description.Name}': {doubt}");
    }

    /// <summary>
    /// Checks data to validate on beside that which is trained on; its targets have the same shape, but for a last axis of 1 that may be
    /// there or not.
    /// </summary>
    /// <exception cref="ArgumentException">Something does not fit; the message says what and where.</exception>
    public static TrainingData CheckValidation(Model model, Dataset data, LossStage loss)
    {
        TrainingData validation = Check(model, data.Features, data.Targets, data.SampleWeights, null, "validationData");
        if (!WithoutLastOne(validation.Targets.SampleShape).SequenceEqual(WithoutLastOne(loss.TargetShape)))
        {
            throw new ArgumentException(
                "Validation targets must have the shape of the training targets. " +
                $"Expected shape {ShapeText.Of(LossShape.WithBatch(loss.TargetShape))}, " +
                $"but received: validationData.Targets.shape={ShapeText.Of(validation.Targets.Shape)}.", "validationData");
        }

        validation.CheckFor(loss, model.Description);
        return validation;
    }

    private static ReadOnlySpan<int> WithoutLastOne(int[] shape) => shape is [.. int[] others, 1] ? others : shape;

    // Keras looks a class up by the largest of several targets, and by the rounded target where there is one; a class that is not named
    // weighs 1.
    private static float[] ClassWeights(Rows targets, IReadOnlyDictionary<int, float> classWeight, ReadOnlySpan<int> outputShape)
    {
        if (targets.SampleShape.Length > 1)
        {
            throw new ArgumentException(
                $"`classWeight` takes targets with one class a sample. Received: y.shape={ShapeText.Of(targets.Shape)}. " +
                "For a weight at each position use sample weights.", nameof(classWeight));
        }

        foreach ((int number, float weight) in classWeight)
        {
            if (!float.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Expected a finite weight of at least 0 for class {number}. Received: {weight}"),
                    nameof(classWeight));
            }
        }

        float[] weights = new float[targets.Count];
        HashSet<int> seen = [];
        for (int i = 0; i < weights.Length; i++)
        {
            ReadOnlySpan<float> row = targets.Span.Slice(i * targets.RowLength, targets.RowLength);
            int number = row.Length == 0 ? 0 : row.Length > 1 ? Argument.OfLargest(row) : (int)MathF.Round(row[0]);
            seen.Add(number);
            weights[i] = classWeight.TryGetValue(number, out float weight) ? weight : 1;
        }

        // One output tells two classes apart, or none: there a class is one that the targets have.
        int classes = outputShape is [.., > 1] ? outputShape[^1] : 2;
        foreach (int number in classWeight.Keys)
        {
            if ((number >= 0 && number < classes) || (classes == 2 && seen.Contains(number))) continue;
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"`classWeight` has a weight for class {number}, which does not exist: classes are 0 to {classes - 1}."),
                nameof(classWeight));
        }

        return weights;
    }
}
