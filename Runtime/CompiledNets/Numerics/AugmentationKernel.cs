using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CompiledNets.Images;

namespace CompiledNets.Numerics;

/// <summary>
/// Random changes of images in lanes. The numbers of an image depend on seed, step, stream and sample alone, never on who works it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AugmentationKernel
{
    /// <summary>Makes the images of some blocks.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">The images of the first block.</param>
    /// <param name="y">The results.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="first">The first block.</param>
    /// <param name="last">The block after the last.</param>
    /// <param name="isActive">Whether images change.</param>
    /// <param name="stream">The stream of random numbers.</param>
    /// <param name="step">The step.</param>
    /// <param name="seed">The key.</param>
    /// <param name="numbers">Kind, height, width, channels, height and width of the result, fill, nearest.</param>
    /// <param name="factors">The four factors and the number beside the image.</param>
    public static void Forward<T>(
        ref float x, ref float y, int stride, int first, int last, bool isActive, uint stream, uint step, ulong seed,
        ReadOnlySpan<int> numbers, ReadOnlySpan<float> factors)
        where T : struct, ILanes<T>
    {
        (Augmentation augmentation, int size, int toSize) = Read(numbers, factors);
        for (int sample = first * T.Count; sample < last * T.Count; sample++)
        {
            (float u, float v) = Draw(augmentation, sample, stream, step, seed);
            int at = (sample / T.Count * stride) + (sample % T.Count);
            AugmentedImage.Run(augmentation, Lane<T>(ref x, at, size), Lane<T>(ref y, at, toSize), T.Count, u, v, isActive);
        }
    }

    /// <summary>The gradients of the images of some blocks.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="g">The gradients of the results of the first block.</param>
    /// <param name="x">The images.</param>
    /// <param name="dx">The gradients of the images.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="first">The first block.</param>
    /// <param name="last">The block after the last.</param>
    /// <param name="isActive">Whether images changed.</param>
    /// <param name="stream">The stream of random numbers.</param>
    /// <param name="step">The step.</param>
    /// <param name="seed">The key.</param>
    /// <param name="numbers">As in <see cref="Forward"/>.</param>
    /// <param name="factors">As in <see cref="Forward"/>.</param>
    public static void Backward<T>(
        ref float g, ref float x, ref float dx, int stride, int first, int last, bool isActive, uint stream, uint step, ulong seed,
        ReadOnlySpan<int> numbers, ReadOnlySpan<float> factors)
        where T : struct, ILanes<T>
    {
        (Augmentation augmentation, int size, int toSize) = Read(numbers, factors);
        for (int sample = first * T.Count; sample < last * T.Count; sample++)
        {
            (float u, float v) = Draw(augmentation, sample, stream, step, seed);
            int at = (sample / T.Count * stride) + (sample % T.Count);
            AugmentedImage.Differentiate(
                augmentation, Lane<T>(ref g, at, toSize), Lane<T>(ref x, at, size), Lane<T>(ref dx, at, size), T.Count, u, v, isActive);
        }
    }

    private static (float U, float V) Draw(in Augmentation augmentation, int sample, uint stream, uint step, ulong seed)
    {
        (uint u, uint v, _, _) = Philox.Numbers(0, stream, augmentation.IsOneForAll ? 0 : (uint)sample, step, seed);
        return (Philox.Fraction(u), Philox.Fraction(v));
    }

    private static (Augmentation Augmentation, int Size, int ToSize) Read(ReadOnlySpan<int> numbers, ReadOnlySpan<float> factors)
    {
        Augmentation augmentation = new(
            (AugmentationKind)numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], factors[0], factors[1], factors[2],
            factors[3], (ImageFill)numbers[6], numbers[7] != 0, factors[4]);
        return (augmentation, numbers[1] * numbers[2] * numbers[3], numbers[4] * numbers[5] * numbers[3]);
    }

    // Up to the last number of one lane.
    private static Span<float> Lane<T>(ref float start, int at, int size) where T : struct, ILanes<T> =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref start, at), ((size - 1) * T.Count) + 1);
}
