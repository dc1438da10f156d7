using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Rows of a parameter group whose gradient is worked and applied in one go.</summary>
/// <param name="Group">The group.</param>
/// <param name="FirstRow">First row.</param>
/// <param name="LastRow">Row after the last.</param>
/// <param name="Offset">Where the rows begin in the parameter arena, in floats; a multiple of 16.</param>
/// <param name="Length">Their floats.</param>
internal readonly record struct ParameterChunk(int Group, int FirstRow, int LastRow, int Offset, int Length)
{
    /// <summary>Floats up to the next multiple of 16.</summary>
    public int Padding => (16 - (Length % 16)) % 16;
}

/// <summary>
/// The trainable parameters, shared evenly among workers and cut into chunks, whose gradients fit into the cache. How they are cut changes
/// no result: every row is summed on its own.
/// </summary>
internal sealed class ParameterChunks(ParameterGroup[] groups, bool[] frozen)
{
    /// <summary>
    /// Floats of a chunk, 256 KB, and the least rows: the turned gradient of a layer is read once for each, so small ones would cost wide
    /// layers their speed.
    /// </summary>
    private const int Length = 65536, LeastRows = 48;

    /// <summary>
    /// Samples beyond which that gradient comes from memory, and chunks are longer by <see cref="Longer"/>: a quarter of a wide layer's
    /// time.
    /// </summary>
    private const int ManySamples = 512, Longer = 4;

    private readonly bool[] frozenBefore = [.. frozen];
    private readonly Dictionary<(int Workers, bool AreLong), Cut> cuts = [];
    private (int Workers, bool AreLong) chosenFor;
    private Cut chosen = new([]);
    private (int Offset, int Length)[]? weights;

    /// <summary>Chooses the chunks for a number of workers and of samples.</summary>
    /// <returns>Floats of the longest one.</returns>
    public int Choose(int workers, int samples)
    {
        if (!frozen.AsSpan().SequenceEqual(frozenBefore))
        {
            frozen.CopyTo(frozenBefore, 0);
            cuts.Clear();
            chosenFor = default;
            weights = null;
        }

        bool areLong = samples > ManySamples;
        if (chosenFor == (workers, areLong)) return chosen.Longest;
        if (!cuts.TryGetValue((workers, areLong), out chosen!))
            cuts[(workers, areLong)] = chosen = new(Split(workers, areLong ? Longer : 1));
        chosenFor = (workers, areLong);
        return chosen.Longest;
    }

    /// <summary>The chunks of a worker, one after the other, as <see cref="Choose"/> chose them.</summary>
    public ReadOnlySpan<ParameterChunk> Of(int worker) => chosen.Chunks[worker];

    /// <summary>The trainable weights that are not frozen, one by one.</summary>
    public (int Offset, int Length)[] Weights(NetworkDescription description) => weights ??=
        [.. description.Weights.Where(weight => weight.Trainable && !frozen[weight.Layer])
            .Select(weight => (weight.Offset, weight.Shape.Aggregate(1, (size, axis) => size * axis)))];

    private ParameterChunk[][] Split(int workers, int times)
    {
        long total = groups.Where(group => !frozen[group.Layer]).Sum(group => (long)group.Rows * group.Columns), before = 0;
        List<ParameterChunk>[] chunks = [.. Enumerable.Range(0, workers).Select(_ => new List<ParameterChunk>())];
        for (int g = 0; g < groups.Length; g++)
        {
            ParameterGroup group = groups[g];
            if (frozen[group.Layer]) continue;
            int step = StepOf(group), most = Math.Max(LeastRows, Length / group.Columns) * times, row = 0;
            for (int w = 0; w < workers; w++)
            {
                // The row nearest to where the share of this worker ends.
                double end = ((double)total * (w + 1) / workers) - before;
                int last = w == workers - 1 ? group.Rows : (int)Math.Clamp(Math.Round(end / group.Columns / step) * step, row, group.Rows);
                int count = (last - row + most - 1) / most, next;
                for (; row < last; row = next, count--)
                {
                    int rows = (last - row + count - 1) / count;
                    next = Math.Min(row + ((rows + step - 1) / step * step), last);
                    chunks[w].Add(new(g, row, next, group.Offset + (row * group.Columns), (next - row) * group.Columns));
                }
            }

            before += (long)group.Rows * group.Columns;
        }

        return [.. chunks.Select(list => list.ToArray())];
    }

    private sealed class Cut(ParameterChunk[][] chunks)
    {
        /// <summary>The chunks of each worker.</summary>
        public ParameterChunk[][] Chunks => chunks;

        /// <summary>Floats of the longest one, with its padding.</summary>
        public int Longest { get; } = chunks.SelectMany(own => own).Select(chunk => chunk.Length + chunk.Padding).DefaultIfEmpty().Max();
    }

    // Every chunk begins at a multiple of 16 floats, so that optimizers work on whole vectors, and at one of the rows that tiles take.
    private static int StepOf(ParameterGroup group)
    {
        int step = group.RowStep;
        while ((long)group.Columns * step % 16 != 0) step += group.RowStep;
        return step;
    }
}
