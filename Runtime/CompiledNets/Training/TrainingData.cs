using System.Globalization;
using CompiledNets.Data;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Features, targets and weights that were checked against a network, its losses and each other.</summary>
internal sealed class TrainingData
{
    private const string ValidationData = "`validationData`";

    private readonly NetworkDescription description;
    private readonly Rows?[] targets;

    private TrainingData(NetworkDescription description, Rows[] inputs, Rows?[] targets, TargetSource[] sources)
    {
        this.description = description;
        this.targets = targets;
        TargetShapes = [.. targets.Select(rows => rows?.SampleShape)];
        Source = new([.. inputs.Select(rows => new RowSource(rows))], sources, inputs[0].Count);
    }

    /// <summary>By output, the shape of the target of one sample; null where there are none.</summary>
    public int[]?[] TargetShapes { get; }

    /// <summary>How many rows.</summary>
    public int Count => Source.Count;

    /// <summary>Where steps read them.</summary>
    public BatchSource Source { get; }

    /// <summary>Checks shapes and numbers; what a loss and metrics want of targets is checked by <see cref="CheckFor"/>.</summary>
    /// <param name="description">The network.</param>
    /// <param name="data">What was given.</param>
    /// <param name="like">Data whose targets say how these are read, where they differ by a last axis of 1; null for none.</param>
    /// <exception cref="ArgumentException">Something does not fit; the message says what and where.</exception>
    public static TrainingData Check(NetworkDescription description, in GivenData data, TrainingData? like = null)
    {
        ArgumentNullException.ThrowIfNull(data.X, data.NameOfX);
        ArgumentNullException.ThrowIfNull(data.Y, data.NameOfY);
        Rows[] inputs = CheckInputs(description, data.X, data.NameOfX);
        PortLists.CheckCount(data.Y.Count, description.Outputs, "output", description.Name, data.NameOfY);
        if (data.Weights is { } lists)
            PortLists.CheckCount(lists.Count, description.Outputs, "output", description.Name, data.NameOfWeights);
        if (data.ClassWeights is { } classes)
            PortLists.CheckCount(classes.Count, description.Outputs, "output", description.Name, "classWeight");

        Rows?[] targets = [.. data.Y.Select(samples => samples is null ? null : new Rows(samples.Tensor))];
        if (targets is [null]) throw new ArgumentNullException(data.NameOfY);
        var weights = new Rows?[targets.Length];
        var counts = new List<(string, int)>();
        for (int i = 0; i < inputs.Length; i++) counts.Add((NameOf(data.NameOfX, description.Inputs, i, "x"), inputs[i].Count));
        for (int i = 0; i < targets.Length; i++)
            if (targets[i] is { } rows) counts.Add((NameOf(data.NameOfY, description.Outputs, i, "y"), rows.Count));
        // A single number weighs a single sample.
        for (int i = 0; i < weights.Length; i++)
        {
            if (targets[i] is null && (data.Weights?[i] is not null || data.ClassWeights?[i] is not null))
            {
                string argument = data.Weights?[i] is not null ? data.NameOfWeights : "classWeight";
                throw new ArgumentException(
                    $"{NameOf(argument, description.Outputs, i)} weighs targets that are not given: " +
                        $"{NameOf(data.NameOfY, description.Outputs, i)} " +
                    "is missing.", argument);
            }

            if (data.Weights?[i] is not { } given) continue;
            Rows rows = weights[i] = new(given.Tensor);
            string name = NameOf(data.NameOfWeights, description.Outputs, i, "sampleWeight");
            counts.Add((name, rows.Shape.Length == 0 ? 1 : rows.Count));
        }

        InputChecks.Cardinality(counts);
        for (int i = 0; i < inputs.Length; i++) InputChecks.Numbers(inputs[i], NameOf(data.NameOfX, description.Inputs, i));
        for (int i = 0; i < targets.Length; i++)
            if (targets[i] is { } rows) InputChecks.Numbers(rows, NameOf(data.NameOfY, description.Outputs, i));

        var sources = new TargetSource[targets.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            if (targets[i] is not { } rows) continue;
            if (weights[i] is { } checkedWeights) InputChecks.Numbers(checkedWeights, NameOf(data.NameOfWeights, description.Outputs, i));
            IReadOnlyDictionary<int, float>? classWeight = data.ClassWeights?[i];
            int output = i;
            int[] shape = like?.TargetShapes[i] is { } wanted && DifferByLastOne(wanted, rows.SampleShape) ? wanted : rows.SampleShape;
            sources[i] = InputChecks.OfOutput(
                description, i, () => Weighted(rows, shape, weights[output], classWeight, description.Outputs[output]),
                like is null ? "" : ValidationData);
        }

        return new(description, inputs, targets, sources);
    }

    /// <summary>Checks that there is a tensor of its shape for each input.</summary>
    /// <exception cref="ArgumentException">Something does not fit; the message names the input.</exception>
    public static Rows[] CheckInputs(NetworkDescription description, IReadOnlyList<Samples> x, string argument)
    {
        ArgumentNullException.ThrowIfNull(x, argument);
        PortLists.CheckCount(x.Count, description.Inputs, "input", description.Name, argument);
        var rows = new Rows[x.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            string name = NameOf(argument, description.Inputs, i);
            ArgumentNullException.ThrowIfNull(x[i], name);
            rows[i] = new(x[i].Tensor);
            string taker = description.Inputs.Length == 1 ? $"'{description.Name}'"
                : $"'{description.Name}' at '{description.Inputs[i].Name}'";
            InputChecks.Features(rows[i], description.Inputs[i].Shape, taker, name);
            InputChecks.Indices(rows[i].Span, description.Inputs[i], name);
        }

        return rows;
    }

    /// <summary>Checks that inputs have as many rows.</summary>
    /// <exception cref="ArgumentException">They have not; the message has the rows of each.</exception>
    public static void CheckRows(NetworkDescription description, Rows[] inputs, string argument) =>
        InputChecks.Cardinality([.. inputs.Select((rows, i) => (NameOf(argument, description.Inputs, i), rows.Count))]);

    /// <summary>What an argument is called in messages: by its port where there are several.</summary>
    public static string NameOf(string argument, PortDescription[] ports, int port, string? ofOne = null) =>
        ports.Length == 1 ? ofOne ?? argument : $"{argument}['{ports[port].Name}']";

    /// <summary>Checks the targets against what the losses take.</summary>
    /// <param name="losses">The losses.</param>
    /// <param name="data">Which data it is about, where that is not the only one; empty for none to name.</param>
    /// <exception cref="ArgumentException">A target is wrong; the message has it and its row.</exception>
    public void CheckFor(LossStages losses, string data = "")
    {
        foreach ((int output, LossStage stage) in losses.Given)
        {
            Rows rows = targets[output]!;
            int rowLength = Math.Max(1, rows.RowLength), classes = description.Outputs[output].Classes;
            InputChecks.OfOutput(description, output, () =>
            {
                stage.Loss.CheckTargetValues(rows.Span, rowLength, classes);
                return true;
            }, data);
            if (stage.IsDoubted) continue;
            stage.IsDoubted = true;
            if (stage.Loss.Doubt(rows.Span, rowLength, classes) is not string doubt) continue;
            string which = description.Outputs.Length == 1 ? "" : $", output '{description.Outputs[output].Name}'";
            Warning.Print($"'{description.Name}'{which}: {doubt}");
        }
    }

    /// <summary>
    /// Checks data to validate on beside that which is trained on; its targets have the same shape, but for a last axis of 1 that may be
    /// there or not.
    /// </summary>
    /// <param name="description">The network.</param>
    /// <param name="data">What was given.</param>
    /// <param name="training">What is trained on.</param>
    /// <param name="losses">The losses.</param>
    /// <exception cref="ArgumentException">Something does not fit; the message says what and where.</exception>
    public static TrainingData CheckValidation(
        NetworkDescription description, in GivenData data, TrainingData training, LossStages losses)
    {
        TrainingData validation = Check(description, data, like: training);
        for (int i = 0; i < description.Outputs.Length; i++)
        {
            if (training.TargetShapes[i] is not { } wanted) continue;
            string name = NameOf(data.NameOfY, description.Outputs, i);
            if (validation.TargetShapes[i] is not { } shape)
            {
                throw new ArgumentException(
                    $"Validation targets must be there for each output that has training targets. Missing: {name}.", "validationData");
            }

            if (DifferByLastOne(shape, wanted)) continue;
            throw new ArgumentException(
                "Validation targets must have the shape of the training targets. " +
                $"Expected shape {ShapeText.Of(LossShape.WithBatch(wanted))}, " +
                $"but received: {name}.shape={ShapeText.Of(validation.targets[i]!.Shape)}.", "validationData");
        }

        validation.CheckFor(losses, ValidationData);
        return validation;
    }

    private static TargetSource Weighted(
        Rows targets, int[] targetShape, Rows? given, IReadOnlyDictionary<int, float>? classWeight, PortDescription output)
    {
        if (given is not null && classWeight is not null)
        {
            throw new ArgumentException(
                "`classWeight` and `sampleWeight` cannot be given at the same time: " +
                "multiply the sample weights by those of their classes instead.", nameof(classWeight));
        }

        // Targets that lack a last axis of 1 are rows of numbers with one value a row, as LossShape reads them.
        bool lacksAxis = targetShape.Length > 0 && output.Shape is [.. int[] others, 1] && targetShape.AsSpan().SequenceEqual(others);
        int[] values = [targets.Count, .. output.Shape[..^Math.Min(output.Shape.Length, lacksAxis ? 2 : 1)]];
        if (given is not null)
        {
            string hint = lacksAxis && given.Shape.Length > 1
                ? $"For a weight at each position give targets of the shape {ShapeText.Of([targets.Count, .. output.Shape])}."
                : "";
            float[] weights = SampleWeights.Spread(given.Span, given.Shape, values, hint);
            return new(new(targets), weights, weights.Length / given.Span.Length);
        }

        return classWeight is null
            ? new(new RowSource(targets))
            : new(new(targets), SampleWeights.Spread(ClassWeights(targets, classWeight, output.Shape), [targets.Count], values));
    }

    private static bool DifferByLastOne(int[] shape, int[] other) => WithoutLastOne(shape).SequenceEqual(WithoutLastOne(other));

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
