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
    /// <summary>Gradients of a table that are fetched at once: each is a line of the cache for every vector of a row.</summary>
    private const int Together = 8;

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
    /// The gradient of some rows of a table: for each the sum of the gradients of the places that it was looked up for, added in the order
    /// of blocks, places and lanes, whoever works which rows.
    /// </summary>
    /// <param name="indices">The indices in block 0, one vector a place. Lanes after the last sample have a gradient of zero.</param>
    /// <param name="upstream">The gradients in block 0, turned: panels of one vector a sample.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="blocks">Blocks.</param>
    /// <param name="places">Indices of a sample.</param>
    /// <param name="columns">Floats of a row of the table.</param>
    /// <param name="rowLength">Features of a turned place.</param>
    /// <param name="firstRow">First row of the table.</param>
    /// <param name="lastRow">Row after the last.</param>
    /// <param name="target">Where the rows go, one after the other.</param>
    public static void Gradient<T>(
        ref float indices, ref float upstream, int stride, int blocks, int places, int columns, int rowLength, int firstRow, int lastRow,
        ref float target)
        where T : struct, ILanes<T> =>
        Gradient<T>(ref indices, ref upstream, stride, blocks, places, columns, rowLength, firstRow, lastRow, ref target,
            ref Unsafe.NullRef<float>());

    /// <summary>The gradient of some rows of a table, and the sums of the squares of what it is made of.</summary>
    /// <param name="indices">The indices in block 0, one vector a place. Lanes after the last sample have a gradient of zero.</param>
    /// <param name="upstream">The gradients in block 0, turned: panels of one vector a sample.</param>
    /// <param name="stride">Floats from block to block.</param>
    /// <param name="blocks">Blocks.</param>
    /// <param name="places">Indices of a sample.</param>
    /// <param name="columns">Floats of a row of the table.</param>
    /// <param name="rowLength">Features of a turned place.</param>
    /// <param name="firstRow">First row of the table.</param>
    /// <param name="lastRow">Row after the last.</param>
    /// <param name="target">Where the rows go, one after the other.</param>
    /// <param name="squares">Where the sums of squares go; a null reference for nowhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient<T>(
        ref float indices, ref float upstream, int stride, int blocks, int places, int columns, int rowLength, int firstRow, int lastRow,
        ref float target, ref float squares)
        where T : struct, ILanes<T>
    {
        bool hasSquares = !Unsafe.IsNullRef(ref squares);
        MemoryMarshal.CreateSpan(ref target, (lastRow - firstRow) * columns).Clear();
        if (hasSquares) MemoryMarshal.CreateSpan(ref squares, (lastRow - firstRow) * columns).Clear();
        // Rows that are found are asked for at once, and added when some are on their way.
        Span<int> sources = stackalloc int[Together], rows = stackalloc int[Together];
        int found = 0;
        for (int b = 0; b < blocks; b++)
        {
            ReadOnlySpan<float> own = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref indices, b * stride), places * T.Count);
            for (int at = 0; at < own.Length; at++)
            {
                at += ToFirstWithin(own[at..], firstRow, lastRow);
                if (at >= own.Length) break;
                int place = at / T.Count, lane = at % T.Count;
                sources[found] = (b * stride) + (((place * rowLength) + lane) * T.Count);
                rows[found] = ((int)own[at] - firstRow) * columns;
                for (int c = 0; c < columns; c += T.Count) T.Prefetch(ref upstream, sources[found] + (c * T.Count));
                if (++found < Together) continue;
                AddRows<T>(sources, rows, columns, ref upstream, ref target, ref squares);
                found = 0;
            }
        }

        AddRows<T>(sources[..found], rows, columns, ref upstream, ref target, ref squares);
    }

    private static void AddRows<T>(
        ReadOnlySpan<int> sources, ReadOnlySpan<int> rows, int columns, ref float upstream, ref float target, ref float squares)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < sources.Length; i++)
        {
            ref float from = ref Unsafe.Add(ref upstream, sources[i]);
            AddRow<T>(ref from, columns, ref Unsafe.Add(ref target, rows[i]));
            if (!Unsafe.IsNullRef(ref squares)) AddSquares<T>(ref from, columns, ref Unsafe.Add(ref squares, rows[i]));
        }
    }

    // How many indices stand before the first one that names a row of a range.
    private static int ToFirstWithin(ReadOnlySpan<float> indices, float firstRow, float lastRow)
    {
        int at = 0;
        Vector<float> low = new(firstRow), high = new(lastRow);
        for (; at <= indices.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector<float> some = new(indices[at..]);
            if (Vector.BitwiseAnd(Vector.GreaterThanOrEqual(some, low), Vector.LessThan(some, high)) != Vector<int>.Zero) break;
        }

        while (at < indices.Length && !(indices[at] >= firstRow && indices[at] < lastRow)) at++;
        return at;
    }

    // A panel has a vector of a sample's features, and those of the other samples stand between it and the next.
    private static void AddRow<T>(ref float panels, int columns, ref float row) where T : struct, ILanes<T>
    {
        int c = 0;
        for (; c <= columns - T.Count; c += T.Count) (T.Load(ref row, c) + T.Load(ref panels, c * T.Count)).Store(ref row, c);
        for (int rest = 0; c + rest < columns; rest++) Unsafe.Add(ref row, c + rest) += Unsafe.Add(ref panels, (c * T.Count) + rest);
    }

    private static void AddSquares<T>(ref float panels, int columns, ref float row) where T : struct, ILanes<T>
    {
        int c = 0;
        for (; c <= columns - T.Count; c += T.Count)
        {
            T number = T.Load(ref panels, c * T.Count);
            T.Fma(number, number, T.Load(ref row, c)).Store(ref row, c);
        }

        for (int rest = 0; c + rest < columns; rest++)
        {
            float number = Unsafe.Add(ref panels, (c * T.Count) + rest);
            Unsafe.Add(ref row, c + rest) += number * number;
        }
    }
}
