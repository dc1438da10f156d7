using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Adam (Kingma and Ba 2014, as Keras writes it): <c>m += (g - m) * (1 - beta1); v += (g² - v) * (1 - beta2); w -= a * m / (sqrt(v) +
/// epsilon)</c> with <c>a = learningRate * sqrt(1 - beta2^t) / (1 - beta1^t)</c> in step t. AMSGrad (Reddi et al. 2018) divides by the
/// root of the largest v so far.
/// </summary>
public class Adam : Optimizer
{
    /// <summary>
    /// Gradients below it have squares that single precision takes for zero; with a smaller epsilon such a gradient would make a step of
    /// any size.
    /// </summary>
    private const double LeastEpsilon = 1e-18;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the moving average of its square stays in a step.</param>
    /// <param name="epsilon">Added to the root, so that nothing is divided by zero: 1e-18 or more.</param>
    /// <param name="amsgrad">Divides by the largest moving average of the square so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false)
        : this("adam", learningRate, beta1, beta2, epsilon, amsgrad)
    {
    }

    /// <summary>Makes the optimizer with a learning rate that changes from step to step.</summary>
    /// <param name="learningRate">Gives the learning rate of each step.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the moving average of its square stays in a step.</param>
    /// <param name="epsilon">Added to the root, so that nothing is divided by zero: 1e-18 or more.</param>
    /// <param name="amsgrad">Divides by the largest moving average of the square so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adam(LearningRateSchedule learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false)
        : this(0.001, beta1, beta2, epsilon, amsgrad)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        Schedule = learningRate;
    }

    private protected Adam(string name, double learningRate, double beta1, double beta2, double epsilon, bool amsgrad)
        : base(name, learningRate)
    {
        Beta1 = CheckedNumber(beta1, 0, MathF.BitDecrement(1f), nameof(beta1), "in [0, 1)");
        Beta2 = CheckedNumber(beta2, 0, MathF.BitDecrement(1f), nameof(beta2), "in [0, 1)");
        Epsilon = CheckedNumber(epsilon, LeastEpsilon, float.MaxValue, nameof(epsilon), $"at least {Text(LeastEpsilon)}");
        Amsgrad = amsgrad;
    }

    /// <summary>How much of the moving average of the gradient stays in a step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the moving average of its square stays in a step.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the root.</summary>
    public double Epsilon { get; }

    /// <summary>Whether it divides by the largest moving average of the square so far.</summary>
    public bool Amsgrad { get; }

    internal override UpdateKernel CreateKernel<T>(Arena parameters) => new AdamKernel<T>(this, parameters);
}

/// <summary>The powers of the betas are those of the betas in single precision, as in Keras.</summary>
internal sealed class AdamKernel<T> : UpdateKernel where T : struct, ILanes<T>
{
    private readonly OptimizerSlot momenta;
    private readonly OptimizerSlot velocities;
    private readonly OptimizerSlot? largest;
    private readonly BetaPower beta1;
    private readonly BetaPower beta2;
    private readonly float rest1;
    private readonly float rest2;
    private readonly float epsilon;
    private float rate;

    public AdamKernel(Adam adam, Arena parameters)
        : base(adam, parameters)
    {
        momenta = AddSlot("momentum", 0);
        velocities = AddSlot("velocity", 0);
        largest = adam.Amsgrad ? AddSlot("velocity_hat", 1) : null;
        beta1 = new((float)adam.Beta1);
        beta2 = new((float)adam.Beta2);
        rest1 = (float)(1 - adam.Beta1);
        rest2 = (float)(1 - adam.Beta2);
        epsilon = (float)adam.Epsilon;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Begin(long iteration, double learningRate)
    {
        double power1 = beta1.To(iteration + 1), power2 = beta2.To(iteration + 1);
        rate = (float)(learningRate * Math.Sqrt(1 - power2) / (1 - power1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, int offset, int count) =>
        Step(ref gradient, ref Unsafe.NullRef<float>(), offset, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, ref float squares, int offset, int count)
    {
        bool hasSquares = !Unsafe.IsNullRef(ref squares);
        bool keepsLargest = largest is not null;
        ref float weights = ref Unsafe.Add(ref Parameters.Start, offset);
        ref float m = ref momenta.At(offset);
        ref float v = ref velocities.At(offset);
        ref float most = ref (largest ?? velocities).At(offset);
        T limit = T.Splat(ClipLimit), decay = T.Splat(Decay);
        T taken1 = T.Splat(rest1), taken2 = T.Splat(rest2), step = T.Splat(rate), least = T.Splat(epsilon);
        for (int at = 0; at < count; at += T.Count)
        {
            T g = Clipped(ref gradient, at, limit);
            T g2 = hasSquares ? T.Load(ref squares, at) : g * g;
            T mean = T.Load(ref m, at), square = T.Load(ref v, at);
            mean = T.Flush(T.Fma(g - mean, taken1, mean));
            square = T.Flush(T.Fma(g2 - square, taken2, square));
            mean.Store(ref m, at);
            square.Store(ref v, at);
            if (keepsLargest)
            {
                square = T.Max(T.Load(ref most, at), square);
                square.Store(ref most, at);
            }

            (Decayed(ref weights, at, decay) - (step * mean / (T.Sqrt(square) + least))).Store(ref weights, at);
        }
    }
}
