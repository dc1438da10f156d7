namespace CompiledNets.Benchmarks.Measuring;

/// <summary>One side of a contest: something that does the case's work.</summary>
internal abstract class Contender : IDisposable
{
    /// <summary>Does the work a number of times, on new samples each time. The loop is in here, so that work of nanoseconds is not measured through a delegate.</summary>
    public abstract void Run(int times);

    /// <summary>The outputs for the first batch: both sides must agree on them, or they do not do the same work.</summary>
    public abstract float[] FirstOutputs();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
