using System.Globalization;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// The prediction of one sample of a network with several inputs or outputs: <see cref="Take"/> each input, <see cref="Run"/>, then
/// <see cref="Give"/> each output. It allocates nothing, and uses room of the thread: no other prediction may come in between.
/// </summary>
public readonly ref struct SinglePrediction
{
    private readonly NetworkDescription description;
    private readonly Predictor predictor;
    private readonly Arena room;
    private readonly int threads;

    internal SinglePrediction(NetworkDescription description, Predictor predictor, int threads)
    {
        this.description = description;
        this.predictor = predictor;
        this.threads = threads;
        room = predictor.RowRoom();
    }

    /// <summary>Takes in the numbers of an input.</summary>
    /// <param name="input">Its place among the inputs, from 0.</param>
    /// <param name="sample">The numbers of the sample.</param>
    /// <exception cref="ArgumentException">They are not as many as the input has; the message names it.</exception>
    public void Take(int input, ReadOnlySpan<float> sample)
    {
        PortDescription port = description.Inputs[input];
        if (sample.Length != port.Size) throw Wrong("takes", port, "input", sample.Length, nameof(sample));
        sample.CopyTo(room.Span[predictor.RowInput(input)..]);
    }

    /// <summary>Predicts, once all inputs are there.</summary>
    public void Run() => predictor.Row(room, threads);

    /// <summary>Gives the numbers of an output.</summary>
    /// <param name="output">Its place among the outputs, from 0.</param>
    /// <param name="numbers">Where they go.</param>
    /// <exception cref="ArgumentException">There is not the room that the output needs; the message names it.</exception>
    public void Give(int output, Span<float> numbers)
    {
        PortDescription port = description.Outputs[output];
        if (numbers.Length != port.Size) throw Wrong("gives", port, "output", numbers.Length, nameof(numbers));
        room.Span.Slice(predictor.RowOutput(output), port.Size).CopyTo(numbers);
    }

    private ArgumentException Wrong(string does, PortDescription port, string kind, int came, string argument) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{description.Name}' {does} {port.Size} numbers at the {kind} '{port.Name}' for a single sample. Received: {came}"), argument);
}
