using System.Runtime.CompilerServices;

namespace CompiledNets.Numerics;

/// <summary>Rows of samples to lane blocks and back, by register transposes.</summary>
internal static class Packing
{
    /// <summary>Floats of a row from which on transposes can take it: they read four at once.</summary>
    private const int FewestColumns = 4;

    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    /// <summary>
    /// Gathers rows of a row-major matrix into lane blocks: lane j of block b holds row <c>order[b * Count + j]</c>. The order must have
    /// an index for every lane of the blocks; padding lanes repeat a row, so that all lanes are finite.
    /// </summary>
    /// <param name="rows">The matrix.</param>
    /// <param name="rowLength">Floats a row.</param>
    /// <param name="order">Row indices, by lane.</param>
    /// <param name="target">The value's first vector in block 0.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="first">First block.</param>
    /// <param name="last">Block behind the last.</param>
    [MethodImpl(Optimized)]
    public static void Gather<T>(ref float rows, int rowLength, ref int order, ref float target, int stride, int first, int last) where T
        : struct, ILanes<T>
    {
        for (int b = first; b < last; b++)
        {
            ref int row = ref Unsafe.Add(ref order, b * T.Count);
            int to = b * stride;
            if (rowLength >= FewestColumns)
            {
                T.GatherRows(ref rows, ref row, rowLength, ref target, to);
                continue;
            }

            for (int lane = 0; lane < T.Count; lane++)
            {
                ref float source = ref Unsafe.Add(ref rows, (nint)Unsafe.Add(ref row, lane) * rowLength);
                for (int f = 0; f < rowLength; f++) Unsafe.Add(ref target, to + (f * T.Count) + lane) = Unsafe.Add(ref source, f);
            }
        }
    }

    /// <summary>Writes the samples of lane blocks as rows.</summary>
    /// <param name="source">The value's first vector in block 0.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="features">Features of the value, and floats of a row.</param>
    /// <param name="rows">Where the first row goes.</param>
    /// <param name="samples">Rows to write; lanes behind them are left out.</param>
    [MethodImpl(Optimized)]
    public static void Unpack<T>(ref float source, int stride, int features, ref float rows, int samples) where T : struct, ILanes<T>
    {
        for (int b = 0; b * T.Count < samples; b++)
        {
            int from = b * stride, valid = Math.Min(T.Count, samples - (b * T.Count)), feature = 0;
            ref float row = ref Unsafe.Add(ref rows, (nint)b * T.Count * features);
            if (features == 1 && valid == T.Count)
            {
                T.Load(ref source, from).Store(ref row, 0);
                continue;
            }

            if (valid == T.Count)
                for (; feature <= features - T.Count; feature += T.Count)
                    T.Transpose(ref source, from + (feature * T.Count), T.Count, ref row, feature, features);
            for (; feature < features; feature++)
                for (int lane = 0; lane < valid; lane++)
                    Unsafe.Add(ref row, (lane * features) + feature) = Unsafe.Add(ref source, from + (feature * T.Count) + lane);
        }
    }
}
