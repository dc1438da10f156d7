namespace CompiledNets;

/// <summary>
/// Evaluates and predicts with the moving averages of the weights, which an optimizer with <c>UseEma</c> keeps: they change places with
/// the weights before, and again after. Another callback that reads weights while they have changed places reads averages.
/// </summary>
public sealed class SwapEMAWeights : Callback
{
    private readonly bool swapOnEpoch;

    /// <summary>Makes the callback.</summary>
    /// <param name="swapOnEpoch">
    /// Whether averages are in place at the end of each epoch too, for callbacks after this one that save weights, until the next begins.
    /// </param>
    public SwapEMAWeights(bool swapOnEpoch = false) => this.swapOnEpoch = swapOnEpoch;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        if (swapOnEpoch) Set(false);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (swapOnEpoch) Set(true);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer keeps no averages.</exception>
    public override void OnTestBegin() => Set(true);

    /// <inheritdoc/>
    public override void OnTestEnd(Logs logs) => Set(false);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer keeps no averages.</exception>
    public override void OnPredictBegin() => Set(true);

    /// <inheritdoc/>
    public override void OnPredictEnd() => Set(false);

    private void Set(bool swapped)
    {
        if (Model.Optimizer is not { UseEma: true })
            throw new InvalidOperationException("SwapEMAWeights must be used with an optimizer whose `UseEma` is true.");
        // Before the first step the averages are the weights.
        if (Model.WeightAverage is not { } average || average.IsSwapped == swapped) return;
        average.Swap();
        Model.Panels.Invalidate();
    }
}
