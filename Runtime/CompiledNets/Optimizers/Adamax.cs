using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Adam with the largest gradient of late in place of the root of a mean square (Kingma and Ba 2014, section 7.1, as Keras writes it):
/// <c>m += (g - m) * (1 - beta1); u = max(beta2 * u, |g|); w -= learningRate / (1 - beta1^t) * m / (u + epsilon)</c> in step t.
/// </summary>
public sealed class Adamax : Optimizer
{
    /// <summary>State below the smallest normal number is zero; with a smaller epsilon what divides it would be zero too.</summary>
    private const double LeastEpsilon = 1e-37;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the largest gradient so far stays in a step.</param>
    /// <param name="epsilon">Added to the largest gradient, so that nothing is divided by zero: 1e-37 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adamax(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base("adamax", learningRate)
    {
        Beta1 = CheckedNumber(beta1, 0, MathF.BitDecrement(1f), nameof(beta1), "in [0, 1)");
        Beta2 = CheckedNumber(beta2, 0, MathF.BitDecrement(1f), nameof(beta2), "in [0, 1)");
        Epsilon = CheckedNumber(epsilon, LeastEpsilon, float.MaxValue, nameof(epsilon), $"at least {Text(LeastEpsilon)}");
    }

    /// <summary>Makes the optimizer with a learning rate that changes from step to step.</summary>
    /// <param name="learningRate">Gives the learning rate of each step.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the largest gradient so far stays in a step.</param>
    /// <param name="epsilon">Added to the largest gradient, so that nothing is divided by zero: 1e-37 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adamax(LearningRateSchedule learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : this(0.001, beta1, beta2, epsilon)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        Schedule = learningRate;
    }

    /// <summary>How much of the moving average of the gradient stays in a step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the largest gradient so far stays in a step.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the largest gradient.</summary>
    public double Epsilon { get; }

    internal override UpdateKernel CreateKernel<T>(Arena parameters) => new AdamaxKernel<T>(this, parameters);
}

/// <summary>The power of beta is that of beta in single precision, as in Keras.</summary>
internal sealed class AdamaxKernel<T> : UpdateKernel where T : struct, ILanes<T>
{
    private readonly OptimizerSlot momenta;
    private readonly OptimizerSlot norms;
    private readonly BetaPower beta1;
    private readonly float rest1;
    private readonly float beta2;
    private readonly float epsilon;
    private float rate;

    public AdamaxKernel(Adamax adamax, Arena parameters)
        : base(adamax, parameters)
    {
        momenta = AddSlot("momentum", 0);
        norms = AddSlot("norm", 0);
        beta1 = new((float)adamax.Beta1);
        rest1 = (float)(1 - adamax.Beta1);
        beta2 = (float)adamax.Beta2;
        epsilon = (float)adamax.Epsilon;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Begin(long iteration, double learningRate) => rate = (float)(learningRate / (1 - beta1.To(iteration + 1)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, int offset, int count)
    {
        ref float weights = ref Unsafe.Add(ref Parameters.Start, offset);
        ref float m = ref momenta.At(offset);
        ref float u = ref norms.At(offset);
        T limit = T.Splat(ClipLimit), decay = T.Splat(Decay);
        T taken = T.Splat(rest1), kept = T.Splat(beta2), step = T.Splat(rate), least = T.Splat(epsilon);
        for (int at = 0; at < count; at += T.Count)
        {
            T g = Clipped(ref gradient, at, limit), mean = T.Load(ref m, at);
            mean = T.Flush(T.Fma(g - mean, taken, mean));
            mean.Store(ref m, at);
            T largest = T.Flush(T.Max(kept * T.Load(ref u, at), T.Abs(g)));
            largest.Store(ref u, at);
            (Decayed(ref weights, at, decay) - (step * mean / (largest + least))).Store(ref weights, at);
        }
    }
}
