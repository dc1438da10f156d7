namespace CompiledNets.Data;

/// <summary>
/// Batches that are made while a network trains or is evaluated, so that the data need not be in memory at once: derive from it for data
/// of your own. What is done on other threads is done there before a batch is asked for.
/// </summary>
public abstract class BatchStream
{
    /// <summary>How many batches an epoch has, at least 1.</summary>
    public abstract int BatchCount { get; }

    /// <summary>The batches of an epoch, in order.</summary>
    /// <param name="epoch">The epoch, from 0: data that is shuffled has another order in each.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Features and targets of some samples each.</returns>
    public abstract IEnumerable<Dataset> Batches(int epoch = 0, CancellationToken cancellation = default);
}
