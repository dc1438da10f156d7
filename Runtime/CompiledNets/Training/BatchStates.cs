using System.Globalization;
using System.Runtime.CompilerServices;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>What stateful layers keep from batch to batch: the states of each sample of a batch, by its place in it.</summary>
/// <param name="description">The network.</param>
/// <param name="packer">Moves rows into lanes and back.</param>
/// <param name="lanes">Samples in a lane block.</param>
internal sealed class BatchStates(NetworkDescription description, LanePacker packer, int lanes)
{
    private readonly float[][] rows = new float[description.States.Length][];
    private int[] order = [];
    private int samples;

    /// <summary>Forgets all states, and how many samples a batch has.</summary>
    public void Reset() => samples = 0;

    /// <summary>Prepares for a batch.</summary>
    /// <exception cref="InvalidOperationException">The batches before it had another number of samples.</exception>
    public void Begin(int count)
    {
        if (samples == count) return;
        if (samples != 0)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{description.Name}' keeps the states of {samples} samples from batch to batch, so that all batches have {samples}. " +
                $"Received: a batch of {count}. Give data whose rows divide by the batch size, or call `ResetStates()` first."));
        }

        samples = count;
        for (int i = 0; i < rows.Length; i++) rows[i] = new float[count * description.States[i].Size];
        order = new int[(count + lanes - 1) / lanes * lanes];
        for (int i = 0; i < order.Length; i++) order[i] = Math.Min(i, count - 1);
    }

    /// <summary>Writes the states of some blocks where a program finds them.</summary>
    /// <param name="arena">The first block that is worked.</param>
    /// <param name="layout">The layout of a block.</param>
    /// <param name="first">Number of that block in the batch.</param>
    /// <param name="count">How many blocks.</param>
    public void Pack(ref float arena, BlockLayout layout, int first, int count)
    {
        int stride = layout.BlockSize * lanes;
        for (int i = 0; i < rows.Length; i++)
        {
            ref float target = ref Unsafe.Add(ref arena, layout.States[i].Before * lanes);
            packer.Gather(ref rows[i][0], description.States[i].Size, ref order[first * lanes], ref target, stride, 0, count);
        }
    }

    /// <summary>Takes over the states that a program left in some blocks.</summary>
    public void Take(ref float arena, BlockLayout layout, int first, int count)
    {
        int stride = layout.BlockSize * lanes, from = first * lanes, taken = Math.Min(samples - from, count * lanes);
        for (int i = 0; i < rows.Length; i++)
        {
            ref float source = ref Unsafe.Add(ref arena, layout.States[i].After * lanes);
            packer.Unpack(ref source, stride, description.States[i].Size, ref rows[i][from * description.States[i].Size], taken);
        }
    }
}
