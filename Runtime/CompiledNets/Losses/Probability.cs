using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Probabilities as the crossentropies take them: cut to [1e-7, 1 - 1e-7], Keras's epsilon, so that no logarithm is infinite.
/// </summary>
internal static class Probability
{
    /// <summary>The smallest that is told from 0.</summary>
    public const float Smallest = 1e-7f;

    /// <summary>The largest that is told from 1: 0.99999988 in single precision, as in Keras.</summary>
    public const float Largest = 1f - Smallest;

    /// <summary>The probability cut to the interval; NaN stays.</summary>
    public static T Clip<T>(T probability) where T : struct, ILanes<T> =>
        T.Max(T.Splat(Smallest), T.Min(T.Splat(Largest), probability));

    /// <summary>The gradient behind <see cref="Clip{T}"/>: passes inside the interval and at its ends, and is 0 outside.</summary>
    public static T ClipGradient<T>(T probability, T gradient) where T : struct, ILanes<T> =>
        T.SelectGreater(probability, T.Splat(Largest), T.Zero, T.SelectGreater(T.Splat(Smallest), probability, T.Zero, gradient));
}
