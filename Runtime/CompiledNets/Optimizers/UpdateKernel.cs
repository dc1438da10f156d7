using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// An optimizer's update rule for one lane width, over one parameter arena, with the optimizer's state beside it. What all optimizers
/// share is here; a derived class has the rule. Each number is worked alone, so that neither the lane width nor how the parameters are
/// split into ranges changes a bit.
/// </summary>
internal abstract class UpdateKernel
{
    private readonly double weightDecay;
    private readonly int batchesPerStep;
    private readonly List<OptimizerSlot> slots = [];
    private bool updates;

    protected UpdateKernel(Optimizer optimizer, Arena parameters)
    {
        Parameters = parameters;
        Layout = new(parameters.Length);
        ClipLimit = optimizer.ClipValue is > 0 and double limit ? (float)limit : float.PositiveInfinity;
        weightDecay = optimizer.WeightDecay ?? 0;
        batchesPerStep = optimizer.GradientAccumulationSteps ?? 1;
        if (optimizer.UseEma)
            Average = new(AddSlot("average", -2, origin: parameters), parameters, optimizer.EmaMomentum, optimizer.EmaOverwriteFrequency);
        if (batchesPerStep > 1) Accumulation = new(AddSlot("gradient_accumulator", -1), batchesPerStep);
    }

    /// <summary>The parameters that are updated.</summary>
    public Arena Parameters { get; }

    /// <summary>Where the state of parameters lies.</summary>
    public StateLayout Layout { get; }

    /// <summary>The state: what has a number for each parameter that trains, in Keras's order.</summary>
    public IReadOnlyList<OptimizerSlot> Slots => slots;

    /// <summary>The moving average of the weights; null where none is kept.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The sum of the gradients since the last step; null where each batch makes a step.</summary>
    public GradientAccumulation? Accumulation { get; }

    /// <summary>Where gradients are cut, on both sides of zero; infinity for nowhere.</summary>
    protected float ClipLimit { get; }

    /// <summary>What decay adds to a weight of 1 in this step: -(weight decay * learning rate).</summary>
    protected float Decay { get; private set; }

    /// <summary>Makes what is the same for all parameters of a step: the step size, say. Called once a batch, before any update.</summary>
    /// <param name="batch">Batches before this one.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BeginStep(long batch, double learningRate)
    {
        long iteration = batch / batchesPerStep;
        foreach (OptimizerSlot slot in slots) slot.Reserve();
        updates = Accumulation is null || Accumulation.Ends(batch);
        Decay = (float)-(weightDecay * learningRate);
        Begin(iteration, learningRate);
        Average?.Begin(iteration);
    }

    /// <summary>
    /// What a rule that needs whole weights works before <see cref="BeginStep"/>, of gradients that are accumulated and clipped by norms.
    /// </summary>
    /// <param name="batch">Batches before this one.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="gradients">The gradients of all parameters, laid out as they are.</param>
    /// <param name="weights">Where each weight that trains lies in it, in floats.</param>
    public void Prepare(long batch, double learningRate, Arena gradients, (int Offset, int Length)[] weights)
    {
        Decay = (float)-(weightDecay * learningRate);
        PrepareStep(batch / batchesPerStep, gradients, weights);
    }

    /// <summary>
    /// Updates parameters [<paramref name="offset"/>, offset + <paramref name="count"/>), whose gradients lie at
    /// <paramref name="gradient"/>. The offset is a multiple of 16; up to the next multiple of 16 behind the end there is padding, whose
    /// gradient is zero and which may be updated too. May be called for different ranges at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(ref float gradient, int offset, int count)
    {
        if (updates) Step(ref gradient, offset, count);
        Average?.Update(offset, count);
    }

    /// <summary>Makes the state what it was before the first step.</summary>
    public void Reset()
    {
        foreach (OptimizerSlot slot in slots) slot.Reset();
        Average?.Reset();
    }

    /// <summary>Computes what the rule needs once a step.</summary>
    /// <param name="iteration">Steps taken before this one.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    protected abstract void Begin(long iteration, double learningRate);

    /// <summary>Works what the rule needs of whole weights, once a step before <see cref="Begin"/>; most need nothing.</summary>
    /// <param name="iteration">Steps taken before this one.</param>
    /// <param name="gradients">The gradients of all parameters, laid out as they are; they stay.</param>
    /// <param name="weights">Where each weight that trains lies in it, in floats.</param>
    protected virtual void PrepareStep(long iteration, Arena gradients, (int Offset, int Length)[] weights)
    {
    }

    /// <summary>
    /// <see cref="Update(ref float, int, int)"/> where gradients are sums of what several places contribute, of which the sums of the
    /// squares are known: what a rule would take as the square of a gradient.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(ref float gradient, ref float squares, int offset, int count)
    {
        // What is clipped is another gradient.
        if (updates && float.IsPositiveInfinity(ClipLimit)) Step(ref gradient, ref squares, offset, count);
        else if (updates) Step(ref gradient, offset, count);
        Average?.Update(offset, count);
    }

    /// <summary>
    /// The rule, as <see cref="Update(ref float, int, int)"/> is called. It reads gradients by <see cref="Clipped"/> and weights by
    /// <see cref="Decayed"/>.
    /// </summary>
    protected abstract void Step(ref float gradient, int offset, int count);

    /// <summary>The rule where squares are known; one that takes none does without.</summary>
    protected virtual void Step(ref float gradient, ref float squares, int offset, int count) => Step(ref gradient, offset, count);

    /// <summary>Gives the rule state of the size of the parameters.</summary>
    /// <param name="name">Keras's name of it.</param>
    /// <param name="block">Slots of one block take turns variable by variable in Keras's list; blocks come one behind the other.</param>
    /// <param name="initial">What it starts as.</param>
    /// <param name="origin">What it starts as instead, where it is not one number.</param>
    protected OptimizerSlot AddSlot(string name, int block, float initial = 0, Arena? origin = null)
    {
        OptimizerSlot slot = new(name, block, Layout, initial, origin);
        slots.Add(slot);
        return slot;
    }

    /// <summary>Gradients, cut to ±limit; what is not a number passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static T Clipped<T>(ref float gradient, int at, T limit) where T : struct, ILanes<T> =>
        T.Min(limit, T.Max(-limit, T.Load(ref gradient, at)));

    /// <summary>Weights, decayed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static T Decayed<T>(ref float weights, int at, T decay) where T : struct, ILanes<T>
    {
        T weight = T.Load(ref weights, at);
        return T.Fma(weight, decay, weight);
    }
}
