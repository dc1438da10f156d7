namespace CompiledNets.Tests.Training;

/// <summary>The team does each unit of a work once, whoever does it, and outlives a unit that fails.</summary>
public sealed class WorkerTeamTests
{
    [Fact]
    public void Each_unit_is_done_once()
    {
        for (int run = 0; run < 2000; run++)
        {
            CountingWork work = new(run % 5);
            WorkerTeam.Shared.Run(work, 1 + (run % 4));
            work.Check(1 + (run % 4));
        }
    }

    [Fact]
    public void Each_unit_is_done_once_where_several_want_the_team() => Parallel.For(0, 4, caller =>
    {
        for (int run = 0; run < 500; run++)
        {
            CountingWork work = new(1 + caller);
            WorkerTeam.Shared.Run(work, 3);
            work.Check(3);
        }
    });

    [Fact]
    public void Units_of_a_worker_that_does_not_come_are_done_by_others()
    {
        using ManualResetEventSlim isDone = new();
        // The first unit that a helper takes keeps it for as long as the caller is not through with the rest.
        HeldWork work = new(isDone);
        WorkerTeam.Shared.Run(work, 2);
        Assert.Equal(16, work.Done);
        Assert.False(work.WasLeftWaiting);
    }

    [Fact]
    public void A_unit_that_fails_is_reported_and_the_team_goes_on()
    {
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => WorkerTeam.Shared.Run(new FailingWork(), 3));
        Assert.Equal("A unit that fails.", failure.Message);
        CountingWork work = new(3);
        WorkerTeam.Shared.Run(work, 3);
        work.Check(3);
    }

    private sealed class CountingWork(int units) : TeamWork
    {
        private readonly int[,] counts = new int[8, 8];

        public override int UnitsOf(int worker, int workers) => units + worker;

        public override void Run(int owner, int unit, int workers, int worker) => Interlocked.Increment(ref counts[owner, unit]);

        public void Check(int workers)
        {
            for (int owner = 0; owner < 8; owner++)
            {
                for (int unit = 0; unit < 8; unit++)
                    Assert.Equal(owner < workers && unit < UnitsOf(owner, workers) ? 1 : 0, counts[owner, unit]);
            }
        }
    }

    private sealed class HeldWork(ManualResetEventSlim isDone) : TeamWork
    {
        private int done;

        public int Done => done;

        public bool WasLeftWaiting { get; private set; }

        public override int UnitsOf(int worker, int workers) => 8;

        public override void Run(int owner, int unit, int workers, int worker)
        {
            if (worker > 0 && !isDone.Wait(TimeSpan.FromSeconds(20))) WasLeftWaiting = true;
            // All but one that is held, or all where none is.
            if (Interlocked.Increment(ref done) >= 15) isDone.Set();
        }
    }

    private sealed class FailingWork : TeamWork
    {
        public override int UnitsOf(int worker, int workers) => 2;

        public override void Run(int owner, int unit, int workers, int worker)
        {
            if (owner == 1 && unit == 0) throw new InvalidOperationException("A unit that fails.");
        }
    }
}
