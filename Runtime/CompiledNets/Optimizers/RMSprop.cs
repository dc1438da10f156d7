using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Divides the gradient by the root of a moving average of its square: <c>v = rho * v + (1 - rho) * g²; w -= learningRate * g / sqrt(v +
/// epsilon)</c>. Centered, the square of the moving average of the gradient is taken off v; with momentum, <c>m = momentum * m + change; w
/// -= m</c> (Tieleman and Hinton 2012, as Keras writes it, with epsilon inside the root).
/// </summary>
public sealed class RMSprop : Optimizer
{
    /// <summary>
    /// Squares below it are taken for zero by single precision; with a smaller epsilon a gradient of that size would make a step of any
    /// size.
    /// </summary>
    private const double LeastEpsilon = 1e-36;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="rho">How much of the moving averages stays in a step.</param>
    /// <param name="momentum">How much of the last change the next keeps.</param>
    /// <param name="epsilon">Added under the root, so that nothing is divided by zero: 1e-36 or more.</param>
    /// <param name="centered">Divides by the estimated variance of the gradient instead of its mean square.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public RMSprop(double learningRate = 0.001, double rho = 0.9, double momentum = 0, double epsilon = 1e-7, bool centered = false)
        : base("rm_sprop", learningRate)
    {
        Rho = CheckedNumber(rho, 0, 1, nameof(rho), "in [0, 1]");
        Momentum = CheckedNumber(momentum, 0, 1, nameof(momentum), "in [0, 1]");
        Epsilon = CheckedNumber(epsilon, LeastEpsilon, float.MaxValue, nameof(epsilon), $"at least {Text(LeastEpsilon)}");
        Centered = centered;
    }

    /// <summary>Makes the optimizer with a learning rate that changes from step to step.</summary>
    /// <param name="learningRate">Gives the learning rate of each step.</param>
    /// <param name="rho">How much of the moving averages stays in a step.</param>
    /// <param name="momentum">How much of the last change the next keeps.</param>
    /// <param name="epsilon">Added under the root, so that nothing is divided by zero: 1e-36 or more.</param>
    /// <param name="centered">Divides by the estimated variance of the gradient instead of its mean square.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public RMSprop(LearningRateSchedule learningRate, double rho = 0.9, double momentum = 0, double epsilon = 1e-7, bool centered = false)
        : this(0.001, rho, momentum, epsilon, centered)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        Schedule = learningRate;
    }

    /// <summary>How much of the moving averages stays in a step.</summary>
    public double Rho { get; }

    /// <summary>How much of the last change the next keeps.</summary>
    public double Momentum { get; }

    /// <summary>Added under the root.</summary>
    public double Epsilon { get; }

    /// <summary>Whether it divides by the estimated variance of the gradient.</summary>
    public bool Centered { get; }

    internal override UpdateKernel CreateKernel<T>(Arena parameters) => new RMSpropKernel<T>(this, parameters);
}

/// <summary>State that a setting does not need is not there.</summary>
internal sealed class RMSpropKernel<T> : UpdateKernel where T : struct, ILanes<T>
{
    private readonly OptimizerSlot velocities;
    private readonly OptimizerSlot? momenta;
    private readonly OptimizerSlot? averages;
    private readonly float rho;
    private readonly float rest;
    private readonly float momentum;
    private readonly float epsilon;
    private float rate;

    public RMSpropKernel(RMSprop rmsprop, Arena parameters)
        : base(rmsprop, parameters)
    {
        velocities = AddSlot("velocity", 0);
        momenta = rmsprop.Momentum > 0 ? AddSlot("momentum", 1) : null;
        averages = rmsprop.Centered ? AddSlot("average_gradient", 2) : null;
        rho = (float)rmsprop.Rho;
        rest = (float)(1 - rmsprop.Rho);
        momentum = (float)rmsprop.Momentum;
        epsilon = (float)rmsprop.Epsilon;
    }

    protected override void Begin(long iteration, double learningRate) => rate = (float)learningRate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, int offset, int count) =>
        Step(ref gradient, ref Unsafe.NullRef<float>(), offset, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, ref float squares, int offset, int count)
    {
        bool hasSquares = !Unsafe.IsNullRef(ref squares);
        bool isCentered = averages is not null, hasMomentum = momenta is not null;
        ref float weights = ref Unsafe.Add(ref Parameters.Start, offset);
        ref float v = ref velocities.At(offset);
        ref float mean = ref (averages ?? velocities).At(offset);
        ref float m = ref (momenta ?? velocities).At(offset);
        T limit = T.Splat(ClipLimit), decay = T.Splat(Decay);
        T kept = T.Splat(rho), taken = T.Splat(rest), step = T.Splat(rate), keptChange = T.Splat(momentum), least = T.Splat(epsilon);
        for (int at = 0; at < count; at += T.Count)
        {
            T g = Clipped(ref gradient, at, limit);
            T g2 = hasSquares ? T.Load(ref squares, at) : g * g;
            T square = T.Flush(T.Fma(kept, T.Load(ref v, at), taken * g2));
            square.Store(ref v, at);
            if (isCentered)
            {
                T average = T.Flush(T.Fma(kept, T.Load(ref mean, at), taken * g));
                average.Store(ref mean, at);

                // A variance: less than zero by rounding only, which the root would make NaN of.
                square = T.Max(T.Zero, square - (average * average));
            }

            T change = step * g / T.Sqrt(square + least);
            if (hasMomentum)
            {
                change = T.Flush(T.Fma(keptChange, T.Load(ref m, at), change));
                change.Store(ref m, at);
            }

            (Decayed(ref weights, at, decay) - change).Store(ref weights, at);
        }
    }
}
