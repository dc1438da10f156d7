using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// The trainable parameters, shared evenly among workers and cut into chunks, whose gradients fit into the cache. How they are cut changes
/// no result: every row is summed on its own.
/// </summary>
/// <param name="groups">The groups.</param>
/// <param name="taps">By group, taps whose gradients are made at once: <see cref="NetworkProgram.Taps"/>.</param>
/// <param name="frozen">By layer, whether its weights stay as they are.</param>
internal sealed class ParameterChunks(ParameterGroup[] groups, int[] taps, bool[] frozen)
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
            // A channel of all taps counts as a row of them side by side.
            int rowsOfAll = (group.Rows / taps[g]) + (group.Rows % taps[g]), columns = group.Columns * taps[g];
            int step = StepOf(group), most = Math.Max(LeastRows, Length / columns) * times, row = 0;
            for (int w = 0; w < workers; w++)
            {
                // The row nearest to where the share of this worker ends.
                double end = ((double)total * (w + 1) / workers) - before;
                int last = w == workers - 1 ? rowsOfAll : (int)Math.Clamp(Math.Round(end / columns / step) * step, row, rowsOfAll);
                int count = (last - row + most - 1) / most, next;
                for (; row < last; row = next, count--)
                {
                    int rows = (last - row + count - 1) / count;
                    next = Math.Min(row + ((rows + step - 1) / step * step), last);
                    chunks[w].Add(new(g, row, next, [.. Runs(g, row, next)]));
                }
            }

            before += (long)group.Rows * group.Columns;
        }

        return [.. chunks.Select(list => list.ToArray())];
    }

    private IEnumerable<ParameterRun> Runs(int index, int first, int last)
    {
        ParameterGroup group = groups[index];
        if (taps[index] == 1)
        {
            yield return Run(first, last, 0);
            yield break;
        }

        int channels = group.Rows / taps[index], end = Math.Min(last, channels), start = 0;
        for (int tap = 0; tap < taps[index] && first < end; tap++)
        {
            ParameterRun run = Run((tap * channels) + first, (tap * channels) + end, start);
            start += run.Length;
            yield return run;
        }

        if (last > channels) yield return Run(group.Rows - 1, group.Rows, start);

        ParameterRun Run(int from, int to, int start) =>
            new(index, from, to, group.Offset + (from * group.Columns), (to - from) * group.Columns, start);
    }

    private sealed class Cut(ParameterChunk[][] chunks)
    {
        /// <summary>The chunks of each worker.</summary>
        public ParameterChunk[][] Chunks => chunks;

        /// <summary>Floats of the longest one, with its padding.</summary>
        public int Longest { get; } = chunks.Aggregate(
            0, (longest, own) => own.Aggregate(longest, (most, chunk) => Math.Max(most, chunk.Room)));
    }

    // Every chunk begins at a multiple of 16 floats, so that optimizers work on whole vectors, and at one of the rows that tiles take.
    private static int StepOf(ParameterGroup group) => StepOf(group.Columns, group.RowStep);

    /// <summary>The fewest rows, a multiple of some, that have a multiple of 16 floats.</summary>
    public static int StepOf(int columns, int rows)
    {
        int step = rows;
        while ((long)columns * step % 16 != 0) step += rows;
        return step;
    }
}
