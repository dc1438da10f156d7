using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// The update of rows of a table by the gradients of those that the batch looks up. No gradient of the table's size is made: rows are
/// updated by strips, whose gradient stays in the cache beside the weights and the state that it meets and is zeros but for the rows that
/// one index names. What several contribute is summed beside, with its squares, and updated by itself.
/// </summary>
/// <param name="program">Makes the gradients.</param>
/// <param name="step">The step.</param>
/// <param name="groups">The groups of the network.</param>
internal sealed class TableUpdate(NetworkProgram program, Step step, ParameterGroup[] groups)
{
    /// <summary>Floats of a strip.</summary>
    private const int Length = 4096;

    /// <summary>
    /// Floats of the table before which a contribution is asked for: it comes from the third-level cache, one here and one there.
    /// </summary>
    private const int Ahead = 1024;

    /// <summary>Places of a row that are asked for at most: all of a row that nearly every sample names would push the strip out.</summary>
    private const int MostAsked = 8;

    private readonly TableLookup?[] lookups = [.. Enumerable.Range(0, groups.Length).Select(program.Lookup)];

    /// <summary>Floats of room for the rows of any table.</summary>
    public int Room { get; } = groups.Aggregate(0, (most, group) => group.SumsSquares ? Math.Max(most, RoomOf(group)) : most);

    /// <summary>Updates some rows.</summary>
    /// <param name="run">The rows.</param>
    /// <param name="update">The optimizer's rule.</param>
    /// <param name="room">Room to work in.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(in ParameterRun run, UpdateKernel update, Arena room)
    {
        (int firstAt, int nextAt, int rowsAt, int rowLength) = lookups[run.Group]!.Value;
        int columns = groups[run.Group].Columns, rows = groups[run.Group].Rows, stride = program.Training.BlockSize * program.Lanes;
        ref int first = ref Unsafe.As<float, int>(ref Unsafe.Add(ref step.Shared.Start, firstAt));
        ref int next = ref Unsafe.As<float, int>(ref Unsafe.Add(ref step.Blocks.Start, nextAt * program.Lanes));
        ref float contributions = ref Unsafe.Add(ref step.Blocks.Start, rowsAt * program.Lanes);

        (int unit, int most) = Together(columns, run.LastRow - run.FirstRow);
        int ofStrip = Whole(most * columns), ofSum = Whole(unit * columns), ahead = Math.Max(Ahead / columns, 1);
        room.Span[..(ofStrip + (2 * ofSum))].Clear();
        ref float strip = ref room.Start, sum = ref Unsafe.Add(ref strip, ofStrip), squares = ref Unsafe.Add(ref sum, ofSum);
        Span<int> written = stackalloc int[Length];
        int offset = run.Offset, waiting = 0, count = 0;
        for (int row = run.FirstRow, end; row < run.LastRow; row = end)
        {
            end = Math.Min(row + unit, run.LastRow);
            bool hasSums = false;
            for (int r = row; r < end; r++)
            {
                if (r + ahead < rows && Unsafe.Add(ref first, r + ahead) is >= 0 and int soon)
                    Ask(soon, ref next, ref contributions, stride, rowLength, columns);
                if (Unsafe.Add(ref first, r) is not (>= 0 and int place)) continue;
                int at = (waiting + r - row) * columns;
                written[count++] = at;
                Copy(ref Unsafe.Add(ref contributions, TableRows.Source(place, stride, rowLength)), ref Unsafe.Add(ref strip, at), columns);
                hasSums |= Unsafe.Add(ref next, place) >= 0;
            }

            if (!hasSums) waiting += end - row;
            if (hasSums || waiting + unit > most || end == run.LastRow)
            {
                if (waiting > 0) update.Update(ref strip, offset, waiting * columns);
                offset += waiting * columns;
                waiting = 0;
                foreach (int at in written[..count]) MemoryMarshal.CreateSpan(ref Unsafe.Add(ref strip, at), columns).Clear();
                count = 0;
            }

            if (!hasSums) continue;
            // The padding after the last row has no gradient.
            if (end - row < unit) room.Span.Slice(ofStrip, 2 * ofSum).Clear();
            program.Gradient(run.Group, step, row, end, ref sum, ref squares);
            update.Update(ref sum, ref squares, offset, (end - row) * columns);
            offset += (end - row) * columns;
        }
    }

    private static void Ask(int place, ref int next, ref float contributions, int stride, int rowLength, int columns)
    {
        for (int asked = 0; place >= 0 && asked < MostAsked; asked++, place = Unsafe.Add(ref next, place))
        {
            int source = TableRows.Source(place, stride, rowLength);
            for (int c = 0; c < columns; c += 16) Lanes128.Prefetch(ref contributions, source + c);
        }
    }

    // A sum of one: zero and that, so that a zero below zero is none.
    private static void Copy(ref float from, ref float to, int columns)
    {
        int c = 0;
        for (; c <= columns - Vector<float>.Count; c += Vector<float>.Count)
            (Vector<float>.Zero + Vector.LoadUnsafe(ref from, (nuint)c)).StoreUnsafe(ref to, (nuint)c);
        for (; c < columns; c++) Unsafe.Add(ref to, c) = 0 + Unsafe.Add(ref from, c);
    }

    private static int RoomOf(ParameterGroup group)
    {
        (int unit, int most) = Together(group.Columns, group.Rows);
        return checked(Whole(most * group.Columns) + (2 * Whole(unit * group.Columns)));
    }

    // Rows of a sum, and of a strip.
    private static (int Unit, int Most) Together(int columns, int rows)
    {
        // Every update begins at a multiple of 16 floats, so that optimizers work on whole vectors.
        int unit = Math.Min(ParameterChunks.StepOf(columns, 1), rows);
        return (unit, Math.Max(Math.Min(Length / columns, rows) / unit * unit, unit));
    }

    // Up to the next whole vector of the widest lanes.
    private static int Whole(int floats) => checked((floats + 15) / 16 * 16);
}
