using CompiledNets.Generator.Declaration;

namespace CompiledNets.Generator.Ops;

/// <summary>
/// How an operand meets the elements of an op: the place of its first element, and for each axis of the elements the step to its next one;
/// a step of 0 repeats it. Every broadcast, slice and permutation is one.
/// </summary>
internal sealed record Access(int Start, EquatableArray<int> Steps)
{
    /// <summary>One number for all elements.</summary>
    public bool IsNumber => Steps.All(step => step == 0);

    /// <summary>Each element meets its own, in order.</summary>
    public static Access Whole(Shape elements) => Along(elements, [.. Enumerable.Range(0, elements.Rank)]);

    /// <summary>An operand with one element for each of some axes, in their order; it repeats along the others.</summary>
    public static Access Along(Shape elements, params int[] axes)
    {
        int[] steps = new int[elements.Rank];
        int step = 1;
        for (int i = axes.Length - 1; i >= 0; i--)
        {
            steps[axes[i]] = elements[axes[i]] == 1 ? 0 : step;
            step *= elements[axes[i]];
        }

        return new(0, steps);
    }

    /// <summary>Axes aligned from the right; those of size 1, and those that the operand lacks, repeat.</summary>
    public static Access Between(Shape elements, Shape operand)
    {
        int missing = elements.Rank - operand.Rank;
        if (missing < 0) throw new ArgumentException($"{operand} has more axes than {elements}.");
        int[] steps = new int[elements.Rank];
        int step = 1;
        for (int axis = elements.Rank - 1; axis >= missing; axis--)
        {
            int size = operand[axis - missing];
            if (size != 1 && size != elements[axis]) throw new ArgumentException($"{operand} does not fit {elements}.");
            steps[axis] = size == 1 ? 0 : step;
            step *= size;
        }

        return new(0, steps);
    }

    /// <summary>Elements that lie side by side in a value with as many axes, from a place of the first axes on.</summary>
    public static Access Within(Shape operand, params int[] place)
    {
        EquatableArray<int> steps = Whole(operand).Steps;
        return new(Enumerable.Range(0, place.Length).Sum(axis => place[axis] * steps[axis]), steps);
    }

    /// <summary>Whether each of so many elements of the operand is met; false too where only a longer look could tell.</summary>
    public bool Covers(Shape elements, int size)
    {
        int met = 1;
        foreach (int axis in Enumerable.Range(0, elements.Rank).Where(axis => elements[axis] > 1 && Steps[axis] != 0)
            .OrderBy(axis => Steps[axis]))
        {
            if (Steps[axis] != met) return false;
            met *= elements[axis];
        }

        return Start == 0 && met == size;
    }

    /// <summary>The places of all elements, in order; for the reference.</summary>
    public int[] Places(Shape elements)
    {
        int[] places = new int[elements.Size];
        int[] index = new int[elements.Rank];
        int place = Start;
        for (int e = 0; e < places.Length; e++)
        {
            places[e] = place;
            for (int axis = elements.Rank - 1; axis >= 0; axis--)
            {
                place += Steps[axis];
                if (++index[axis] < elements[axis]) break;
                place -= Steps[axis] * elements[axis];
                index[axis] = 0;
            }
        }

        return places;
    }
}
