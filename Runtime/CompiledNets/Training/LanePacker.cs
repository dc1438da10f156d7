using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Moves rows into lane blocks and back, for a lane width that is chosen at run time.</summary>
internal abstract class LanePacker
{
    /// <summary>The packer of a width.</summary>
    public static LanePacker Of(LaneWidth width) => width switch
    {
        LaneWidth.Lanes512 => new LanePacker<Lanes512>(),
        LaneWidth.Lanes256 => new LanePacker<Lanes256>(),
        _ => new LanePacker<Lanes128>(),
    };

    /// <summary>Gathers rows into blocks [<paramref name="first"/>, <paramref name="last"/>); <see cref="Packing.Gather{T}"/>.</summary>
    public abstract void Gather(ref float rows, int rowLength, ref int order, ref float target, int stride, int first, int last);

    /// <summary>Writes the samples of blocks as rows; <see cref="Packing.Unpack{T}"/>.</summary>
    public abstract void Unpack(ref float source, int stride, int features, ref float rows, int samples);

    /// <summary>The sum of vectors, added in order and then across lanes.</summary>
    public abstract float Sum(ref float vectors, int count);
}

/// <summary>The packer of one lane width.</summary>
internal sealed class LanePacker<T> : LanePacker where T : struct, ILanes<T>
{
    public override void Gather(ref float rows, int rowLength, ref int order, ref float target, int stride, int first, int last) =>
        Packing.Gather<T>(ref rows, rowLength, ref order, ref target, stride, first, last);

    public override void Unpack(ref float source, int stride, int features, ref float rows, int samples) =>
        Packing.Unpack<T>(ref source, stride, features, ref rows, samples);

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    public override float Sum(ref float vectors, int count)
    {
        T sum = T.Zero;
        for (int i = 0; i < count; i++) sum += T.Load(ref vectors, i * T.Count);
        return T.Sum(sum);
    }
}
