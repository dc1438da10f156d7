using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace CompiledNets.Numerics;

/// <summary>
/// The transforms of Winograd's F(2x2, 3x3): additions of vectors. The lanes of a block have an image each; those of a single image run over
/// its channels. The products of a tile lie in rows of four, row behind row, <c>apart</c> floats from one to the next.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WinogradTiles
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>What a tile of 2x2 results reads, 4x4 places, transformed: Bᵀ d B, channel by channel.</summary>
    /// <param name="image">The first channel at the first place of the image.</param>
    /// <param name="zeros">As many zeros as channels take, for places beyond the border.</param>
    /// <param name="to">Where the first product goes.</param>
    /// <param name="above">The first row that the tile reads; -1 for one above the image.</param>
    /// <param name="left">The first column.</param>
    /// <param name="rows">Rows of the image.</param>
    /// <param name="columns">Columns of the image.</param>
    /// <param name="place">Floats from place to place.</param>
    /// <param name="channels">Floats of the channels that are wanted.</param>
    /// <param name="apart">Floats from product to product.</param>
    [MethodImpl(Optimized)]
    public static void Read<T>(
        ref float image, ref float zeros, ref float to, int above, int left, int rows, int columns, int place, int channels, int apart)
        where T : struct, ILanes<T>
    {
        bool has0 = left >= 0 && left < columns, has1 = left >= -1 && left + 1 < columns;
        bool has2 = left >= -2 && left + 2 < columns, has3 = left >= -3 && left + 3 < columns;
        // For each row of Bᵀ two rows of places, one added to the other or taken from it; then the same with columns.
        for (int i = 0; i < 4; i++)
        {
            // d0 - d2, d1 + d2, d2 - d1, d1 - d3.
            int a = above + (i == 0 ? 0 : i == 2 ? 2 : 1), b = above + (i == 3 ? 3 : i == 2 ? 1 : 2);
            T sign = T.Splat(i == 1 ? 1f : -1f);
            bool hasA = a >= 0 && a < rows, hasB = b >= 0 && b < rows;
            int atA = ((a * columns) + left) * place, atB = ((b * columns) + left) * place;
            ref float a0 = ref (hasA && has0 ? ref Unsafe.Add(ref image, atA) : ref zeros);
            ref float a1 = ref (hasA && has1 ? ref Unsafe.Add(ref image, atA + place) : ref zeros);
            ref float a2 = ref (hasA && has2 ? ref Unsafe.Add(ref image, atA + (2 * place)) : ref zeros);
            ref float a3 = ref (hasA && has3 ? ref Unsafe.Add(ref image, atA + (3 * place)) : ref zeros);
            ref float b0 = ref (hasB && has0 ? ref Unsafe.Add(ref image, atB) : ref zeros);
            ref float b1 = ref (hasB && has1 ? ref Unsafe.Add(ref image, atB + place) : ref zeros);
            ref float b2 = ref (hasB && has2 ? ref Unsafe.Add(ref image, atB + (2 * place)) : ref zeros);
            ref float b3 = ref (hasB && has3 ? ref Unsafe.Add(ref image, atB + (3 * place)) : ref zeros);
            for (int c = 0; c < channels; c += T.Count)
            {
                T d0 = T.Fma(sign, T.Load(ref b0, c), T.Load(ref a0, c));
                T d1 = T.Fma(sign, T.Load(ref b1, c), T.Load(ref a1, c));
                T d2 = T.Fma(sign, T.Load(ref b2, c), T.Load(ref a2, c));
                T d3 = T.Fma(sign, T.Load(ref b3, c), T.Load(ref a3, c));
                (d0 - d2).Store(ref to, c);
                (d1 + d2).Store(ref to, c + apart);
                (d2 - d1).Store(ref to, c + (2 * apart));
                (d1 - d3).Store(ref to, c + (3 * apart));
            }

            to = ref Unsafe.Add(ref to, 4 * apart);
        }
    }

    /// <summary>
    /// What a tile of 2x2 results has of the gradient, transformed: A dy Aᵀ, for some vectors of filters. The gradient is turned: a vector
    /// runs over filters and follows those of other samples; all places of some filters follow each other.
    /// </summary>
    /// <param name="dy">The first filter at the first place of the tile.</param>
    /// <param name="to">Where the first product goes.</param>
    /// <param name="right">Whether the image has the second column.</param>
    /// <param name="below">Whether it has the second row.</param>
    /// <param name="row">Floats from row to row.</param>
    /// <param name="next">Floats to the tile in this place the next time, which is asked for.</param>
    /// <param name="vectors">Vectors of filters.</param>
    /// <param name="from">Floats from the vector of some filters to that of the next.</param>
    /// <param name="vector">The same of what is written.</param>
    /// <param name="apart">Floats from product to product.</param>
    [MethodImpl(Optimized)]
    public static void ReadGradient<T>(
        ref float dy, ref float to, bool right, bool below, int row, int next, int vectors, int from, int vector, int apart)
        where T : struct, ILanes<T>
    {
        int place = T.Count * T.Count;
        for (int v = 0; v < vectors; v++)
        {
            for (int lane = 0; lane < place; lane += T.Count)
            {
                T a = T.Load(ref dy, lane), b = right ? T.Load(ref dy, lane + place) : T.Zero;
                T c = below ? T.Load(ref dy, lane + row) : T.Zero;
                T d = right && below ? T.Load(ref dy, lane + row + place) : T.Zero;
                // Both places of a row lie side by side.
                T.Prefetch(ref dy, next + (2 * lane));
                T.Prefetch(ref dy, next + row + (2 * lane));
                // Column by column a, a + b, a - b, -b; then the same with rows.
                T ab = a + b, cd = c + d, less = a - b, lessBelow = c - d;
                a.Store(ref to, lane);
                ab.Store(ref to, lane + apart);
                less.Store(ref to, lane + (2 * apart));
                (-b).Store(ref to, lane + (3 * apart));
                (a + c).Store(ref to, lane + (4 * apart));
                (ab + cd).Store(ref to, lane + (5 * apart));
                (less + lessBelow).Store(ref to, lane + (6 * apart));
                (-(b + d)).Store(ref to, lane + (7 * apart));
                (a - c).Store(ref to, lane + (8 * apart));
                (ab - cd).Store(ref to, lane + (9 * apart));
                (less - lessBelow).Store(ref to, lane + (10 * apart));
                (d - b).Store(ref to, lane + (11 * apart));
                (-c).Store(ref to, lane + (12 * apart));
                (-cd).Store(ref to, lane + (13 * apart));
                (-lessBelow).Store(ref to, lane + (14 * apart));
                d.Store(ref to, lane + (15 * apart));
            }

            dy = ref Unsafe.Add(ref dy, from);
            to = ref Unsafe.Add(ref to, vector);
        }
    }

    /// <summary>The nine taps of a channel from its 16 sums: Gᵀ m G.</summary>
    /// <param name="sums">The sums of the first filter.</param>
    /// <param name="dw">Where the first tap of it goes.</param>
    /// <param name="filters">Filters, a multiple of the lanes.</param>
    /// <param name="apart">Floats from product to product.</param>
    /// <param name="tap">Floats from tap to tap.</param>
    [MethodImpl(Optimized)]
    public static void WriteTaps<T>(ref float sums, ref float dw, int filters, int apart, int tap) where T : struct, ILanes<T>
    {
        T half = T.Splat(0.5f);
        for (int n = 0; n < filters; n += T.Count)
        {
            for (int u = 0; u < 3; u++)
            {
                // m0 + (m1 + m2) / 2, (m1 - m2) / 2, (m1 + m2) / 2 + m3.
                ref float m1 = ref Unsafe.Add(ref sums, n + (4 * apart)), m2 = ref Unsafe.Add(ref sums, n + (8 * apart));
                T sign = T.Splat(u == 1 ? -0.5f : 0.5f);
                T r0 = T.Fma(sign, T.Load(ref m2, 0), half * T.Load(ref m1, 0));
                T r1 = T.Fma(sign, T.Load(ref m2, apart), half * T.Load(ref m1, apart));
                T r2 = T.Fma(sign, T.Load(ref m2, 2 * apart), half * T.Load(ref m1, 2 * apart));
                T r3 = T.Fma(sign, T.Load(ref m2, 3 * apart), half * T.Load(ref m1, 3 * apart));
                if (u != 1)
                {
                    ref float m = ref Unsafe.Add(ref sums, n + (u == 0 ? 0 : 12 * apart));
                    r0 += T.Load(ref m, 0);
                    r1 += T.Load(ref m, apart);
                    r2 += T.Load(ref m, 2 * apart);
                    r3 += T.Load(ref m, 3 * apart);
                }

                T sum = half * (r1 + r2);
                ref float row = ref Unsafe.Add(ref dw, (3 * u * tap) + n);
                (r0 + sum).Store(ref row, 0);
                (half * (r1 - r2)).Store(ref row, tap);
                (sum + r3).Store(ref row, 2 * tap);
            }
        }
    }
}
