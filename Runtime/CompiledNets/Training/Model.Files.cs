using System.ComponentModel;
using System.Globalization;
using CompiledNets.Execution;
using CompiledNets.Files;

namespace CompiledNets;

/// <summary>Networks in files.</summary>
public abstract partial class Model
{
    private uint stepsBefore;

    /// <summary>
    /// Writes the network to a file, in the form that the ending asks for: <c>.safetensors</c>; with the package CompiledNets.Keras
    /// <c>.keras</c>, <c>.h5</c> and <c>.weights.h5</c> too. A file that is there is replaced when the new one is complete.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">There is no form of this ending.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    /// <exception cref="NotSupportedException">The form cannot hold the network; the message says why.</exception>
    /// <remarks>
    /// The state of the training is written too, where the network is compiled: what the optimizer keeps, the steps, and where the random
    /// numbers are. Training that goes on from the file has the bits of one that did not stop.
    /// </remarks>
    public void Save(string path) => Write(path, weightsOnly: false);

    /// <summary>
    /// Writes the weights to a file, with the state of the training: <c>.safetensors</c>, or <c>.weights.h5</c> with the package
    /// CompiledNets.Keras.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">There is no form of this ending, or it is one of whole networks.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    public void SaveWeights(string path) => Write(path, weightsOnly: true);

    /// <summary>
    /// Reads the weights of a file, which its first bytes tell the form of. Where the network is compiled with the optimizer that the file
    /// is of, training goes on from the file as if it had not stopped.
    /// </summary>
    /// <param name="path">
    /// The file: safetensors; with the package CompiledNets.Keras also those of Keras, of weights or whole networks.
    /// </param>
    /// <param name="skipMismatch">
    /// False to throw where a weight finds none that fits, and change nothing; true to take over those that fit.
    /// </param>
    /// <returns>What was taken over, and what did not fit.</returns>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// It is damaged, or a weight does not fit; the message has each. Nothing was changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread trains the network.</exception>
    public WeightReport LoadWeights(string path, bool skipMismatch = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Reading(path, stream => ModelFormat.OfFile(stream, path).ReadWeights(this, stream, skipMismatch));
    }

    /// <summary>Reads the weights of a file that is a resource of the program, say.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="skipMismatch">
    /// False to throw where a weight finds none that fits, and change nothing; true to take over those that fit.
    /// </param>
    /// <returns>What was taken over, and what did not fit.</returns>
    /// <exception cref="InvalidDataException">
    /// It is damaged, or a weight does not fit; the message has each. Nothing was changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread trains the network.</exception>
    public WeightReport LoadWeights(Stream stream, bool skipMismatch = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Reading(stream, seekable => ModelFormat.OfFile(seekable, "the stream").ReadWeights(this, seekable, skipMismatch));
    }

    /// <summary>
    /// The state of the training, for files of one's own: the steps, what the optimizer keeps, and where the random numbers are. Its
    /// numbers are the optimizer's own, so that training shows in them; null where the network is not compiled.
    /// </summary>
    public TrainingState? GetTrainingState()
    {
        if (setup is null) return null;
        Optimizer optimizer = setup.Optimizer;
        UpdateKernel kernel = KernelBefore(optimizer);
        WeightDescription[] trained =
            [.. Description.Weights.Where(weight => weight.Trainable && (!Frozen[weight.Layer] || kernel.Layout.Has(weight.Offset)))];
        string[] paths = [.. weights.Select(weight => weight.Path)];
        return new()
        {
            Optimizer = optimizer.GetType().Name,
            Iteration = optimizer.Batches,
            LearningRate = optimizer.LearningRate,
            Random = new(Seed, shuffles, trainingStep?.Steps ?? stepsBefore),
            // Slots of a block take turns weight by weight.
            Variables = [.. kernel.Slots.GroupBy(slot => slot.Block).OrderBy(block => block.Key)
                .SelectMany(block => trained.SelectMany(weight => block.Select(slot =>
                new OptimizerVariable(slot.Name, paths[Array.IndexOf(Description.Weights, weight)], weight.Shape,
                    slot.MemoryOf(weight.Offset, LengthOf(weight))))))],
        };
    }

    /// <summary>Goes on from the state of a training; weights are set apart.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentException">It is of another optimizer or other weights; the message says what does not fit.</exception>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread trains it.</exception>
    public void SetTrainingState(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Use.ThrowIfElsewhere();
        Compiled();
        if (StateProblem(state) is { } problem) throw new ArgumentException($"The state does not fit '{Name}': {problem}", nameof(state));
        TakeState(state);
    }

    /// <summary>What the network was compiled with, for packages that write it elsewhere; null before.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public CompileArguments? GetCompileArguments() => setup is null
        ? null
        : new(setup.Optimizer,
            [.. setup.Outputs.Select(output =>
            new OutputArguments(output.Loss, output.LossWeight, output.Metrics, output.WeightedMetrics))]);

    /// <summary>What the network is, for packages that write it elsewhere.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkDescription GetDescription() => Description;

    /// <summary>Reads the network of a file, for the compiler's <c>Load</c>.</summary>
    /// <param name="path">The file.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Reading(path, stream =>
        {
            ModelFormat.OfFile(stream, path).ReadWhole(this, stream);
            return true;
        });
    }

    /// <summary>Reads the network of a file, for the compiler's <c>Load</c>.</summary>
    /// <param name="stream">The file.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ReadFile(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Reading(stream, seekable =>
        {
            ModelFormat.OfFile(seekable, "the stream").ReadWhole(this, seekable);
            return true;
        });
    }

    /// <summary>Sets weights and the state of training, once it is known that the state fits.</summary>
    internal void PutWeights(IReadOnlyList<(ModelWeight Weight, NumberFiller Fill)> values, TrainingState? state)
    {
        Use.ThrowIfElsewhere("LoadWeights");
        if (state is not null && StateProblem(state) is { } problem)
            throw new InvalidDataException($"The state of the training in the file does not fit '{Name}': {problem}");
        foreach ((ModelWeight weight, NumberFiller fill) in values) fill(weight.Memory.Span);
        Panels.Invalidate();
        HashSet<ModelWeight> set = [.. values.Select(pair => pair.Weight)];
        foreach (ModelLayer layer in layers)
            if (layer.Weights.Count > 0 && layer.Weights.All(set.Contains)) layer.HasMoments();
        if (state is not null) TakeState(state);
    }

    private static int LengthOf(WeightDescription weight) => weight.Shape.Aggregate(1, (size, axis) => size * axis);

    private UpdateKernel KernelBefore(Optimizer optimizer)
    {
        UpdateKernel kernel = optimizer.KernelBefore(Parameters);
        if (!kernel.Layout.IsChosen) kernel.Layout.Choose(Description.Groups, Frozen);
        return kernel;
    }

    // What hinders the state from being taken; null for nothing.
    private string? StateProblem(TrainingState state)
    {
        if (setup is null) return "it is not compiled.";
        Optimizer optimizer = setup.Optimizer;
        if (optimizer.GetType().Name != state.Optimizer)
            return $"its optimizer is {optimizer.GetType().Name}, but the state is of {state.Optimizer}.";
        if (state.Iteration < 0) return string.Create(CultureInfo.InvariantCulture, $"{state.Iteration} steps.");
        if (!(state.LearningRate >= 0 && state.LearningRate <= float.MaxValue))
            return string.Create(CultureInfo.InvariantCulture, $"a learning rate of {state.LearningRate}.");
        Dictionary<string, ModelWeight> byPath = weights.ToDictionary(weight => weight.Path, StringComparer.Ordinal);
        HashSet<string> slots = [.. optimizer.KernelBefore(Parameters).Slots.Select(slot => slot.Name)];
        HashSet<(string, string)> there = [];
        foreach (OptimizerVariable variable in state.Variables)
        {
            if (!slots.Contains(variable.Name)) return $"its optimizer keeps no '{variable.Name}'.";
            if (!byPath.TryGetValue(variable.Weight, out ModelWeight? weight)) return $"it has no weight '{variable.Weight}'.";
            if (!weight.Shape.SequenceEqual(variable.Shape) || variable.Values.Length != weight.Values.Length)
                return $"'{variable.Name}' of '{variable.Weight}' has the shape {ShapeText.Of(variable.Shape)}, but the weight has " +
                    $"{ShapeText.Of(weight.Shape)}.";
            if (!there.Add((variable.Name, variable.Weight))) return $"'{variable.Name}' of '{variable.Weight}' is there twice.";
        }

        (string Slot, string Weight)[] missing = [.. weights.Where(weight => weight.Trainable)
            .SelectMany(_ => slots, (weight, slot) => (slot, weight.Path)).Where(pair => !there.Contains(pair))];
        return missing.Length == 0 ? null : $"'{missing[0].Slot}' of '{missing[0].Weight}' is missing.";
    }

    private void TakeState(TrainingState state)
    {
        TrainingSetup compiled = Compiled();
        Optimizer optimizer = compiled.Optimizer;
        UpdateKernel kernel = UpdateKernel(compiled);
        Dictionary<string, WeightDescription> byPath = weights.Select((weight, i) => (weight.Path, Description.Weights[i]))
            .ToDictionary(StringComparer.Ordinal);
        bool[] without = new bool[Description.Layers.Length];
        Array.Fill(without, true);
        foreach (OptimizerVariable variable in state.Variables) without[byPath[variable.Weight].Layer] = false;
        if (state.Variables.Count > 0) kernel.Layout.Choose(Description.Groups, without);
        kernel.Reset();
        foreach (OptimizerVariable variable in state.Variables)
        {
            WeightDescription weight = byPath[variable.Weight];
            OptimizerSlot slot = kernel.Slots.First(slot => slot.Name == variable.Name);
            variable.Values.Span.CopyTo(slot.Of(weight.Offset, LengthOf(weight)));
            if (state.Iteration > 0 && kernel.Average is { } average && average.Slot == slot)
                average.HasAverage(weight.Offset, LengthOf(weight));
        }

        optimizer.Batches = state.Iteration;
        // One that follows a schedule is where its step is.
        if (optimizer.Schedule is null) optimizer.LearningRate = state.LearningRate;
        if (state.Random is not { } random) return;
        Seed = random.Seed;
        shuffles = random.Shuffles;
        stepsBefore = random.Steps;
        trainingStep?.SetRandom(DropoutKey, random.Steps);
    }

    private void Write(string path, bool weightsOnly)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Use.ThrowIfElsewhere(weightsOnly ? nameof(SaveWeights) : nameof(Save));
        var format = ModelFormat.OfPath(path, weightsOnly);
        AtomicFile.Write(path, stream => format.Write(this, stream));
    }

    private static T Reading<T>(string path, Func<Stream, T> read)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return read(stream);
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static T Reading<T>(Stream stream, Func<Stream, T> read)
    {
        if (stream.CanSeek) return read(stream);
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        memory.Position = 0;
        return read(memory);
    }
}
