namespace CompiledNets;

/// <summary>
/// Which rows of the data are in a batch, lane by lane. Lanes after the last sample repeat its row, so that what is computed in them stays
/// finite.
/// </summary>
internal sealed class Batch
{
    private int[] order = [];
    private int lanesInOrder = -1;

    /// <summary>Samples.</summary>
    public int Samples { get; private set; }

    /// <summary>The index of a row for each lane of the blocks.</summary>
    public int[] Order => order;

    /// <summary>Takes rows <paramref name="first"/>, first + 1, ... of an order.</summary>
    /// <param name="rows">Indices of all rows in the order they are worked; empty for that of the data.</param>
    /// <param name="first">Where the batch begins.</param>
    /// <param name="samples">How many it has.</param>
    /// <param name="lanes">Lanes of all its blocks.</param>
    public void Take(ReadOnlySpan<int> rows, int first, int samples, int lanes)
    {
        // Whole batches, one after the other, have the same rows.
        bool isInOrder = rows.IsEmpty && first == 0;
        if (isInOrder && samples == Samples && lanes == lanesInOrder) return;
        lanesInOrder = isInOrder ? lanes : -1;
        if (order.Length < lanes) order = new int[lanes];
        Samples = samples;
        if (rows.IsEmpty)
        {
            for (int i = 0; i < samples; i++) order[i] = first + i;
        }
        else
        {
            rows.Slice(first, samples).CopyTo(order);
        }

        for (int i = samples; i < lanes; i++) order[i] = order[samples - 1];
    }
}
