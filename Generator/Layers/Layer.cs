using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// A layer as users say it: its options with defaults filled in, its shape rule, its Keras weights and its lowering to ops. It knows
/// nothing of gradients, SIMD or C#.
/// </summary>
internal abstract record Layer
{
    /// <summary>Its place among the attributes of the chain, <c>[Input]</c> being 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its name, given or made as Keras makes it: <c>dense_1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its Keras class: <c>Dense</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Whether its weights train unless the user changes that.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>The activation that pictures show; null for a layer that takes none.</summary>
    public virtual string? ShownActivation => null;

    /// <summary>The arguments of its attribute as JSON.</summary>
    public string Options { get; init; } = LayerOptions.None;

    /// <summary>What its arguments ask of weights, by the word that they begin with: <c>Kernel</c>.</summary>
    public IReadOnlyDictionary<string, WeightRules> Rules { get; init; } = new Dictionary<string, WeightRules>();

    /// <summary>Whether its penalty is on values inside, which it sees to itself, instead of its outputs.</summary>
    public virtual bool PenalizesInside => false;

    /// <summary>The penalty on its outputs; null for none.</summary>
    public ActivityPenalty? Activity { get; init; }

    /// <summary>The word that arguments for a weight begin with: <c>Kernel</c> for <c>kernel</c>, unless a layer says otherwise.</summary>
    protected virtual string WordOf(string weight) => Identifier.Pascal(weight);

    /// <summary>What is asked of a weight beside how it starts; null for nothing.</summary>
    public virtual WeightRules? RulesOf(Weight weight) =>
        weight.Trainable && Rules.TryGetValue(WordOf(weight.Name), out WeightRules? rules) ? rules : null;

    /// <summary>Rows of the table in which it looks up the numbers that it takes; null where it takes any numbers.</summary>
    public virtual int? IndexLimit => null;

    /// <summary>Whether each number that it gives is one that it takes, or 0.</summary>
    public virtual bool KeepsNumbers => false;

    /// <summary>Names of what it gives; the first is what nodes take that name none.</summary>
    public virtual IReadOnlyList<string> OutputNames => ["output"];

    /// <summary>Whether steps of a sequence may be worked one by one: it needs no other samples and draws no random numbers.</summary>
    public virtual bool WorksStepByStep => true;

    /// <summary>Whether it works along the last axis, or number by number, so that steps may as well be another axis in front.</summary>
    public virtual bool WorksAlongLastAxis => false;

    /// <summary>What becomes of the mask of what it takes.</summary>
    public virtual MaskRule Mask => MaskRule.Drops;

    /// <summary>Whether what it gives has a mask.</summary>
    /// <param name="masked">Of each value that it takes, whether that has one.</param>
    public virtual bool GivesMask(IReadOnlyList<bool> masked) => Mask == MaskRule.Passes && masked[0];

    /// <summary>The mask of what it gives; null for none, and where its lowering has set one.</summary>
    /// <param name="lowering">Takes the ops that join masks.</param>
    /// <param name="inputs">What it takes.</param>
    public virtual Value? LowerMask(Lowering lowering, IReadOnlyList<Value> inputs) =>
        Mask == MaskRule.Passes ? lowering.MaskOf(inputs[0]) : null;

    /// <summary>Shapes of the outputs for inputs of these shapes; null, and a finding, where the layer cannot take them.</summary>
    public abstract IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context);

    /// <summary>The weights, in Keras's order.</summary>
    public virtual IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs) => [];

    /// <summary>What is done to its weights once a step, before any call reads them; most do nothing.</summary>
    public virtual void LowerWeights(Lowering lowering)
    {
    }

    /// <summary>The layer in ops: its outputs for some inputs.</summary>
    public abstract IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs);
}

/// <summary>A layer that makes one value of one.</summary>
internal abstract record UnaryLayer : Layer
{
    /// <summary>Shape of the output for an input of this shape; null, and a finding, where the layer cannot take it.</summary>
    public abstract Shape? InferShape(Shape input, ShapeContext context);

    /// <summary>The weights, in Keras's order.</summary>
    public virtual IEnumerable<Weight> Weights(Shape input) => [];

    /// <summary>The layer in ops.</summary>
    public abstract Value Lower(Lowering lowering, Value input);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context) =>
        InferShape(inputs[0], context) is { } shape ? [shape] : null;

    /// <inheritdoc/>
    public sealed override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs) => Weights(inputs[0]);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs) => [Lower(lowering, inputs[0])];
}

/// <summary>A weight that a layer asks for.</summary>
/// <param name="Name">Its Keras name: <c>kernel</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Initializer">A Keras name, or the lambda that gives the initializer: <c>static () => Small</c>.</param>
/// <param name="Trainable">False for moving averages and the like.</param>
internal sealed record Weight(string Name, Shape Shape, string Initializer, bool Trainable = true)
{
    /// <summary>
    /// Numbers of a row of its gradient, where it is the matrix of a contraction: those of the last axis, unless a layer says otherwise; 0
    /// for another weight. A kernel (inputs, heads, features) has rows of all heads.
    /// </summary>
    public int Columns { get; init; } = Shape.Rank >= 2 ? Shape.Last : 0;

    /// <summary>Whether a bias with a number for each column is one more row of its gradient.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Whether it is one more row of the matrix before it, where it has as many numbers as that has columns.</summary>
    public bool IsRow { get; init; } = Shape.Rank == 1;

    /// <summary>
    /// Inputs and outputs of a unit, by which initializers scale the variance; null for those that its shape tells.
    /// </summary>
    public (int In, int Out)? Fans { get; init; }

    /// <summary>The kernel of which it is the bias, a row more; null for the kernel before it, where it fits that.</summary>
    public string? Kernel { get; init; }

    /// <summary>The initializer is the lambda that gives it.</summary>
    public bool HasOwnInitializer => Initializer.StartsWith("static ", StringComparison.Ordinal);
}

/// <summary>What training asks of a weight; each is the lambda that gives it, null for none.</summary>
/// <param name="Regularizer">The penalty that is added to the loss: <c>static () => Small</c>.</param>
/// <param name="Constraint">What the weight is brought back to after each step.</param>
internal sealed record WeightRules(string? Regularizer, string? Constraint);
