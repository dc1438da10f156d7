using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CompiledNets.Numerics;

namespace CompiledNets.Execution;

/// <summary>
/// What the generator writes for a network: straight-line phases over arenas, for one lane width. It holds no state; everything it reads
/// and writes is handed to it, so that phases of one step can run on several threads, over different blocks.
/// </summary>
/// <remarks>
/// <para>
/// A sample value of n features lives in a block arena: block b starts at float <c>b * BlockSize * Lanes</c>, feature f of a value at
/// offset o is the vector at <c>(b * BlockSize + o + f) * Lanes</c>. Sizes and offsets are in features.
/// </para>
/// <para>
/// A training step is: <see cref="BeforeForward"/> once; for each forward phase, <see cref="Forward"/> over all blocks, then, but for the
/// last, <see cref="AfterForward"/> once; the loss, which writes the gradient of the outputs (or of the logits); for each backward phase,
/// <see cref="Backward"/> over all blocks, then <see cref="AfterBackward"/> once; then <see cref="Gradient"/> for the rows of each
/// parameter group. Between phases over samples and work that is done once lies a barrier.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NetworkProgram
{
    /// <summary>Samples in a lane block.</summary>
    public abstract int Lanes { get; }

    /// <summary>Multiply-adds of the forward pass of one sample: what threads are worth is told by it.</summary>
    public abstract long Work { get; }

    /// <summary>Where things lie in a block of the training arena.</summary>
    public abstract BlockLayout Training { get; }

    /// <summary>Where things lie in a block of the inference arena.</summary>
    public abstract BlockLayout Inference { get; }

    /// <summary>Floats of the arena for values that all samples share: statistics and their gradients.</summary>
    public virtual int SharedSize => 0;

    /// <summary>Floats of scratch that <see cref="PredictRow"/> needs.</summary>
    public abstract int RowScratchSize { get; }

    /// <summary>
    /// Where <see cref="PredictRow"/> finds the inputs in its scratch, in floats; null where it reads the only one where the caller has
    /// it.
    /// </summary>
    public virtual int[]? RowInputs => null;

    /// <summary>Where <see cref="PredictRow"/> leaves the outputs in its scratch, in floats.</summary>
    public abstract int[] RowOutputs { get; }

    /// <summary>
    /// Where <see cref="PredictRow"/> finds, and leaves, states that are kept from step to step, in floats of its scratch.
    /// </summary>
    public virtual StatePlace[] RowStates => [];

    /// <summary>
    /// Outputs of a panel of a parameter group's weights, where products read them so; 0 where they read them as they are.
    /// </summary>
    public virtual int PanelWidth(int group) => 0;

    /// <summary>Kernels that products read transformed, after the panels in their arena.</summary>
    public virtual TransformedKernel[] TransformedKernels => [];

    /// <summary>Kernels that <see cref="PredictRow"/> reads packed, in an arena of theirs.</summary>
    public virtual PackedKernel[] PackedKernels => [];

    /// <summary>Phases over samples before the loss.</summary>
    public virtual int ForwardPhases => 1;

    /// <summary>Phases over samples behind the loss.</summary>
    public virtual int BackwardPhases => 1;

    /// <summary>Whom the ops of the backward pass serve; <see cref="Step.Serves"/> says by the same numbers who is served.</summary>
    public virtual ServedSet[] Served => [];

    /// <summary>Whether the gradient of any weight is a sum, for which <see cref="Gradient"/> needs room beside its target.</summary>
    public virtual bool AddsGradients => false;

    /// <summary>Work that is done once before the first forward phase, on weights alone, which it may change.</summary>
    public virtual void BeforeForward(Step step)
    {
    }

    /// <summary>Whether <see cref="BeforeForward"/> changes weights.</summary>
    public virtual bool ChangesWeights => false;

    /// <summary>Works one forward phase for blocks [<paramref name="first"/>, <paramref name="last"/>).</summary>
    public abstract void Forward(int phase, Step step, int first, int last);

    /// <summary>Work that a forward phase leaves for once all blocks are done, such as combining statistics.</summary>
    public virtual void AfterForward(int phase, Step step)
    {
    }

    /// <summary>
    /// Works one backward phase for blocks [<paramref name="first"/>, <paramref name="last"/>). The gradient lies at
    /// <see cref="HeadLayout.OutputGradient"/>, or with <see cref="Step.FromLogits"/> at <see cref="HeadLayout.LogitsGradient"/>.
    /// </summary>
    public abstract void Backward(int phase, Step step, int first, int last);

    /// <summary>Work that a backward phase leaves for once all blocks are done.</summary>
    public virtual void AfterBackward(int phase, Step step)
    {
    }

    /// <summary>
    /// Taps of a kernel's group whose gradient is made for all of them at once; 1 for rows that are worked by themselves. With several, a
    /// range of rows is one of channels, the bias being one more, and stands for the rows of these channels in each tap.
    /// </summary>
    public virtual int Taps(int group) => 1;

    /// <summary>
    /// Where the backward pass leaves what the gradient of a table is made of; null for groups without
    /// <see cref="ParameterGroup.SumsSquares"/>.
    /// </summary>
    public virtual TableLookup? Lookup(int group) => null;

    /// <summary>Floats of room that <see cref="Gradient"/> works in.</summary>
    public virtual int GradientRoom => 0;

    /// <summary>
    /// The gradient of rows [<paramref name="firstRow"/>, <paramref name="lastRow"/>) of one parameter group, multiples of its step
    /// or any rows of a table, written row behind row to <paramref name="target"/>, tap behind tap; it may write up to
    /// <see cref="Arena.Slack"/> floats of nonsense behind the last.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="step">The step.</param>
    /// <param name="firstRow">First row, or channel: <see cref="Taps"/>.</param>
    /// <param name="lastRow">Row after the last.</param>
    /// <param name="target">Where the gradient goes.</param>
    /// <param name="more">
    /// As much room beside it where <see cref="AddsGradients"/> says so or the group has <see cref="ParameterGroup.SumsSquares"/>, which go
    /// there, or <see cref="GradientRoom"/>; else anything.
    /// </param>
    public abstract void Gradient(int group, Step step, int firstRow, int lastRow, ref float target, ref float more);

    /// <summary>Inference for blocks [<paramref name="first"/>, <paramref name="last"/>), of an inference arena.</summary>
    /// <param name="blocks">The arena.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="panels">The large kernels in panels, as <see cref="PanelWidth"/> says; anything where there are none.</param>
    /// <param name="first">First block.</param>
    /// <param name="last">Block after the last.</param>
    public abstract void Predict(ref float blocks, ref float parameters, ref float panels, int first, int last);

    /// <summary>
    /// Whether several samples are predicted one by one too: a block of large images leaves every cache, a single one does not.
    /// </summary>
    public virtual bool PredictsSingly => false;

    /// <summary>Phases of <see cref="PredictRow"/>; between them lies a barrier where several workers share it.</summary>
    public virtual int RowPhases => 1;

    /// <summary>
    /// Whether a phase of <see cref="PredictRow"/> is large enough to be shared; of another only the first part does anything.
    /// </summary>
    public virtual bool IsRowPhaseShared(int phase) => false;

    /// <summary>
    /// One phase of the inference of one sample, with vectors over features; the outputs are at <see cref="RowOutputs"/> of
    /// <paramref name="scratch"/> after the last. Nothing behind the end of the input is read.
    /// </summary>
    /// <param name="phase">The phase.</param>
    /// <param name="part">Which of the parts is worked.</param>
    /// <param name="parts">How many workers share the phase.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="packed">The kernels that <see cref="PackedKernels"/> names; anything where there are none.</param>
    /// <param name="input">The input, where it is read as the caller has it.</param>
    /// <param name="scratch">Room.</param>
    public abstract void PredictRow(
        int phase, int part, int parts, ref float parameters, ref float packed, ref float input, ref float scratch);

    /// <summary>Copies floats.</summary>
    protected static void Copy(ref float from, ref float to, int count) =>
        MemoryMarshal.CreateReadOnlySpan(ref from, count).CopyTo(MemoryMarshal.CreateSpan(ref to, count));

    /// <summary>Adds floats to others.</summary>
    protected static void Add(ref float more, ref float to, int count)
    {
        Span<float> sum = MemoryMarshal.CreateSpan(ref to, count);
        TensorPrimitives.Add(sum, MemoryMarshal.CreateReadOnlySpan(ref more, count), sum);
    }

    /// <summary>Clears floats.</summary>
    protected static void Clear(ref float target, int count) => MemoryMarshal.CreateSpan(ref target, count).Clear();
}
