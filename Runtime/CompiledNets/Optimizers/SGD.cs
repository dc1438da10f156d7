using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Gradient descent: <c>w -= learningRate * g</c>; with momentum <c>m = momentum * m - learningRate * g; w += m</c>; with Nesterov's
/// momentum <c>w += momentum * m - learningRate * g</c> (Keras).
/// </summary>
public sealed class SGD : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="momentum">How much of the last change the next keeps, from 0 to 1.</param>
    /// <param name="nesterov">Looks ahead by the momentum.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public SGD(double learningRate = 0.01, double momentum = 0, bool nesterov = false)
        : base("sgd", learningRate)
    {
        Momentum = CheckedNumber(momentum, 0, 1, nameof(momentum), "in [0, 1]");
        Nesterov = nesterov;
    }

    /// <summary>Makes the optimizer with a learning rate that changes from step to step.</summary>
    /// <param name="learningRate">Gives the learning rate of each step.</param>
    /// <param name="momentum">How much of the last change the next keeps, from 0 to 1.</param>
    /// <param name="nesterov">Looks ahead by the momentum.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public SGD(LearningRateSchedule learningRate, double momentum = 0, bool nesterov = false)
        : this(0.01, momentum, nesterov)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        Schedule = learningRate;
    }

    /// <summary>How much of the last change the next keeps.</summary>
    public double Momentum { get; }

    /// <summary>Whether it looks ahead by the momentum.</summary>
    public bool Nesterov { get; }

    internal override UpdateKernel CreateKernel<T>(Arena parameters) =>
        Momentum == 0 ? new SGDKernel<T>(this, parameters) : new MomentumKernel<T>(this, parameters);
}

/// <summary>Gradient descent without momentum, which has no state.</summary>
internal sealed class SGDKernel<T>(SGD sgd, Arena parameters) : UpdateKernel(sgd, parameters) where T : struct, ILanes<T>
{
    private float minusRate;

    protected override void Begin(long iteration, double learningRate) => minusRate = (float)-learningRate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, int offset, int count)
    {
        ref float weights = ref Unsafe.Add(ref Parameters.Start, offset);
        T limit = T.Splat(ClipLimit), decay = T.Splat(Decay), down = T.Splat(minusRate);
        for (int at = 0; at < count; at += T.Count)
        {
            T.Fma(Clipped(ref gradient, at, limit), down, Decayed(ref weights, at, decay)).Store(ref weights, at);
        }
    }
}

/// <summary>
/// Gradient descent with momentum. Both kinds are <c>w += a * m + b * g</c>: plain with a = 1 and b = 0, Nesterov's with the momentum and
/// minus the learning rate.
/// </summary>
internal sealed class MomentumKernel<T> : UpdateKernel where T : struct, ILanes<T>
{
    private readonly OptimizerSlot momenta;
    private readonly float momentum;
    private readonly bool nesterov;
    private float minusRate;

    public MomentumKernel(SGD sgd, Arena parameters)
        : base(sgd, parameters)
    {
        momenta = AddSlot("momentum", 0);
        momentum = (float)sgd.Momentum;
        nesterov = sgd.Nesterov;
    }

    protected override void Begin(long iteration, double learningRate) => minusRate = (float)-learningRate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Step(ref float gradient, int offset, int count)
    {
        ref float weights = ref Unsafe.Add(ref Parameters.Start, offset);
        ref float m = ref momenta.At(offset);
        T limit = T.Splat(ClipLimit), decay = T.Splat(Decay), down = T.Splat(minusRate), kept = T.Splat(momentum);
        T ofMomentum = T.Splat(nesterov ? momentum : 1), ofGradient = T.Splat(nesterov ? minusRate : 0);
        for (int at = 0; at < count; at += T.Count)
        {
            T g = Clipped(ref gradient, at, limit);
            T moved = T.Flush(T.Fma(kept, T.Load(ref m, at), down * g));
            moved.Store(ref m, at);
            (Decayed(ref weights, at, decay) + T.Fma(ofMomentum, moved, ofGradient * g)).Store(ref weights, at);
        }
    }
}
