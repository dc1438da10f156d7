namespace CompiledNets;

/// <summary>
/// The threads of the process that help whoever trains: they spin a little between parts of a step, because a step has several and waking a thread costs more than most of them, and sleep when
/// nothing comes. One model at a time has them; others work alone meanwhile, with the same result.
/// </summary>
internal sealed class WorkerTeam
{
    /// <summary>Turns of spinning before a worker sleeps: some 50 microseconds, the serial part of a step and a little more.</summary>
    private const int SpinTurns = 2000;

    private readonly List<Worker> workers = [];
    private TeamWork? work;
    private int workerCount;
    private int generation;
    private int remaining;
    private int taken;
    private Exception? failure;

    private WorkerTeam()
    {
    }

    /// <summary>The team of the process.</summary>
    public static WorkerTeam Shared { get; } = new();

    /// <summary>Does work with a number of workers, the caller being the first. Returns when all are done. Alone where one is enough or somebody else has the team.</summary>
    /// <exception cref="AggregateException">A worker failed.</exception>
    public void Run(TeamWork item, int wanted)
    {
        if (wanted <= 1 || Interlocked.CompareExchange(ref taken, 1, 0) != 0)
        {
            for (int w = 0; w < wanted; w++) item.Run(w, wanted);
            return;
        }

        try
        {
            while (workers.Count < wanted - 1) workers.Add(new Worker(this, workers.Count + 1));
            work = item;
            workerCount = wanted;
            failure = null;
            Volatile.Write(ref remaining, workers.Count);
            Interlocked.Increment(ref generation);
            foreach (Worker worker in workers) worker.Wake();
            try
            {
                item.Run(0, wanted);
            }
            finally
            {
                SpinWait spin = default;
                while (Volatile.Read(ref remaining) > 0) spin.SpinOnce(sleep1Threshold: -1);
                work = null;
            }

            if (failure is not null) throw new AggregateException(failure);
        }
        finally
        {
            Volatile.Write(ref taken, 0);
        }
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
            seen = Volatile.Read(ref team.generation);
            new Thread(Loop) { IsBackground = true, Name = "CompiledNets worker" }.Start();
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref asleep, 0) == 1) bell.Release();
        }

        private void Loop()
        {
            while (true)
            {
                Wait();
                seen++;
                try
                {
                    if (number < team.workerCount) team.work!.Run(number, team.workerCount);
                }
                catch (Exception exception)
                {
                    team.failure = exception;
                }

                Interlocked.Decrement(ref team.remaining);
            }
        }

        private void Wait()
        {
            for (int turn = 0; turn < SpinTurns; turn++)
            {
                if (Volatile.Read(ref team.generation) != seen) return;
                Thread.SpinWait(1);
            }

            while (true)
            {
                Interlocked.Exchange(ref asleep, 1);
                if (Volatile.Read(ref team.generation) != seen)
                {
                    // Whoever took the flag back rings the bell or has rung it.
                    if (Interlocked.Exchange(ref asleep, 0) == 0) bell.Wait();
                    return;
                }

                bell.Wait();
                if (Volatile.Read(ref team.generation) != seen) return;
            }
        }
    }
}
