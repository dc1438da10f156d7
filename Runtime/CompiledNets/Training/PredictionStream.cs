using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Predictions one after the other, each of which begins with the states that the one before it left: for audio, sensors, text that come
/// step by step. A network whose recurrent layers are stateful takes one step, or several, at a time. Each stream has states of its own;
/// any number of streams of one network may predict at once, one thread each. Predicting allocates nothing.
/// </summary>
public sealed class PredictionStream
{
    private readonly NetworkDescription description;
    private readonly Predictor predictor;
    private readonly StatePlace[] places;
    private readonly Arena room;

    internal PredictionStream(NetworkDescription description, Predictor predictor, StatePlace[] places)
    {
        this.description = description;
        this.predictor = predictor;
        this.places = places;
        room = predictor.OwnRowRoom();
        Reset();
    }

    /// <summary>Begins anew: all states become 0.</summary>
    public void Reset()
    {
        for (int i = 0; i < places.Length; i++) room.Span.Slice(places[i].After, description.States[i].Size).Clear();
    }

    /// <summary>Predicts the next sample of the stream.</summary>
    /// <param name="sample">Its numbers: of a network that takes one step of 64 features, 64.</param>
    /// <param name="output">Where the numbers of the output go.</param>
    /// <exception cref="ArgumentException">
    /// A length is not that of the network's input or output, a number names no row of a table, or the network has several inputs or
    /// outputs.
    /// </exception>
    public void Predict(ReadOnlySpan<float> sample, Span<float> output)
    {
        PortDescription input = description.Inputs[0], result = description.Outputs[0];
        if (description.Inputs.Length > 1 || description.Outputs.Length > 1)
            throw new ArgumentException($"'{description.Name}' has several inputs or outputs; streams are of networks with one of each.");
        Check(sample.Length, input, nameof(sample));
        Check(output.Length, result, nameof(output));
        InputChecks.Indices(sample, input, nameof(sample));
        sample.CopyTo(room.Span[predictor.RowInput(0)..]);
        for (int i = 0; i < places.Length; i++)
            room.Span.Slice(places[i].After, description.States[i].Size).CopyTo(room.Span[places[i].Before..]);
        predictor.Row(room, threads: 1);
        room.Span.Slice(predictor.RowOutput(0), result.Size).CopyTo(output);
    }

    private void Check(int came, PortDescription port, string argument)
    {
        if (came == port.Size) return;
        throw new ArgumentException(
            FormattableString.Invariant(
                $"'{description.Name}' has {port.Size} numbers at '{port.Name}' for one sample. Received: {came}."), argument);
    }
}
