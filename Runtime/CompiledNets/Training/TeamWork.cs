namespace CompiledNets;

/// <summary>
/// Work that a team shares: each worker has a share, cut into units, and takes from the others what they have not begun when its own is done. A unit does the same whoever does it, so that the result
/// does not depend on who does what when.
/// </summary>
internal abstract class TeamWork
{
    /// <summary>Most blocks that are worked in one go: enough that weights are read once for many samples, few enough that their values stay in the second-level cache.</summary>
    public const int BlocksAtOnce = 16;

    /// <summary>Parameters up to which a unit of two blocks reads them from a cache: 4 MB.</summary>
    private const int ParametersInCache = 1 << 20;

    /// <summary>Whether somebody but the caller did a unit since this was cleared.</summary>
    public bool HadHelp { get; set; }

    /// <summary>Units in the share of one of <paramref name="workers"/> workers.</summary>
    public abstract int UnitsOf(int worker, int workers);

    /// <summary>Does a unit.</summary>
    /// <param name="owner">Whose share it is of.</param>
    /// <param name="unit">Its number in that share.</param>
    /// <param name="workers">How many shares there are.</param>
    /// <param name="worker">Who does it.</param>
    public abstract void Run(int owner, int unit, int workers, int worker);

    /// <summary>Units of blocks in a worker's share.</summary>
    /// <param name="blocks">All blocks.</param>
    /// <param name="worker">Whose share it is.</param>
    /// <param name="workers">How many shares there are.</param>
    /// <param name="parameters">Parameters of the network, which are read anew for each unit.</param>
    protected static int BlockUnits(int blocks, int worker, int workers, int parameters)
    {
        (int first, int last) = ShareInPairs(blocks, worker, workers);
        int size = BlocksOfUnit(blocks, workers, parameters);
        return (last - first + size - 1) / size;
    }

    /// <summary>The blocks of one of the units that <see cref="BlockUnits"/> counts.</summary>
    protected static (int First, int Last) BlocksOf(int blocks, int owner, int unit, int workers, int parameters)
    {
        (int first, int last) = ShareInPairs(blocks, owner, workers);
        int size = BlocksOfUnit(blocks, workers, parameters);
        return (first + (unit * size), Math.Min(first + ((unit + 1) * size), last));
    }

    // In pairs, as kernels like them best, where there is a pair for each.
    private static (int First, int Last) ShareInPairs(int blocks, int worker, int workers)
    {
        if (blocks < 2 * workers) return (Share(blocks, worker, workers), Share(blocks, worker + 1, workers));
        int pairs = (blocks + 1) / 2;
        return (2 * Share(pairs, worker, workers), Math.Min(blocks, 2 * Share(pairs, worker + 1, workers)));
    }

    // Half a share, so that somebody else can take the other half.
    private static int BlocksOfUnit(int blocks, int workers, int parameters)
    {
        if (workers == 1) return BlocksAtOnce;
        int share = (blocks + workers - 1) / workers, least = parameters > ParametersInCache ? 8 : 2;
        return Math.Clamp((share + 3) / 4 * 2, least, BlocksAtOnce);
    }

    private static int Share(int units, int worker, int workers) => (int)((long)units * worker / workers);
}
