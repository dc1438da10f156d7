namespace CompiledNets.Images;

/// <summary>Things that are made in order on other threads, some ahead of who uses them.</summary>
internal static class ReadAhead
{
    // Twice as many as there are threads: each finds something to do while the next thing is used.
    private static readonly int Ahead = 2 * Environment.ProcessorCount;

    /// <summary>Makes <paramref name="count"/> things; the order is that of their numbers, whichever is ready first.</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes the thing of a number, on any thread.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IEnumerable<T> Run<T>(int count, Func<int, T> make, CancellationToken cancellation)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        CancellationToken token = over.Token;
        Queue<Task<T>> started = new(Ahead);
        int next = 0;
        try
        {
            while (next < count || started.Count > 0)
            {
                while (next < count && started.Count < Ahead)
                {
                    int number = next++;
                    started.Enqueue(Task.Run(() => make(number), token));
                }

                cancellation.ThrowIfCancellationRequested();
                yield return started.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            // Nobody uses what is left, and nobody is told what goes wrong with it.
            over.Cancel();
            foreach (Task<T> left in started) _ = left.ContinueWith(task => task.Exception, TaskScheduler.Default);
        }
    }
}
