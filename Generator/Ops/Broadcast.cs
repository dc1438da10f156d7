namespace CompiledNets.Generator.Ops;

/// <summary>
/// How a value that all samples share meets a value of each sample: axes aligned from the right, axes of size 1 repeat. The axes that do not repeat must lie side by side,
/// so that element f of the sample value meets element (f / Inner) % Count of the shared one.
/// </summary>
internal readonly record struct Broadcast(int Outer, int Count, int Inner)
{
    /// <summary>One shared number for all elements.</summary>
    public bool IsScalar => Count == 1;

    /// <summary>The way <paramref name="shared"/> meets <paramref name="sample"/>.</summary>
    public static Broadcast Between(Shape sample, Shape shared)
    {
        int offset = sample.Rank - shared.Rank;
        if (offset < 0) throw new ArgumentException($"{shared} has more axes than {sample}.");
        int outer = 1, count = 1, inner = 1;
        for (int axis = 0; axis < sample.Rank; axis++)
        {
            int own = axis < offset ? 1 : shared[axis - offset];
            if (own != 1 && own != sample[axis]) throw new ArgumentException($"{shared} does not fit {sample}.");
            if (own == 1 && count == 1) outer *= sample[axis];
            else if (own == 1) inner *= sample[axis];
            else if (inner == 1) count *= own;
            else throw new ArgumentException($"The axes of {shared} that do not repeat are apart.");
        }

        return count == 1 ? new(1, 1, outer) : new(outer, count, inner);
    }
}
