using System.Numerics;
using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets;

/// <summary>
/// Losses of arrays, and of numbers of other types: whole numbers are taken as floats, so that a mean of them is no whole number either.
/// </summary>
public static class LossArrays
{
    /// <summary>The loss of a batch of any number types.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="yTrue">Targets, samples first.</param>
    /// <param name="yPred">Outputs, samples first.</param>
    /// <param name="sampleWeight">
    /// Weights as in <see cref="Loss.Call(Tensor{float}, Tensor{float}, Tensor{float})"/>; null for ones.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Shapes do not fit, a class number is out of range, or a number is too large for single precision.
    /// </exception>
    public static float Call<TTarget, TOutput>(
        this Loss loss, Tensor<TTarget> yTrue, Tensor<TOutput> yPred, Tensor<float>? sampleWeight = null)
        where TTarget : INumber<TTarget>
        where TOutput : INumber<TOutput> => loss.Call(Samples.Of(yTrue).Tensor, Samples.Of(yPred).Tensor, sampleWeight);

    /// <summary>The loss of rows.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="yTrue">Targets, a row a sample.</param>
    /// <param name="yPred">Outputs, a row a sample.</param>
    /// <param name="sampleWeight">A weight a row; null for ones.</param>
    /// <exception cref="ArgumentException">
    /// Shapes do not fit, a class number is out of range, or a number is too large for single precision.
    /// </exception>
    public static float Call<TTarget, TOutput>(this Loss loss, TTarget[,] yTrue, TOutput[,] yPred, float[]? sampleWeight = null)
        where TTarget : INumber<TTarget>
        where TOutput : INumber<TOutput> => loss.Call(
            Samples.OfGrid<TTarget>(yTrue).Tensor, Samples.OfGrid<TOutput>(yPred).Tensor,
            sampleWeight is null ? null : Tensor.Create(sampleWeight));

    /// <summary>The loss of rows with one target each, such as class numbers.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="yTrue">A target a row.</param>
    /// <param name="yPred">Outputs, a row a sample.</param>
    /// <param name="sampleWeight">A weight a row; null for ones.</param>
    /// <exception cref="ArgumentException">
    /// Shapes do not fit, a class number is out of range, or a number is too large for single precision.
    /// </exception>
    public static float Call<TTarget, TOutput>(this Loss loss, TTarget[] yTrue, TOutput[,] yPred, float[]? sampleWeight = null)
        where TTarget : INumber<TTarget>
        where TOutput : INumber<TOutput> => loss.Call(
            Samples.OfGrid<TTarget>(yTrue).Tensor, Samples.OfGrid<TOutput>(yPred).Tensor,
            sampleWeight is null ? null : Tensor.Create(sampleWeight));
}
