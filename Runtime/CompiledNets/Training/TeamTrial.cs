namespace CompiledNets;

/// <summary>
/// Whether a team is quicker than one thread, found by trying both now and then. Work alone does not tell: what threads hand to each other
/// costs five times more where their cores share no cache, and a core may be busy elsewhere. The result of a step does not depend on it.
/// </summary>
internal sealed class TeamTrial
{
    /// <summary>
    /// Steps of a trial in a row with a team, and then without; the first of each wakes threads and warms caches, and does not count.
    /// </summary>
    public const int Steps = 4;

    /// <summary>
    /// Steps before the first trial, when everything is compiled, and most steps from one to the next; in between they double.
    /// </summary>
    public const int FirstPeriod = 32, LastPeriod = 1024;

    /// <summary>Steps that a trial waits for another thread.</summary>
    public const int MostWaits = 16;

    private readonly long[] least = new long[2];
    private int untilTrial = FirstPeriod;
    private int period = FirstPeriod;
    private int step = -1;
    private int waits;

    /// <summary>Whether the next step is for a team.</summary>
    public bool IsForTeam => step < 0 ? IsTeamQuicker : step < Steps;

    /// <summary>What the last trial said; a team before the first.</summary>
    public bool IsTeamQuicker { get; private set; } = true;

    /// <summary>Takes note of a step that was as <see cref="IsForTeam"/> wanted it.</summary>
    /// <param name="ticks">How long it took.</param>
    /// <param name="hadHelp">Whether another thread did a part of it; threads that have slept take some steps to come.</param>
    public void Took(long ticks, bool hadHelp)
    {
        if (step < 0)
        {
            if (--untilTrial > 0) return;
            (step, waits) = (0, 0);
            least[0] = least[1] = long.MaxValue;
            return;
        }

        if (step < Steps && !hadHelp && waits++ < MostWaits) return;
        ref long best = ref least[step / Steps];
        if (step % Steps > 0) best = Math.Min(best, ticks);
        if (++step < 2 * Steps) return;
        IsTeamQuicker = least[0] < least[1];
        step = -1;
        untilTrial = period = Math.Min(2 * period, LastPeriod);
    }
}
