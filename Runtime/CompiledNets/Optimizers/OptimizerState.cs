namespace CompiledNets;

/// <summary>
/// What an optimizer's rule keeps for a range of weights: a number for each weight and each name of <see cref="Optimizer.StateNames"/>.
/// </summary>
public readonly ref struct OptimizerState
{
    private readonly OptimizerSlot[] slots;
    private readonly int offset;
    private readonly int count;

    internal OptimizerState(OptimizerSlot[] slots, int offset, int count)
    {
        this.slots = slots;
        this.offset = offset;
        this.count = count;
    }

    /// <summary>The state of that number, in the order of the names: as many numbers as weights.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none of that number.</exception>
    public Span<float> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, slots.Length);
            return slots[index].Of(offset, count);
        }
    }
}
