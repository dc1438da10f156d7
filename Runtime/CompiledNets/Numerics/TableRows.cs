using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledNets.Numerics;

/// <summary>
/// Rows of a table that are looked up by indices, in lane blocks, and the gradient of the table. Generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TableRows
{
    /// <summary>Writes the rows that the indices of each lane name, as features of the lane.</summary>
    /// <param name="indices">The indices in block 0, one vector a place.</param>
    /// <param name="table">The table, row after row.</param>
    /// <param name="target">The rows in block 0.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="places">Indices of a sample.</param>
    /// <param name="columns">Floats of a row.</param>
    /// <param name="first">First block.</param>
    /// <param name="last">Block after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather<T>(
        ref float indices, ref float table, ref float target, int stride, int places, int columns, int first, int last)
        where T : struct, ILanes<T>
    {
        Span<int> rows = stackalloc int[16];
        for (int b = first; b < last; b++)
        {
            for (int p = 0; p < places; p++)
            {
                int at = (b * stride) + (p * T.Count);
                for (int lane = 0; lane < T.Count; lane++) rows[lane] = (int)Unsafe.Add(ref indices, at + lane);
                ref float to = ref Unsafe.Add(ref target, (b * stride) + (p * columns * T.Count));
                Packing.Gather<T>(ref table, columns, ref rows[0], ref to, 0, 0, 1);
            }
        }
    }

    /// <summary>Writes the rows that indices name, one after the other.</summary>
    public static void Copy(ref float indices, ref float table, ref float target, int places, int columns)
    {
        for (int p = 0; p < places; p++)
        {
            ref float row = ref Unsafe.Add(ref table, (nint)(int)Unsafe.Add(ref indices, p) * columns);
            MemoryMarshal.CreateReadOnlySpan(ref row, columns)
                .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, p * columns), columns));
        }
    }

    /// <summary>
    /// Finds where rows of a table are looked up: for each row the first place, for each place the next one of the same row, in the order
    /// of blocks, places and lanes; -1 where there is none. Lanes after the last sample are places too, whose gradient is zero. A place is
    /// told by where its index lies, in floats behind the first; its number stands for the bits of a float. An index of no row is no place.
    /// </summary>
    /// <param name="indices">The indices in block 0, one vector a place.</param>
    /// <param name="first">By row, where its first place goes.</param>
    /// <param name="next">In block 0, where the next place of each one goes, laid out as the indices are.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="blocks">Blocks.</param>
    /// <param name="places">Indices of a sample.</param>
    /// <param name="rows">Rows of the table.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FindPlaces<T>(
        ref float indices, ref float first, ref float next, int stride, int blocks, int places, int rows)
        where T : struct, ILanes<T>
    {
        ref int firsts = ref Unsafe.As<float, int>(ref first), nexts = ref Unsafe.As<float, int>(ref next);
        MemoryMarshal.CreateSpan(ref firsts, rows).Fill(-1);
        for (int b = blocks - 1; b >= 0; b--)
        {
            for (int at = (b * stride) + (places * T.Count) - 1; at >= b * stride; at--)
            {
                int row = (int)Unsafe.Add(ref indices, at);
                // Indices are checked where data comes in; what writes one after that must not reach beyond the rows.
                if ((uint)row >= (uint)rows)
                {
                    Unsafe.Add(ref nexts, at) = -1;
                    continue;
                }

                ref int before = ref Unsafe.Add(ref firsts, row);
                Unsafe.Add(ref nexts, at) = before;
                before = at;
            }
        }
    }

    /// <summary>
    /// The gradient of some rows of a table: for each the sum of the gradients of the places that it was looked up for, added in the order
    /// of places, whoever works which rows.
    /// </summary>
    /// <param name="first">By row, its first place, as <see cref="FindPlaces"/> found it.</param>
    /// <param name="next">By place, the next one of its row.</param>
    /// <param name="upstream">The gradients in block 0, turned: for each place a row of each sample.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="columns">Floats of a row of the table.</param>
    /// <param name="rowLength">Floats of a turned row.</param>
    /// <param name="firstRow">First row of the table.</param>
    /// <param name="lastRow">Row after the last.</param>
    /// <param name="target">Where the rows go, one after the other.</param>
    public static void Gradient<T>(
        ref float first, ref float next, ref float upstream, int stride, int columns, int rowLength, int firstRow, int lastRow,
        ref float target)
        where T : struct, ILanes<T> =>
        Gradient<T>(ref first, ref next, ref upstream, stride, columns, rowLength, firstRow, lastRow, ref target,
            ref Unsafe.NullRef<float>());

    /// <summary>The gradient of some rows of a table, and the sums of the squares of what it is made of.</summary>
    /// <param name="first">By row, its first place, as <see cref="FindPlaces"/> found it.</param>
    /// <param name="next">By place, the next one of its row.</param>
    /// <param name="upstream">The gradients in block 0, turned: for each place a row of each sample.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="columns">Floats of a row of the table.</param>
    /// <param name="rowLength">Floats of a turned row.</param>
    /// <param name="firstRow">First row of the table.</param>
    /// <param name="lastRow">Row after the last.</param>
    /// <param name="target">Where the rows go, one after the other.</param>
    /// <param name="squares">Where the sums of squares go; a null reference for nowhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient<T>(
        ref float first, ref float next, ref float upstream, int stride, int columns, int rowLength, int firstRow, int lastRow,
        ref float target, ref float squares)
        where T : struct, ILanes<T>
    {
        ref int firsts = ref Unsafe.As<float, int>(ref first), nexts = ref Unsafe.As<float, int>(ref next);
        bool hasSquares = !Unsafe.IsNullRef(ref squares);
        for (int row = firstRow; row < lastRow; row++)
        {
            int place = Unsafe.Add(ref firsts, row);
            ref float sum = ref Unsafe.Add(ref target, (row - firstRow) * columns);
            ref float more = ref hasSquares ? ref Unsafe.Add(ref squares, (row - firstRow) * columns) : ref squares;
            if (place < 0)
            {
                MemoryMarshal.CreateSpan(ref sum, columns).Clear();
                if (hasSquares) MemoryMarshal.CreateSpan(ref more, columns).Clear();
                continue;
            }

            Begin<T>(ref Unsafe.Add(ref upstream, Source(place, stride, rowLength)), columns, ref sum, ref more);
            while ((place = Unsafe.Add(ref nexts, place)) >= 0)
                Add<T>(ref Unsafe.Add(ref upstream, Source(place, stride, rowLength)), columns, ref sum, ref more);
        }
    }

    /// <summary>Where the turned row of a place lies: rows follow each other in a block as its indices do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Source(int at, int stride, int rowLength) => at + ((int)((uint)at % (uint)stride) * (rowLength - 1));

    // The first of a sum is added to zero: a zero below zero is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin<T>(ref float from, int columns, ref float row, ref float squares) where T : struct, ILanes<T>
    {
        bool hasSquares = !Unsafe.IsNullRef(ref squares);
        int c = 0;
        for (; c <= columns - T.Count; c += T.Count)
        {
            T number = T.Load(ref from, c);
            (T.Zero + number).Store(ref row, c);
            if (hasSquares) (number * number).Store(ref squares, c);
        }

        for (; c < columns; c++)
        {
            float number = Unsafe.Add(ref from, c);
            Unsafe.Add(ref row, c) = 0 + number;
            if (hasSquares) Unsafe.Add(ref squares, c) = number * number;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(ref float from, int columns, ref float row, ref float squares) where T : struct, ILanes<T>
    {
        bool hasSquares = !Unsafe.IsNullRef(ref squares);
        int c = 0;
        for (; c <= columns - T.Count; c += T.Count)
        {
            T number = T.Load(ref from, c);
            (T.Load(ref row, c) + number).Store(ref row, c);
            if (hasSquares) T.Fma(number, number, T.Load(ref squares, c)).Store(ref squares, c);
        }

        for (; c < columns; c++)
        {
            float number = Unsafe.Add(ref from, c);
            Unsafe.Add(ref row, c) += number;
            if (hasSquares) Unsafe.Add(ref squares, c) += number * number;
        }
    }
}
