using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Adam whose steps are as long for each weight (a kernel, a bias) as the weight itself, times the learning rate (You et al. 2019, "Large
/// batch optimization for deep learning", as Keras writes it): <c>m += (g - m) * (1 - beta1); v += (g² - v) * (1 - beta2)</c>,
/// <c>u = m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)</c>, <c>w -= learningRate * ‖w‖ / ‖u‖ * u</c> in step t; where one of the
/// norms is zero, <c>w -= learningRate * u</c>.
/// </summary>
public sealed class Lamb : Optimizer
{
    /// <summary>As for Adam: gradients below it have squares that single precision takes for zero.</summary>
    private const double LeastEpsilon = 1e-18;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">How much of the moving average of the gradient stays in a step.</param>
    /// <param name="beta2">How much of the moving average of its square stays in a step.</param>
    /// <param name="epsilon">Added to the root, so that nothing is divided by zero: 1e-18 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Lamb(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base("lamb", learningRate)
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
    public Lamb(LearningRateSchedule learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
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

    private protected override bool NeedsWholeWeights => true;

    internal override UpdateKernel CreateKernel<T>(Arena parameters) => new LambKernel<T>(this, parameters);
}

/// <summary>The directions of all weights are made before the first update, for which their norms are needed.</summary>
internal sealed class LambKernel<T> : UpdateKernel where T : struct, ILanes<T>
{
    private readonly OptimizerSlot momenta;
    private readonly OptimizerSlot velocities;
    private readonly Arena directions;
    private readonly BetaPower beta1;
    private readonly BetaPower beta2;
    private readonly float rest1;
    private readonly float rest2;
    private readonly float epsilon;
    private float rate;

    public LambKernel(Lamb lamb, Arena parameters)
        : base(lamb, parameters)
    {
        momenta = AddSlot("momentum", 0);
        velocities = AddSlot("velocity", 0);
        directions = new(parameters.Length);
        beta1 = new((float)lamb.Beta1);
        beta2 = new((float)lamb.Beta2);
        rest1 = (float)(1 - lamb.Beta1);
        rest2 = (float)(1 - lamb.Beta2);
        epsilon = (float)lamb.Epsilon;
    }

    protected override void Begin(long iteration, double learningRate) => rate = (float)learningRate;

    protected override void PrepareStep(long iteration, Arena gradients, (int Offset, int Length)[] weights)
    {
        float scale1 = (float)(1 / (1 - beta1.To(iteration + 1))), scale2 = (float)(1 / (1 - beta2.To(iteration + 1)));
        foreach ((int offset, int length) in weights)
        {
            Span<float> direction = directions.Span.Slice(offset, length), weight = Parameters.Span.Slice(offset, length);
            gradients.Span.Slice(offset, length).CopyTo(direction);
            Turn(direction, momenta.Of(offset, length), velocities.Of(offset, length), scale1, scale2);

            // Decay shortens the weight before the step.
            double own = Math.Sqrt(GradientClipping.SumOfSquares(weight)) * (1 + Decay);
            double step = Math.Sqrt(GradientClipping.SumOfSquares(direction));
            if (own > 0 && step > 0) TensorPrimitives.Multiply(direction, (float)(own / step), direction);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, int offset, int count)
    {
        ref float weights = ref Unsafe.Add(ref Parameters.Start, offset);
        ref float direction = ref Unsafe.Add(ref directions.Start, offset);
        T decay = T.Splat(Decay), down = T.Splat(-rate);
        for (int at = 0; at < count; at += T.Count)
            T.Fma(T.Load(ref direction, at), down, Decayed(ref weights, at, decay)).Store(ref weights, at);
    }

    // Moves the state of a weight, and makes its direction of its gradient. A weight may begin and end anywhere: what is left of it after
    // the last whole vector is worked in a vector of its own.
    private void Turn(Span<float> direction, Span<float> m, Span<float> v, float scale1, float scale2)
    {
        int whole = direction.Length / T.Count * T.Count;
        Turn(ref MemoryMarshal.GetReference(direction), ref MemoryMarshal.GetReference(m), ref MemoryMarshal.GetReference(v), whole,
            scale1, scale2);
        if (whole == direction.Length) return;
        Span<float> g = stackalloc float[3 * T.Count], ofM = g[T.Count..], ofV = g[(2 * T.Count)..];
        g.Clear();
        direction[whole..].CopyTo(g);
        m[whole..].CopyTo(ofM);
        v[whole..].CopyTo(ofV);
        Turn(ref g[0], ref ofM[0], ref ofV[0], T.Count, scale1, scale2);
        g[..(direction.Length - whole)].CopyTo(direction[whole..]);
        ofM[..(direction.Length - whole)].CopyTo(m[whole..]);
        ofV[..(direction.Length - whole)].CopyTo(v[whole..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn(ref float gradient, ref float m, ref float v, int count, float scale1, float scale2)
    {
        T limit = T.Splat(ClipLimit), taken1 = T.Splat(rest1), taken2 = T.Splat(rest2);
        T first = T.Splat(scale1), second = T.Splat(scale2), least = T.Splat(epsilon);
        for (int at = 0; at < count; at += T.Count)
        {
            T g = Clipped(ref gradient, at, limit);
            T mean = T.Load(ref m, at), square = T.Load(ref v, at);
            mean = T.Flush(T.Fma(g - mean, taken1, mean));
            square = T.Flush(T.Fma((g * g) - square, taken2, square));
            mean.Store(ref m, at);
            square.Store(ref v, at);
            (first * mean / (T.Sqrt(second * square) + least)).Store(ref gradient, at);
        }
    }
}
