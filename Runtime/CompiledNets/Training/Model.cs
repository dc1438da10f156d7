using System.Globalization;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// A network. Its class declares the layers by attributes; the compiler writes the rest. The life of one is Keras's: make, compile, fit,
/// evaluate, predict.
/// </summary>
/// <remarks>
/// Predictions may be made from many threads at once; everything else belongs to one thread at a time, and throws where another one is at
/// it. The same seed and data give the same bits on every run, with any number of threads.
/// </remarks>
public abstract partial class Model
{
    /// <summary>What random numbers are for: each purpose has its own stream under the seed.</summary>
    private enum RandomStream : uint
    {
        Weights = 1,
        Shuffle = 2,
        Dropout = 3,
    }

    /// <summary>Weights from which on threads share their initialization: some milliseconds for one.</summary>
    private const int SharedInitialization = 500_000;

    private readonly List<ModelLayer> layers = [];
    private readonly List<ModelWeight> weights = [];
    // Of a network with one input and one output; -1 of others.
    private readonly int inputSize;
    private readonly int outputSize;
    private NetworkProgram? program;
    private Predictor? predictor;
    private TrainingStep? trainingStep;
    private EvaluationStep? evaluationStep;
    private TrainingSetup? setup;
    private BatchStates? states;
    private int threads;

    /// <summary>Makes the network with fresh weights. The compiler's constructor calls it.</summary>
    /// <param name="description">Names, shapes and sizes.</param>
    /// <param name="seed">Seed of the weights, of shuffling and of dropout; null for one that is drawn.</param>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected Model(NetworkDescription description, int? seed)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
        Nodes = [.. description.Nodes.Select(node => new Node(node.Name, node.Shape))];
        Seed = seed ?? Random.Shared.Next();
        Use = new(description.Name, LetGo);
        Parameters = new(description.ParameterSize);
        Frozen = [.. description.Layers.Select(layer => !layer.Trainable)];
        bool isSingle = description.Inputs.Length == 1 && description.Outputs.Length == 1;
        inputSize = isSingle ? description.Inputs[0].Size : -1;
        outputSize = isSingle ? description.Outputs[0].Size : -1;
        spanTargets = new (int, int[])[description.Outputs.Length];
        spanShapes = new int[description.Outputs.Length][];
        InitializeWeights();
        Panels = new(description, Parameters);
        Penalties = WeightPenalties.Of(description, Parameters, Frozen);
        Constraints = WeightConstraints.Of(description, Parameters, Frozen);
    }

    /// <summary>
    /// Threads that a network may use where its <see cref="Threads"/> says nothing: as many as the process has processors. Small work stays
    /// on one anyway.
    /// </summary>
    public static int DefaultThreads { get; set; } = Environment.ProcessorCount;

    /// <summary>The network's name.</summary>
    public string Name => Description.Name;

    /// <summary>
    /// The seed of the weights, of shuffling and of dropout: the one given, or the one that was drawn. A network made with it trains the
    /// same way. Training that goes on from a file goes on with the seed of the file.
    /// </summary>
    public int Seed { get; private set; }

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<ModelLayer> Layers => layers;

    /// <summary>The nodes of a network that is declared as a graph, in the order of their declaration; none in a chain.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>All weights, layer by layer, in Keras's order.</summary>
    public IReadOnlyList<ModelWeight> Weights => weights;

    /// <summary>
    /// Whether training changes weights of any layer. Setting it sets <see cref="ModelLayer.Trainable"/> of every layer, from the next step
    /// on: a frozen network costs a forward pass, and what stands before it gets gradients still.
    /// </summary>
    public bool Trainable
    {
        get => layers.Exists(layer => layer.Trainable && layer.Weights.Count > 0);
        set
        {
            foreach (ModelLayer layer in layers) layer.Trainable = value;
        }
    }

    /// <summary>What the network was compiled with; null before.</summary>
    public Optimizer? Optimizer => setup?.Optimizer;

    /// <summary>Set by a callback to end training: after a batch the epoch ends there, with its validation, and no other begins.</summary>
    public bool StopTraining { get; set; }

    /// <summary>
    /// Most threads that a step or a prediction may use; 0 for <see cref="DefaultThreads"/>. The result does not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Threads
    {
        get => threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            threads = value;
        }
    }

    /// <summary>Names, shapes and sizes.</summary>
    internal NetworkDescription Description { get; }

    /// <summary>All weights.</summary>
    internal Arena Parameters { get; }

    /// <summary>The large ones of them in panels of outputs, for products of narrow lanes.</summary>
    internal WeightPanels Panels { get; }

    /// <summary>By layer, whether its weights do not train.</summary>
    internal bool[] Frozen { get; }

    /// <summary>The penalties on its weights; null where it has none.</summary>
    internal WeightPenalties? Penalties { get; }

    /// <summary>The constraints on its weights; null where it has none.</summary>
    internal WeightConstraints? Constraints { get; }

    /// <summary>The gradients of the last backward pass; null where there was none, or training went on since.</summary>
    internal Arena? Gradients => trainingStep?.Gradients;

    /// <summary>The moving averages of the weights that the optimizer keeps; null for none, and before the first step.</summary>
    internal WeightAverage? WeightAverage => setup?.Update?.Average;

    /// <summary>Who uses the model.</summary>
    internal ModelUse Use { get; }

    /// <summary>The vectors that the network runs with; tests choose narrower ones before the first use.</summary>
    internal LaneWidth Width { get; set; } = LaneWidths.Best;

    private int EffectiveThreads => threads == 0 ? DefaultThreads : threads;

    private Predictor Predictor => predictor ??= new(Description, Program, Width, Parameters, Panels) { States = States };

    private TrainingStep TrainingStep => trainingStep ??=
        new(Description, Program, Width, Parameters, Panels, Frozen, Penalties, Constraints, States, DropoutKey) { Steps = stepsBefore };

    private EvaluationStep EvaluationStep
    {
        get
        {
            evaluationStep ??= new(Description, Program, Width, Parameters, Panels, Penalties, States);
            evaluationStep.Threads = EffectiveThreads;
            return evaluationStep;
        }
    }

    // What stateful layers keep; null where there are none.
    private BatchStates? States => Description.States.Length == 0 ? null
        : states ??= new(Description, LanePacker.Of(Width), (int)Width);

    private ulong DropoutKey => Philox.DeriveKey((uint)Seed, (uint)RandomStream.Dropout, 0);

    private NetworkProgram Program => program ??= CreateProgram(Width);

    /// <summary>
    /// Takes over all weights of another network of the same class, moving averages included. Optimizers keep their state.
    /// </summary>
    /// <param name="other">The network that has the weights; it stays as it is.</param>
    /// <exception cref="ArgumentException">It is of another class.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains one of the two.</exception>
    public void CopyWeightsFrom(Model other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.GetType() != GetType())
        {
            throw new ArgumentException(
                $"Weights are copied between networks of one class. Expected a {GetType().Name}, but received a {other.GetType().Name}. " +
                "For single weights use `Assign()`.", nameof(other));
        }

        Use.ThrowIfElsewhere();
        other.Use.ThrowIfElsewhere();
        SetParameters(other.Parameters.Span);
        for (int i = 0; i < layers.Count; i++) layers[i].TakeMoments(other.layers[i]);
    }

    /// <summary>
    /// Freezes or trains the layers of a name pattern, from the next step on: <c>SetTrainable("base_*", false)</c>.
    /// </summary>
    /// <param name="pattern">
    /// Names of layers, in which <c>*</c> stands for any characters and <c>?</c> for one; capitals count.
    /// </param>
    /// <param name="trainable">What their <see cref="ModelLayer.Trainable"/> becomes.</param>
    /// <returns>The layers of the pattern.</returns>
    /// <exception cref="ArgumentException">No layer has such a name; the message has those that there are.</exception>
    public IReadOnlyList<ModelLayer> SetTrainable(string pattern, bool trainable)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        ModelLayer[] found = [.. layers.Where(layer => FileSystemName.MatchesSimpleExpression(pattern, layer.Name, ignoreCase: false))];
        if (found.Length == 0)
        {
            throw new ArgumentException(
                $"'{Name}' has no layer '{pattern}'. It has: {string.Join(", ", layers.Select(layer => layer.Name))}.", nameof(pattern));
        }

        foreach (ModelLayer layer in found) layer.Trainable = trainable;
        return found;
    }

    /// <summary>Name, shapes and size: <c>IonosphereNet: (None, 34) -> (None, 1), 449 parameters, seed 1</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {Shapes(Description.Inputs)} -> {Shapes(Description.Outputs)}, " +
        $"{layers.Sum(layer => layer.ParameterCount)} parameters, seed {Seed}");

    /// <summary>The compiled program for a lane width; written by the compiler.</summary>
    /// <param name="width">The lane width.</param>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected virtual NetworkProgram CreateProgram(LaneWidth width) =>
        throw new InvalidOperationException($"The network '{Name}' has mistakes that the compiler reported; it cannot be run.");

    /// <summary>Takes in the handle of a layer, and makes those of its weights.</summary>
    internal ModelWeight[] Register(ModelLayer layer, int index)
    {
        layers.Add(layer);
        string name = Description.Layers[index].Name;
        IEnumerable<WeightDescription> described = Description.Weights.Where(weight => weight.Layer == index);
        ModelWeight[] own = [.. described.Select(weight => new ModelWeight(this, weight, name))];
        weights.AddRange(own);
        return own;
    }

    // Numbers depend on the seed and on their place alone, so that threads share a large network. Initializers that are the user's are
    // asked one after the other.
    private void InitializeWeights()
    {
        WeightDescription[] described = Description.Weights;
        bool isShared = Parameters.Length >= SharedInitialization && DefaultThreads > 1;
        var failures = new Exception?[described.Length];
        if (isShared)
            Parallel.For(0, described.Length, new ParallelOptions { MaxDegreeOfParallelism = DefaultThreads }, i =>
            {
                if (described[i].Custom is not null) return;
                try
                {
                    InitializeWeight(i);
                }
                catch (ArgumentException failure)
                {
                    failures[i] = failure;
                }
            });
        for (int i = 0; i < described.Length; i++)
        {
            if (failures[i] is { } failure) ExceptionDispatchInfo.Throw(failure);
            if (!isShared || described[i].Custom is not null) InitializeWeight(i);
        }
    }

    private void InitializeWeight(int index)
    {
        WeightDescription weight = Description.Weights[index];
        Initializer initializer = weight.Custom?.Invoke() ?? Initializer.Get(weight.Initializer);
        int length = weight.Shape.Aggregate(1, (size, axis) => size * axis);
        ulong key = Philox.DeriveKey((uint)Seed, (uint)RandomStream.Weights, (uint)index);
        int[] shape = initializer is Initializers.VarianceScaling && weight.Fans is { } fans ? fans : weight.Shape;
        initializer.Fill(Parameters.Span.Slice(weight.Offset, length), shape, key);
    }

    /// <summary>Sets all weights, as they lie in the arena.</summary>
    internal void SetParameters(ReadOnlySpan<float> values)
    {
        values.CopyTo(Parameters.Span);
        Panels.Invalidate();
    }

    /// <summary>Whether the last backward pass left the weights of a layer out.</summary>
    internal bool LeftOut(int layer) => trainingStep?.LeftOut(layer) == true;

    private static string Shapes(PortDescription[] ports) =>
        string.Join(", ", ports.Select(port => ShapeText.Of(LossShape.WithBatch(port.Shape))));

    // Calls that take one tensor, or give one, are for networks with one input and one output.
    private void CheckSingle(string? instead = null, [CallerMemberName] string call = "")
    {
        if (inputSize >= 0) return;
        throw new ArgumentException(
            $"'{Name}' has the inputs {PortLists.Names(Description.Inputs)} and the outputs {PortLists.Names(Description.Outputs)}: " +
            (instead ?? $"give `{call}()` lists with an entry for each, in this order, or dictionaries by their names."));
    }

    // Data of the user is not kept after a call; what is pinned for the length of one keeps nothing.
    private void LetGo()
    {
        trainingStep?.Release();
        spanSource?.Clear();
    }

    private TrainingSetup Compiled() => setup ?? throw new InvalidOperationException(
        $"'{Name}' has no optimizer and no loss yet: call `Compile()` before using it for training or evaluation.");

    private UpdateKernel UpdateKernel(TrainingSetup compiled) => compiled.Update ??= compiled.Optimizer.KernelFor(Width, Parameters);
}
