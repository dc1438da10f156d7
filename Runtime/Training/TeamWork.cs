namespace CompiledNets;

/// <summary>Work that a team shares: every worker does its part, which depends on nothing but its number, so that the result does not depend on who does what when.</summary>
internal abstract class TeamWork
{
    /// <summary>Does the part of one of <paramref name="workers"/> workers.</summary>
    public abstract void Run(int worker, int workers);

    /// <summary>The part of a worker of so many blocks: in pairs, as kernels like them best, where there is a pair for each.</summary>
    protected static (int First, int Last) ShareInPairs(int blocks, int worker, int workers)
    {
        if (blocks < 2 * workers) return (Share(blocks, worker, workers), Share(blocks, worker + 1, workers));
        int pairs = (blocks + 1) / 2;
        return (2 * Share(pairs, worker, workers), Math.Min(blocks, 2 * Share(pairs, worker + 1, workers)));
    }

    /// <summary>Where the part of a worker begins when <paramref name="units"/> are shared evenly; that of the next one is its end.</summary>
    protected static int Share(int units, int worker, int workers) => (int)((long)units * worker / workers);
}
