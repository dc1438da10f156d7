using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Rows of a parameter group whose gradient is worked and applied in one go.</summary>
/// <param name="Group">The group.</param>
/// <param name="FirstRow">First row.</param>
/// <param name="LastRow">Row behind the last.</param>
/// <param name="Offset">Where the rows begin in the parameter arena, in floats; a multiple of 16.</param>
/// <param name="Length">Their floats.</param>
internal readonly record struct ParameterChunk(int Group, int FirstRow, int LastRow, int Offset, int Length)
{
    /// <summary>Floats up to the next multiple of 16.</summary>
    public int Padding => (16 - (Length % 16)) % 16;
}

/// <summary>
/// The trainable parameters, shared evenly among workers and cut into chunks, whose gradients fit into the cache. How they are cut changes no result: every row is summed on its own.
/// </summary>
internal sealed class ParameterChunks
{
    /// <summary>Floats of a chunk, 256 KB: the turned gradient of a layer is read once for each, so small ones would cost wide layers their speed.</summary>
    private const int Length = 65536;

    /// <summary>Least rows of a chunk, for groups that have many.</summary>
    private const int LeastRows = 48;

    private readonly ParameterGroup[] groups;
    private readonly bool[] frozen;
    private readonly bool[] frozenBefore;
    private readonly List<ParameterChunk[][]> byWorkers = [];
    private (int Offset, int Length)[]? weights;

    public ParameterChunks(ParameterGroup[] groups, bool[] frozen)
    {
        this.groups = groups;
        this.frozen = frozen;
        frozenBefore = [.. frozen];
    }

    /// <summary>The chunks of a worker, one behind the other.</summary>
    public ReadOnlySpan<ParameterChunk> Of(int worker, int workers) => byWorkers[workers - 1][worker];

    /// <summary>Floats of the longest chunk for a number of workers; to be asked before <see cref="Of"/>.</summary>
    public int LargestLength(int workers)
    {
        if (!frozen.AsSpan().SequenceEqual(frozenBefore))
        {
            frozen.CopyTo(frozenBefore, 0);
            byWorkers.Clear();
            weights = null;
        }

        while (byWorkers.Count < workers) byWorkers.Add(Split(byWorkers.Count + 1));
        int largest = 0;
        foreach (ParameterChunk[] chunks in byWorkers[workers - 1])
        {
            foreach (ref readonly ParameterChunk chunk in chunks.AsSpan()) largest = Math.Max(largest, chunk.Length + chunk.Padding);
        }

        return largest;
    }

    /// <summary>The trainable weights that are not frozen, one by one.</summary>
    public (int Offset, int Length)[] Weights(NetworkDescription description) => weights ??=
        [.. description.Weights.Where(weight => weight.Trainable && !frozen[weight.Layer]).Select(weight => (weight.Offset, weight.Shape.Aggregate(1, (size, axis) => size * axis)))];

    private ParameterChunk[][] Split(int workers)
    {
        long total = groups.Where(group => !frozen[group.Layer]).Sum(group => (long)group.Rows * group.Columns), before = 0;
        List<ParameterChunk>[] chunks = [.. Enumerable.Range(0, workers).Select(_ => new List<ParameterChunk>())];
        for (int g = 0; g < groups.Length; g++)
        {
            ParameterGroup group = groups[g];
            if (frozen[group.Layer]) continue;
            int step = StepOf(group), longest = Math.Max(step, Length / group.Columns / step * step), row = 0;
            for (int w = 0; w < workers; w++)
            {
                // The row nearest to where the share of this worker ends.
                double end = ((double)total * (w + 1) / workers) - before;
                int last = w == workers - 1 ? group.Rows : (int)Math.Clamp(Math.Round(end / group.Columns / step) * step, row, group.Rows);
                for (; row < last; row = Math.Min(row + longest, last))
                {
                    int next = Math.Min(row + longest, last);
                    chunks[w].Add(new(g, row, next, group.Offset + (row * group.Columns), (next - row) * group.Columns));
                }
            }

            before += (long)group.Rows * group.Columns;
        }

        return [.. chunks.Select(list => list.ToArray())];
    }

    // Every chunk begins at a multiple of 16 floats, so that optimizers work on whole vectors, and at one of the rows that tiles take.
    private static int StepOf(ParameterGroup group)
    {
        int step = group.RowStep;
        while ((long)group.Columns * step % 16 != 0) step += group.RowStep;
        return group.Rows < 2 * LeastRows ? step : (LeastRows + step - 1) / step * step;
    }
}
