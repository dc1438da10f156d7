using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>How the blocks of a batch are shared and cut into units that are worked in one go. It changes no result.</summary>
internal readonly struct BlockUnits
{
    /// <summary>Most blocks of a unit: a reading of the weights is little beside the work on so many.</summary>
    public const int Most = 16;

    /// <summary>Parameters up to which a unit of two blocks reads them from a cache that all cores share: 4 MB.</summary>
    private const int ParametersInCache = 1 << 20;

    /// <summary>Blocks of a unit for whose sake larger weights are read from memory.</summary>
    private const int LeastForLarge = 8;

    private readonly int most;
    private readonly int least;

    /// <summary>
    /// The units of a network: as many blocks as the second-level cache of a core holds, in pairs, as kernels like them best.
    /// </summary>
    /// <param name="blockFloats">Floats of a block.</param>
    /// <param name="parameters">Parameters of the network, which are read anew for each unit.</param>
    /// <param name="cacheBytes">Bytes of that cache.</param>
    public BlockUnits(long blockFloats, int parameters, int cacheBytes)
    {
        long fitting = cacheBytes / (blockFloats * sizeof(float));
        bool areLarge = parameters > ParametersInCache;
        most = areLarge ? Most : (int)Math.Clamp(fitting / 2 * 2, 2, Most);
        least = areLarge ? LeastForLarge : 2;
        // Where a block alone is almost all that an arena can hold.
        most = (int)Math.Clamp(Arena.MostFloats / blockFloats, 1, most);
        least = Math.Min(least, most);
    }

    /// <summary>Blocks of a unit where one thread works all.</summary>
    public int Alone => most;

    /// <summary>Units of a worker's share.</summary>
    /// <param name="blocks">All blocks.</param>
    /// <param name="worker">Whose share it is.</param>
    /// <param name="workers">How many shares there are.</param>
    public int Count(int blocks, int worker, int workers)
    {
        (int first, int last) = ShareInPairs(blocks, worker, workers);
        int size = Size(blocks, workers);
        return (last - first + size - 1) / size;
    }

    /// <summary>The blocks of one of them.</summary>
    public (int First, int Last) Of(int blocks, int owner, int unit, int workers)
    {
        (int first, int last) = ShareInPairs(blocks, owner, workers);
        int size = Size(blocks, workers);
        return (first + (unit * size), Math.Min(first + ((unit + 1) * size), last));
    }

    // Half a share, so that somebody else can take the other half.
    private int Size(int blocks, int workers)
    {
        if (workers == 1) return most;
        int share = (blocks + workers - 1) / workers;
        return Math.Clamp((share + 3) / 4 * 2, least, most);
    }

    private static (int First, int Last) ShareInPairs(int blocks, int worker, int workers)
    {
        if (blocks < 2 * workers) return (Share(blocks, worker, workers), Share(blocks, worker + 1, workers));
        int pairs = (blocks + 1) / 2;
        return (2 * Share(pairs, worker, workers), Math.Min(blocks, 2 * Share(pairs, worker + 1, workers)));
    }

    private static int Share(int units, int worker, int workers) => (int)((long)units * worker / workers);
}
