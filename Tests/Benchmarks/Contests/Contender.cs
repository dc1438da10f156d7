namespace CompiledNets.Benchmarks.Contests;

/// <summary>One side of a contest: something that does the work of a case, in a process of its own.</summary>
internal abstract class Contender : IDisposable
{
    /// <summary>What does the work, with its version.</summary>
    public abstract string Version { get; }

    /// <summary>
    /// Does the work a number of times, on new samples each time. The loop is in here, so that work of nanoseconds is not measured
    /// through a delegate.
    /// </summary>
    public abstract void Run(int times);

    /// <summary>
    /// The outputs for the first batch, one output behind the other: all sides must agree on them, or they do not do the same work.
    /// </summary>
    public abstract float[] FirstOutputs();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
