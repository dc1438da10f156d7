using System.Globalization;
using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// An optimizer: how gradients change weights. A step does what Keras's does, in its order: gradients are accumulated, then clipped, then
/// weights decay, then the optimizer's own rule changes them, then they are averaged. All but the learning rate can be set before the first
/// step only. Where one is wanted, a name (<c>"adam"</c>) will do. One of your own derives from this class and overrides
/// <see cref="Update"/>, its rule; all else is seen to.
/// </summary>
public abstract partial class Optimizer
{
    private UpdateKernel? kernel;
    private double learningRate;
    private double? clipNorm;
    private double? clipValue;
    private double? globalClipNorm;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="name">Its name, as Keras gives it: <c>adam</c>.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <exception cref="ArgumentException">The name is empty, or the learning rate negative or not finite.</exception>
    protected Optimizer(string name, double learningRate)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        LearningRate = learningRate;
    }

    /// <summary>The name, as Keras gives it.</summary>
    public string Name { get; init; }

    /// <summary>
    /// The learning rate; a change counts from the next step on. With a <see cref="Schedule"/>, that of the next step, which cannot be
    /// changed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is a schedule, and it is set; or the schedule gives what is negative or not finite.
    /// </exception>
    public double LearningRate
    {
        get => Schedule is null ? learningRate : ScheduledRate(Schedule);
        set
        {
            if (Schedule is not null)
            {
                throw new InvalidOperationException(
                    "This optimizer has a `LearningRateSchedule`, hence its learning rate is not settable. Set `Schedule` to null first.");
            }

            learningRate = CheckedNumber(value, 0, float.MaxValue, "learningRate", "not negative");
        }
    }

    /// <summary>
    /// Gives the learning rate of each step; null for one that stays as it is set. A change counts from the next step on.
    /// </summary>
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>Steps taken.</summary>
    public long Iterations => Batches / (GradientAccumulationSteps ?? 1);

    /// <summary>Weights shrink by weight * WeightDecay * LearningRate before each step; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double? WeightDecay
    {
        get;
        set => field = value is null ? null : BeforeFirstStep(CheckedNumber(value.Value, 0, float.MaxValue, "weightDecay", "not negative"));
    }

    /// <summary>
    /// The gradient of each weight is scaled down to this norm where its own is larger; null for none. 0 and less count as none, as in
    /// Keras.
    /// </summary>
    /// <exception cref="ArgumentException">Another way of clipping is set.</exception>
    public double? ClipNorm
    {
        get => clipNorm;
        set
        {
            clipNorm = BeforeFirstStep(value);
            CheckClipping();
        }
    }

    /// <summary>
    /// Each number of a gradient is cut to [-ClipValue, ClipValue]; null for none. 0 and less count as none, as in Keras.
    /// </summary>
    /// <exception cref="ArgumentException">Another way of clipping is set.</exception>
    public double? ClipValue
    {
        get => clipValue;
        set
        {
            clipValue = BeforeFirstStep(value);
            CheckClipping();
        }
    }

    /// <summary>
    /// All gradients together are scaled down to this norm where theirs is larger; null for none. 0 and less count as none, as in Keras.
    /// </summary>
    /// <exception cref="ArgumentException">Another way of clipping is set.</exception>
    public double? GlobalClipNorm
    {
        get => globalClipNorm;
        set
        {
            globalClipNorm = BeforeFirstStep(value);
            CheckClipping();
        }
    }

    /// <summary>Keeps a moving average of the weights, which replaces them at the end of <c>Fit</c>.</summary>
    public bool UseEma
    {
        get;
        set => field = BeforeFirstStep(value);
    }

    /// <summary>
    /// How much of the moving average stays in a step: average = EmaMomentum * average + (1 - EmaMomentum) * weight. Default: 0.99.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside [0, 1].</exception>
    public double EmaMomentum
    {
        get;
        set => field = BeforeFirstStep(CheckedNumber(value, 0, 1, "emaMomentum", "in [0, 1]"));
    } = 0.99;

    /// <summary>The moving average replaces the weights each time so many steps are done; null for only at the end of <c>Fit</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? EmaOverwriteFrequency
    {
        get;
        set => field = value is null or >= 1 ? BeforeFirstStep(value) : throw TooSmall("emaOverwriteFrequency", value.Value, 1);
    }

    /// <summary>Only each so many batches make a step, with the mean of their gradients; null for a step with each batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 2.</exception>
    public int? GradientAccumulationSteps
    {
        get;
        set => field = value is null or >= 2 ? BeforeFirstStep(value) : throw TooSmall("gradientAccumulationSteps", value.Value, 2);
    }

    /// <summary>
    /// Names of the state that the rule keeps for each number of a weight, such as <c>momentum</c>; all of it starts as zero. Default:
    /// none.
    /// </summary>
    protected virtual IReadOnlyList<string> StateNames => [];

    /// <summary>
    /// Batches seen: what Keras saves as <c>iteration</c>. The same as <see cref="Iterations"/> unless gradients are accumulated.
    /// </summary>
    internal long Batches { get; set; }

    /// <summary>Whether all gradients must be there before the first is applied, for <see cref="PrepareGradients"/>.</summary>
    internal bool NeedsWholeGradient =>
        ClipNorm is > 0 || GlobalClipNorm is > 0 || GradientAccumulationSteps is not null || NeedsWholeWeights;

    /// <summary>Whether the rule needs whole weights and their gradients, and not only numbers one by one.</summary>
    private protected virtual bool NeedsWholeWeights => false;

    /// <summary>The update rule over these parameters, with its state: made with the first call, and the same from then on.</summary>
    /// <exception cref="InvalidOperationException">The optimizer has state for other parameters.</exception>
    internal UpdateKernel KernelFor(LaneWidth width, Arena parameters)
    {
        if (kernel is not null && kernel.Parameters != parameters) throw BuiltForOthers();
        return kernel ??= width switch
        {
            LaneWidth.Lanes512 => CreateKernel<Lanes512>(parameters),
            LaneWidth.Lanes256 => CreateKernel<Lanes256>(parameters),
            _ => CreateKernel<Lanes128>(parameters),
        };
    }

    /// <summary>
    /// The update rule, without beginning: that of steps which were taken, or one of its kind, in which all is as before the first.
    /// </summary>
    internal UpdateKernel KernelBefore(Arena parameters) => kernel is not null && kernel.Parameters == parameters
        ? kernel
        : CreateKernel<Lanes128>(parameters);

    /// <summary>Begins the step of a batch: behind it, each parameter is to be updated once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void BeginStep(UpdateKernel update)
    {
        update.BeginStep(Batches, LearningRate);
        Batches++;
    }

    /// <summary>
    /// What comes before the first update where <see cref="NeedsWholeGradient"/> is set, and before <see cref="BeginStep(UpdateKernel)"/>:
    /// accumulates, clips by norms, and works what the rule makes of whole weights.
    /// </summary>
    /// <param name="update">The update rule.</param>
    /// <param name="gradients">The gradients of all parameters, laid out as they are; changed in place.</param>
    /// <param name="weights">Where each weight that trains lies in it, in floats.</param>
    internal void PrepareGradients(UpdateKernel update, Arena gradients, (int Offset, int Length)[] weights)
    {
        if (update.Accumulation is { } accumulation && !accumulation.Add(Batches, gradients, weights)) return;
        if (ClipNorm is > 0 and double each) GradientClipping.ByNorm(gradients, weights, each);
        else if (GlobalClipNorm is > 0 and double all) GradientClipping.ByGlobalNorm(gradients, weights, all);
        update.Prepare(Batches, LearningRate, gradients, weights);
    }

    /// <summary>What comes behind the last step of a training: the moving average replaces the weights.</summary>
    internal void FinishTraining(UpdateKernel? update) => update?.Average?.Overwrite();

    /// <summary>Forgets all steps: the state is as before the first.</summary>
    internal void Reset()
    {
        Batches = 0;
        kernel?.Reset();
    }

    /// <summary>Called once before each step: the place to compute what is the same for all weights.</summary>
    /// <param name="iteration">Steps taken before this one.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    protected virtual void BeginStep(long iteration, double learningRate)
    {
    }

    /// <summary>
    /// The rule: changes a range of weights by their gradients, which are clipped and accumulated as was asked for. Each number must be
    /// worked alone, because ranges change with the number of threads and with the rows of a table that a batch names. Called by several
    /// threads at once, for different ranges.
    /// </summary>
    /// <param name="weights">The weights; they have decayed where that was asked for.</param>
    /// <param name="gradients">A gradient for each.</param>
    /// <param name="state">The state of these weights, by the order of <see cref="StateNames"/>; it is kept from step to step.</param>
    protected virtual void Update(Span<float> weights, ReadOnlySpan<float> gradients, OptimizerState state) =>
        throw new NotSupportedException($"The optimizer '{Name}' must override Update, which changes weights by their gradients.");

    /// <summary>A new update rule for one lane width, over these parameters.</summary>
    internal virtual UpdateKernel CreateKernel<T>(Arena parameters) where T : struct, ILanes<T> =>
        new SpanUpdateKernel(this, parameters, StateNames);

    /// <summary><see cref="BeginStep(long, double)"/>, for the kernel.</summary>
    internal void BeginRule(long iteration, double learningRate) => BeginStep(iteration, learningRate);

    /// <summary><see cref="Update"/>, for the kernel.</summary>
    internal void UpdateRange(Span<float> weights, ReadOnlySpan<float> gradients, OptimizerState state) =>
        Update(weights, gradients, state);

    private protected static double CheckedNumber(double value, double least, double most, string argument, string wanted) =>
        value >= least && value <= most ? value
            : throw new ArgumentOutOfRangeException(argument,
                $"Argument `{argument}` must be a finite number and {wanted}. Received: {argument}={Text(value)}");

    // Of the batches, not of the steps that accumulated gradients make, as in Keras.
    private double ScheduledRate(LearningRateSchedule schedule)
    {
        double rate = schedule.Rate(Batches);
        return rate is >= 0 and <= float.MaxValue ? rate : throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Expected a learning rate that is finite and not negative. {schedule.GetType().Name} gives {rate} for step {Batches}."));
    }

    private static InvalidOperationException BuiltForOthers() => new(
        "This optimizer can only be called for the variables it was originally built with. When working with a new set of variables, " +
            "you should create a new optimizer.");

    private static ArgumentOutOfRangeException TooSmall(string argument, int value, int least) =>
        new(argument, string.Create(CultureInfo.InvariantCulture,
            $"Argument `{argument}` must be an integer >= {least}. Received: {argument}={value}"));

    private protected static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "null";

    // The state of the rule is laid out with the first step.
    private T BeforeFirstStep<T>(T value, [CallerMemberName] string option = "") => kernel is null
        ? value
        : throw new InvalidOperationException($"'{option}' can be set before the first step only; make a new optimizer.");

    private void CheckClipping()
    {
        int set = (ClipNorm is null ? 0 : 1) + (ClipValue is null ? 0 : 1) + (GlobalClipNorm is null ? 0 : 1);
        if (set > 1)
        {
            throw new ArgumentException(
                "Only one of `clipNorm`, `clipValue` and `globalClipNorm` can be set. " +
                $"Received: clipNorm={Text(ClipNorm)}, clipValue={Text(ClipValue)}, globalClipNorm={Text(GlobalClipNorm)}");
        }
    }
}
