using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Adam with Nesterov's momentum (Dozat 2016, as Keras writes it): <c>m += (g - m) * (1 - beta1); v += (g² - v) * (1 - beta2)</c> as Adam
/// has them, and in step t <c>w -= learningRate * (u' * m / (1 - p * u') + (1 - u) * g / (1 - p)) / (sqrt(v / (1 - beta2^t)) + epsilon)</c>
/// with the momentum <c>u = beta1 * (1 - 0.96^t / 2)</c>, that of the next step <c>u'</c>, and the product <c>p</c> of those so far.
/// </summary>
public sealed class Nadam : Optimizer
{
    /// <summary>As for <see cref="Adam"/>: smaller gradients have squares that single precision takes for zero.</summary>
    private const double LeastEpsilon = 1e-18;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the moving average of its square stays in a step.</param>
    /// <param name="epsilon">Added to the root, so that nothing is divided by zero: 1e-18 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Nadam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base("nadam", learningRate)
    {
        Beta1 = CheckedNumber(beta1, 0, MathF.BitDecrement(1f), nameof(beta1), "in [0, 1)");
        Beta2 = CheckedNumber(beta2, 0, MathF.BitDecrement(1f), nameof(beta2), "in [0, 1)");
        Epsilon = CheckedNumber(epsilon, LeastEpsilon, float.MaxValue, nameof(epsilon), $"at least {Text(LeastEpsilon)}");
    }

    /// <summary>Makes the optimizer with a learning rate that changes from step to step.</summary>
    /// <param name="learningRate">Gives the learning rate of each step.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the moving average of its square stays in a step.</param>
    /// <param name="epsilon">Added to the root, so that nothing is divided by zero: 1e-18 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Nadam(LearningRateSchedule learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : this(0.001, beta1, beta2, epsilon)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        Schedule = learningRate;
    }

    /// <summary>How much of the moving average of the gradient stays in a step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the moving average of its square stays in a step.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the root.</summary>
    public double Epsilon { get; }

    /// <summary>The product of the momenta of so many steps, which Keras keeps among the optimizer's variables.</summary>
    /// <param name="steps">Steps that were taken.</param>
    public double MomentumProduct(long steps) => new NadamMomenta(Beta1).To(steps).Product;

    internal override UpdateKernel CreateKernel<T>(Arena parameters) => new NadamKernel<T>(this, parameters);
}

/// <summary>The momenta of steps, one after another, by multiplication alone: the same bits on every machine.</summary>
internal sealed class NadamMomenta(double beta)
{
    private readonly BetaPower decay = new(0.96);
    private double product = 1;
    private long steps;

    /// <summary>The momentum of the last of so many steps, that of the next, and the product of all until the last.</summary>
    public (double Last, double Next, double Product) To(long wanted)
    {
        if (wanted < steps) (product, steps) = (1, 0);
        while (steps < wanted && product > 0) product *= Of(++steps);
        steps = wanted;
        return (Of(wanted), Of(wanted + 1), product);
    }

    private double Of(long step) => beta * (1 - (0.5 * decay.To(step)));
}

/// <summary>The betas are not rounded to single precision in their powers, as in Keras.</summary>
internal sealed class NadamKernel<T> : UpdateKernel where T : struct, ILanes<T>
{
    private readonly OptimizerSlot momenta;
    private readonly OptimizerSlot velocities;
    private readonly NadamMomenta schedule;
    private readonly BetaPower beta2;
    private readonly float rest1;
    private readonly float rest2;
    private readonly float epsilon;
    private float rateOfMean;
    private float rateOfGradient;
    private float correction;

    public NadamKernel(Nadam nadam, Arena parameters)
        : base(nadam, parameters)
    {
        momenta = AddSlot("momentum", 0);
        velocities = AddSlot("velocity", 0);
        schedule = new(nadam.Beta1);
        beta2 = new(nadam.Beta2);
        rest1 = (float)(1 - nadam.Beta1);
        rest2 = (float)(1 - nadam.Beta2);
        epsilon = (float)nadam.Epsilon;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Begin(long iteration, double learningRate)
    {
        (double last, double next, double product) = schedule.To(iteration + 1);
        rateOfMean = (float)(learningRate * next / (1 - (product * next)));
        rateOfGradient = (float)(learningRate * (1 - last) / (1 - product));
        correction = (float)(1 / (1 - beta2.To(iteration + 1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, int offset, int count)
    {
        ref float weights = ref Unsafe.Add(ref Parameters.Start, offset);
        ref float m = ref momenta.At(offset);
        ref float v = ref velocities.At(offset);
        T limit = T.Splat(ClipLimit), decay = T.Splat(Decay), least = T.Splat(epsilon), whole = T.Splat(correction);
        T taken1 = T.Splat(rest1), taken2 = T.Splat(rest2), ofMean = T.Splat(rateOfMean), ofGradient = T.Splat(rateOfGradient);
        for (int at = 0; at < count; at += T.Count)
        {
            T g = Clipped(ref gradient, at, limit), mean = T.Load(ref m, at), square = T.Load(ref v, at);
            mean = T.Flush(T.Fma(g - mean, taken1, mean));
            square = T.Flush(T.Fma((g * g) - square, taken2, square));
            mean.Store(ref m, at);
            square.Store(ref v, at);
            T step = ((ofMean * mean) + (ofGradient * g)) / (T.Sqrt(square * whole) + least);
            (Decayed(ref weights, at, decay) - step).Store(ref weights, at);
        }
    }
}
