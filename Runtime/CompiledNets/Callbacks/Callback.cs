namespace CompiledNets;

/// <summary>
/// Watches training, and may end it by <see cref="Model.StopTraining"/>. One of your own derives from this class and overrides what is of
/// interest.
/// </summary>
public abstract class Callback
{
    private Model? model;

    /// <summary>The network that is trained.</summary>
    /// <exception cref="InvalidOperationException">No training has begun.</exception>
    protected Model Model => model ?? throw new InvalidOperationException("The callback was not given to `Fit()` yet.");

    /// <summary>The loss and the metrics that are gathered, for callbacks that compare them.</summary>
    private protected MetricTracker? Metrics { get; private set; }

    /// <summary>The call of <c>Fit</c> that it watches; null in an evaluation or a prediction of its own.</summary>
    private protected FitRun? Run { get; private set; }

    /// <summary>Called once before the first epoch.</summary>
    public virtual void OnTrainBegin()
    {
    }

    /// <summary>Called once after the last epoch.</summary>
    public virtual void OnTrainEnd()
    {
    }

    /// <summary>Called before an epoch.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    public virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>Called after an epoch, validation included.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <param name="logs">Its figures; what is added here is in the history.</param>
    public virtual void OnEpochEnd(int epoch, Logs logs)
    {
    }

    /// <summary>Called before a batch.</summary>
    /// <param name="batch">Its number in the epoch, from 0.</param>
    public virtual void OnTrainBatchBegin(int batch)
    {
    }

    /// <summary>Called after a batch.</summary>
    /// <param name="batch">Its number in the epoch, from 0.</param>
    /// <param name="logs">
    /// The figures of the epoch so far: running means. They are for the length of the call; what is added here the callbacks after this one
    /// see.
    /// </param>
    public virtual void OnTrainBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Called before an evaluation, that of a validation included.</summary>
    public virtual void OnTestBegin()
    {
    }

    /// <summary>Called after an evaluation.</summary>
    /// <param name="logs">Its figures.</param>
    public virtual void OnTestEnd(Logs logs)
    {
    }

    /// <summary>Called before a batch of an evaluation.</summary>
    /// <param name="batch">Its number, from 0.</param>
    public virtual void OnTestBatchBegin(int batch)
    {
    }

    /// <summary>Called after a batch of an evaluation.</summary>
    /// <param name="batch">Its number, from 0.</param>
    /// <param name="logs">The figures so far, for the length of the call.</param>
    public virtual void OnTestBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Called before a prediction.</summary>
    public virtual void OnPredictBegin()
    {
    }

    /// <summary>Called after a prediction.</summary>
    public virtual void OnPredictEnd()
    {
    }

    /// <summary>Called before a batch of a prediction.</summary>
    /// <param name="batch">Its number, from 0.</param>
    public virtual void OnPredictBatchBegin(int batch)
    {
    }

    /// <summary>Called after a batch of a prediction.</summary>
    /// <param name="batch">Its number, from 0.</param>
    public virtual void OnPredictBatchEnd(int batch)
    {
    }

    /// <summary>Tells the callback who trains.</summary>
    internal void Attach(Model trained, MetricTracker? metrics, FitRun? run = null)
    {
        model = trained;
        Metrics = metrics;
        Run = run;
    }

    /// <summary>Prints a line of its own where the progress goes.</summary>
    private protected static void Print(string text) => Console.Out.WriteLine(text);

    /// <summary>A number as Python prints it, in Keras's messages and files.</summary>
    private protected static string Text(double number) => PythonNumber.Text(number);
}
