namespace CompiledNets;

/// <summary>
/// A callback of functions, for what does not need a class:
/// <c>new LambdaCallback(onEpochEnd: (epoch, logs) =&gt; Console.WriteLine(logs))</c>.
/// </summary>
/// <param name="onEpochBegin">Called before an epoch with its number, from 0.</param>
/// <param name="onEpochEnd">Called after an epoch with its number, from 0, and its figures.</param>
/// <param name="onTrainBegin">Called once before the first epoch.</param>
/// <param name="onTrainEnd">Called once after the last epoch.</param>
/// <param name="onTrainBatchBegin">Called before a batch with its number, from 0.</param>
/// <param name="onTrainBatchEnd">Called after a batch with its number, from 0, and the figures of the epoch so far.</param>
public sealed class LambdaCallback(
    Action<int>? onEpochBegin = null, Action<int, Logs>? onEpochEnd = null, Action? onTrainBegin = null, Action? onTrainEnd = null,
    Action<int>? onTrainBatchBegin = null, Action<int, Logs>? onTrainBatchEnd = null) : Callback
{
    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => onEpochBegin?.Invoke(epoch);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs) => onEpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnTrainBegin() => onTrainBegin?.Invoke();

    /// <inheritdoc/>
    public override void OnTrainEnd() => onTrainEnd?.Invoke();

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch) => onTrainBatchBegin?.Invoke(batch);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs) => onTrainBatchEnd?.Invoke(batch, logs);
}
