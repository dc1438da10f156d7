using System.Globalization;
using CompiledNets.Generator.Declaration;

namespace CompiledNets.Generator.Ops;

/// <summary>The axes of a value, without the batch.</summary>
internal sealed record Shape(EquatableArray<int> Axes)
{
    public static Shape Scalar => new(EquatableArray<int>.Empty);

    public int Rank => Axes.Count;

    /// <summary>Number of elements.</summary>
    public int Size
    {
        get
        {
            int size = 1;
            foreach (int axis in Axes) size = checked(size * axis);
            return size;
        }
    }

    /// <summary>Size of the last axis; 1 for a scalar.</summary>
    public int Last => Rank == 0 ? 1 : Axes[Rank - 1];

    /// <summary>Elements of all axes but the last.</summary>
    public int Positions => Rank == 0 ? 1 : Size / Last;

    public int this[int axis] => Axes[axis];

    public static Shape Of(params int[] axes) => new(axes);

    /// <summary>The same shape with another last axis.</summary>
    public Shape WithLast(int last) => With(Rank - 1, last);

    /// <summary>The same shape with another size of an axis.</summary>
    public Shape With(int axis, int size)
    {
        int[] axes = [.. Axes];
        axes[axis] = size;
        return new(axes);
    }

    public override string ToString()
    {
        string[] parts = new string[Rank];
        for (int i = 0; i < Rank; i++) parts[i] = Axes[i].ToString(CultureInfo.InvariantCulture);
        return "(" + string.Join(", ", parts) + ")";
    }
}
