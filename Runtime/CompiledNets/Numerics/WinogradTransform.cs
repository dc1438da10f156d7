using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CompiledNets.Execution;

namespace CompiledNets.Numerics;

/// <summary>Transforms kernels of 3x3 for Winograd's F(2x2, 3x3): G g Gᵀ, 16 numbers for each channel and filter.</summary>
/// <remarks>
/// The transformed kernel is 16 matrices, each in panels of four outputs, in which the weights of the four follow each other input by
/// input: (16, outputs / 4, inputs, 4). Outputs are the filters, or the channels where the kernel is turned.
/// </remarks>
internal static class WinogradTransform
{
    /// <summary>Outputs of a panel.</summary>
    private const int Width = 4;

    /// <summary>Transforms a kernel.</summary>
    public static void Run(in TransformedKernel kernel, ReadOnlySpan<float> parameters, Span<float> panels)
    {
        ReadOnlySpan<float> weights = parameters.Slice(kernel.Kernel, 9 * kernel.Channels * kernel.Filters);
        Span<float> target = panels.Slice(kernel.Place, kernel.Length);
        int inputs = kernel.IsTurned ? kernel.Filters : kernel.Channels, outputs = kernel.IsTurned ? kernel.Channels : kernel.Filters;
        Span<Vector128<float>> taps = stackalloc Vector128<float>[9], transformed = stackalloc Vector128<float>[16];
        for (int output = 0; output < outputs; output += Width)
        {
            for (int input = 0; input < inputs; input++)
            {
                for (int tap = 0; tap < 9; tap++) taps[tap] = Tap(kernel, weights, tap, input, output);
                Transform(taps, transformed);
                for (int product = 0; product < 16; product++)
                    transformed[product].CopyTo(target[((product * outputs * inputs) + (output * inputs) + (input * Width))..]);
            }
        }
    }

    /// <summary>Transforms a kernel whose filters are scaled, into panels of some of them, a multiple of four.</summary>
    /// <param name="weights">The kernel.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="filters">Its filters.</param>
    /// <param name="width">Filters of a panel.</param>
    /// <param name="scale">By filter, what it is scaled by.</param>
    /// <param name="target">16 matrices: (16, filters / width, channels, width).</param>
    public static void Run(
        ReadOnlySpan<float> weights, int channels, int filters, int width, ReadOnlySpan<float> scale, Span<float> target)
    {
        Span<Vector128<float>> taps = stackalloc Vector128<float>[9], transformed = stackalloc Vector128<float>[16];
        for (int filter = 0; filter < filters; filter += Width)
        {
            Vector128<float> by = Vector128.Create(scale.Slice(filter, Width));
            int panel = filter / width * width;
            for (int channel = 0; channel < channels; channel++)
            {
                for (int tap = 0; tap < 9; tap++)
                    taps[tap] = Vector128.Create(weights.Slice((((tap * channels) + channel) * filters) + filter, Width)) * by;
                Transform(taps, transformed);
                int place = (panel * channels) + (channel * width) + filter - panel;
                for (int product = 0; product < 16; product++)
                    transformed[product].CopyTo(target[((product * filters * channels) + place)..]);
            }
        }
    }

    // The weights of a tap from one input to four outputs.
    private static Vector128<float> Tap(in TransformedKernel kernel, ReadOnlySpan<float> weights, int tap, int input, int output)
    {
        if (!kernel.IsTurned)
        {
            ref float first =
                ref MemoryMarshal.GetReference(weights.Slice((((tap * kernel.Channels) + input) * kernel.Filters) + output, Width));
            return Vector128.LoadUnsafe(ref first);
        }

        int row = ((8 - tap) * kernel.Channels) + output, filters = kernel.Filters;
        return Vector128.Create(
            weights[(row * filters) + input], weights[((row + 1) * filters) + input], weights[((row + 2) * filters) + input],
            weights[((row + 3) * filters) + input]);
    }

    // G has the rows (1, 0, 0), (1, 1, 1) / 2, (1, -1, 1) / 2, (0, 0, 1).
    private static void Transform(ReadOnlySpan<Vector128<float>> g, Span<Vector128<float>> to)
    {
        Span<Vector128<float>> rows = stackalloc Vector128<float>[12];
        for (int column = 0; column < 3; column++)
            (rows[column], rows[3 + column], rows[6 + column], rows[9 + column]) = Four(g[column], g[3 + column], g[6 + column]);
        for (int row = 0; row < 4; row++)
            (to[4 * row], to[(4 * row) + 1], to[(4 * row) + 2], to[(4 * row) + 3]) =
                Four(rows[3 * row], rows[(3 * row) + 1], rows[(3 * row) + 2]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> A, Vector128<float> B, Vector128<float> C, Vector128<float> D) Four(
        Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        Vector128<float> outer = (a + c) * 0.5f, inner = b * 0.5f;
        return (a, outer + inner, outer - inner, c);
    }
}
