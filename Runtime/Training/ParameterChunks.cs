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

/// <summary>The trainable parameters in chunks that fit into the cache beside what their gradient is made of.</summary>
internal sealed class ParameterChunks
{
    /// <summary>Floats of a chunk: 32 KB, which with parameters and two moments fill an eighth of a second-level cache of 1 MB.</summary>
    private const int Length = 8192;

    private readonly ParameterGroup[] groups;
    private readonly bool[] frozen;
    private readonly bool[] frozenBefore;
    private ParameterChunk[] chunks = [];
    private (int Offset, int Length)[]? weights;
    private long total;

    public ParameterChunks(ParameterGroup[] groups, bool[] frozen)
    {
        this.groups = groups;
        this.frozen = frozen;
        frozenBefore = [.. frozen];
        Split();
    }

    /// <summary>How many chunks.</summary>
    public int Count => Current().Length;

    /// <summary>Floats of the longest chunk.</summary>
    public int LargestLength { get; private set; }

    /// <summary>A chunk.</summary>
    public ParameterChunk this[int index] => chunks[index];

    /// <summary>The chunks of a worker: next to one another, and about as many floats as another's.</summary>
    public (int First, int Last) Share(int worker, int workers) => (At(worker, workers), At(worker + 1, workers));

    /// <summary>The trainable weights that are not frozen, one by one.</summary>
    public (int Offset, int Length)[] Weights(NetworkDescription description)
    {
        Current();
        return weights ??= [.. description.Weights.Where(weight => weight.Trainable && !frozen[weight.Layer])
            .Select(weight => (weight.Offset, weight.Shape.Aggregate(1, (size, axis) => size * axis)))];
    }

    private ParameterChunk[] Current()
    {
        if (!frozen.AsSpan().SequenceEqual(frozenBefore)) Split();
        return chunks;
    }

    private int At(int worker, int workers)
    {
        long wanted = total * worker / workers, sum = 0;
        int index = 0;
        while (index < chunks.Length && sum + (chunks[index].Length / 2) < wanted) sum += chunks[index++].Length;
        return worker == workers ? chunks.Length : index;
    }

    private void Split()
    {
        frozen.CopyTo(frozenBefore, 0);
        weights = null;
        var found = new List<ParameterChunk>();
        for (int g = 0; g < groups.Length; g++)
        {
            ParameterGroup group = groups[g];
            if (frozen[group.Layer]) continue;
            int rows = RowsOf(group);
            for (int row = 0; row < group.Rows; row += rows)
            {
                int last = Math.Min(row + rows, group.Rows);
                found.Add(new(g, row, last, group.Offset + (row * group.Columns), (last - row) * group.Columns));
            }
        }

        chunks = [.. found];
        total = chunks.Sum(chunk => (long)chunk.Length);
        LargestLength = chunks.Length == 0 ? 0 : chunks.Max(chunk => chunk.Length + chunk.Padding);
    }

    // Every chunk begins at a multiple of 16 floats, so that optimizers work on whole vectors.
    private static int RowsOf(ParameterGroup group)
    {
        int granule = 16;
        while (granule > 1 && group.Columns * (granule / 2) % 16 == 0) granule /= 2;
        int wanted = Math.Max(1, Length / group.Columns);
        return Math.Max(granule, wanted / granule * granule);
    }
}
