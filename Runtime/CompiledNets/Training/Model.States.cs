namespace CompiledNets;

/// <summary>What stateful layers keep from batch to batch, and from step to step of a stream.</summary>
public abstract partial class Model
{
    /// <summary>Forgets what stateful layers keep: the next batch begins with zeros, and may have another number of samples.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the network.</exception>
    public void ResetStates()
    {
        Use.ThrowIfElsewhere();
        states?.Reset();
    }

    /// <summary>
    /// Begins a stream of predictions with states of its own, zeros at first. Streams of one network may predict at once; none of them may
    /// while it is trained.
    /// </summary>
    public PredictionStream CreateStream() => new(Description, Predictor, Program.RowStates);
}
