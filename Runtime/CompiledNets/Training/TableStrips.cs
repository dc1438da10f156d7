using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Works the gradient of rows of a table and its update by strips, a few rows at a time, so that gradients stay in the first-level cache
/// beside the weights and the state that they meet. Rows that no index of the batch names share the zeros that a strip is between uses:
/// neither are they cleared, nor read from further away.
/// </summary>
/// <param name="program">Makes the gradients.</param>
/// <param name="step">The step.</param>
/// <param name="groups">The groups of the network.</param>
internal sealed class TableStrips(NetworkProgram program, Step step, ParameterGroup[] groups)
{
    /// <summary>Floats of a strip; there are as many squares beside it.</summary>
    private const int Length = 2048;

    /// <summary>The gradient and the update of some rows.</summary>
    /// <param name="run">The rows.</param>
    /// <param name="update">The optimizer's rule, which takes squares where it can.</param>
    /// <param name="room">Room for the gradients of all these rows.</param>
    public void Run(in ParameterRun run, UpdateKernel update, Arena room)
    {
        int columns = groups[run.Group].Columns, rows = Math.Min(RowsOf(columns), run.LastRow - run.FirstRow);
        int size = ((rows * columns) + 15) / 16 * 16;
        ref float gradient = ref room.Start, squares = ref Unsafe.Add(ref gradient, size);
        room.Span[..(2 * size)].Clear();
        ref int firstPlaces = ref Unsafe.As<float, int>(ref Unsafe.Add(ref step.Shared.Start, program.FirstPlaces(run.Group)));
        for (int row = run.FirstRow, next; row < run.LastRow; row = next)
        {
            next = Math.Min(row + rows, run.LastRow);
            program.Gradient(run.Group, step, row, next, ref gradient, ref squares);
            update.Update(ref gradient, ref squares, run.Offset + ((row - run.FirstRow) * columns), (next - row) * columns);
            for (int r = row; r < next; r++)
            {
                if (Unsafe.Add(ref firstPlaces, r) < 0) continue;
                int at = (r - row) * columns;
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref gradient, at), columns).Clear();
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref squares, at), columns).Clear();
            }
        }
    }

    // Every strip begins at a multiple of 16 floats, so that optimizers work on whole vectors.
    private static int RowsOf(int columns)
    {
        int step = 1;
        while ((long)columns * step % 16 != 0) step++;
        return Math.Max(step, Length / columns / step * step);
    }
}
