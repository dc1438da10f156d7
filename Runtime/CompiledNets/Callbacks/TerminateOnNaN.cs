namespace CompiledNets;

/// <summary>Ends training when the loss is not a number, or infinite.</summary>
public sealed class TerminateOnNaN : Callback
{
    private readonly bool raiseError;

    /// <summary>Makes the callback.</summary>
    /// <param name="raiseError">Whether that is an exception; else a line says so, and training ends after the batch.</param>
    public TerminateOnNaN(bool raiseError = false) => this.raiseError = raiseError;

    /// <inheritdoc/>
    /// <exception cref="ArithmeticException">The loss is not a number or infinite, and that is to be an exception.</exception>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (!logs.TryGetValue("loss", out double loss) || double.IsFinite(loss)) return;
        if (raiseError) throw new ArithmeticException(FormattableString.Invariant($"NaN or Inf loss encountered at batch {batch}."));
        Print(FormattableString.Invariant($"Batch {batch}: Invalid loss, terminating training"));
        Model.StopTraining = true;
    }
}
