namespace CompiledNets;

/// <summary>
/// Work that a team shares: each worker has a share, cut into units, and takes from the others what they have not begun when its own is
/// done. A unit does the same whoever does it, so that the result does not depend on who does what when.
/// </summary>
internal abstract class TeamWork
{
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
}
