using System.Runtime.ExceptionServices;

namespace CompiledNets;

/// <summary>
/// The threads of the process that help whoever trains: they spin a little between parts of a step, because a step has several and waking
/// a thread costs more than most of them, and sleep when nothing comes. One model at a time has them; others work alone meanwhile, with
/// the same result.
/// </summary>
/// <remarks>
/// Nobody waits for a worker that has not begun: a sleeper, one whose core is busy elsewhere, or a slow core takes fewer units. What is
/// left of a share is one number together with the number of the run, so that whoever comes late for one run can take nothing of the next.
/// </remarks>
internal sealed class WorkerTeam
{
    /// <summary>Turns of spinning before a worker sleeps: some 50 microseconds, the serial part of a step and a little more.</summary>
    private const int SpinTurns = 2000;

    /// <summary>Numbers from one share's to the next one's: two lines of the cache, which processors fetch in pairs.</summary>
    private const int Apart = 16;

    private readonly List<Worker> workers = [];
    private long[] left = new long[Apart];
    private TeamWork? work;
    private int workerCount;
    private int run;
    private int pending;
    private int taken;
    private Exception? failure;

    private WorkerTeam()
    {
    }

    /// <summary>The team of the process.</summary>
    public static WorkerTeam Shared { get; } = new();

    /// <summary>
    /// Does work with a number of workers, the caller being the first. Returns when all is done. Alone where one is enough or somebody
    /// else has the team.
    /// </summary>
    /// <remarks>What a unit throws is thrown here, as it would be by one thread.</remarks>
    public void Run(TeamWork item, int wanted)
    {
        if (wanted <= 1 || Interlocked.CompareExchange(ref taken, 1, 0) != 0)
        {
            for (int owner = 0; owner < wanted; owner++)
            {
                int units = item.UnitsOf(owner, wanted);
                for (int unit = 0; unit < units; unit++) item.Run(owner, unit, wanted, 0);
            }

            return;
        }

        try
        {
            Begin(item, wanted);
            Work(item, run, wanted, 0);
            SpinWait spin = default;
            while (Volatile.Read(ref pending) > 0) spin.SpinOnce(sleep1Threshold: -1);
            work = null;
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        }
        finally
        {
            Volatile.Write(ref taken, 0);
        }
    }

    private void Begin(TeamWork item, int wanted)
    {
        while (workers.Count < wanted - 1) workers.Add(new Worker(this, workers.Count + 1));
        if (left.Length < wanted * Apart) left = new long[wanted * Apart];
        int next = run + 1, units = 0;
        for (int owner = 0; owner < wanted; owner++) units += item.UnitsOf(owner, wanted);
        failure = null;
        pending = units;
        Volatile.Write(ref work, item);
        Volatile.Write(ref workerCount, wanted);
        for (int owner = 0; owner < wanted; owner++)
            Volatile.Write(ref left[owner * Apart], ((long)next << 32) | (uint)item.UnitsOf(owner, wanted));
        // With a fence, for what comes next is whether somebody sleeps.
        Interlocked.Exchange(ref run, next);
        for (int helper = 0; helper < wanted - 1; helper++) workers[helper].Wake();
    }

    // The own share first, then what is left of the others'.
    private void Work(TeamWork item, int number, int count, int worker)
    {
        for (int i = 0; i < count; i++)
        {
            int owner = (worker + i) % count;
            while (TryTake(owner, number) is >= 0 and int unit)
            {
                try
                {
                    item.Run(owner, unit, count, worker);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }

                if (worker > 0) item.HadHelp = true;
                Interlocked.Decrement(ref pending);
            }
        }
    }

    private int TryTake(int owner, int number)
    {
        ref long place = ref left[owner * Apart];
        long seen = Volatile.Read(ref place);
        while ((int)(seen >> 32) == number && (int)seen > 0)
        {
            long before = Interlocked.CompareExchange(ref place, seen - 1, seen);
            if (before == seen) return (int)seen - 1;
            seen = before;
        }

        return -1;
    }

    private sealed class Worker
    {
        private readonly WorkerTeam team;
        private readonly int number;
        private readonly SemaphoreSlim bell = new(0);
        private int seen;
        private int asleep;

        public Worker(WorkerTeam team, int number)
        {
            this.team = team;
            this.number = number;
            seen = Volatile.Read(ref team.run);
            new Thread(Loop) { IsBackground = true, Name = "CompiledNets worker" }.Start();
        }

        public void Wake()
        {
            if (Volatile.Read(ref asleep) == 1 && Interlocked.Exchange(ref asleep, 0) == 1) bell.Release();
        }

        private void Loop()
        {
            while (true)
            {
                Wait();
                seen = Volatile.Read(ref team.run);
                int count = Volatile.Read(ref team.workerCount);
                if (Volatile.Read(ref team.work) is { } item && number < count) team.Work(item, seen, count, number);
            }
        }

        private void Wait()
        {
            for (int turn = 0; turn < SpinTurns; turn++)
            {
                if (Volatile.Read(ref team.run) != seen) return;
                Thread.SpinWait(1);
            }

            while (true)
            {
                Interlocked.Exchange(ref asleep, 1);
                if (Volatile.Read(ref team.run) != seen)
                {
                    // Whoever took the flag back rings the bell or has rung it.
                    if (Interlocked.Exchange(ref asleep, 0) == 0) bell.Wait();
                    return;
                }

                bell.Wait();
                if (Volatile.Read(ref team.run) != seen) return;
            }
        }
    }
}
