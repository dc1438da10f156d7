using System.Globalization;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// The prediction of one sample of a network with several inputs or outputs: <see cref="Take"/> each input, <see cref="Run"/>, then
/// <see cref="Give"/> each output. It allocates nothing, and uses room of the thread: no other prediction may come in between.
/// </summary>
public ref struct SinglePrediction
{
    private readonly NetworkDescription description;
    private readonly Predictor predictor;
    private readonly Arena room;
    private readonly int threads;
    private ulong taken;
    private bool hasRun;

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
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public void Take(int input, ReadOnlySpan<float> sample)
    {
        CheckPlace(input, description.Inputs, nameof(input));
        PortDescription port = description.Inputs[input];
        if (sample.Length != port.Size) throw Wrong("takes", port, "input", sample.Length, nameof(sample));
        InputChecks.Indices(sample, port, nameof(sample));
        sample.CopyTo(room.Span[predictor.RowInput(input)..]);
        taken |= Bit(input);
        hasRun = false;
    }

    /// <summary>Predicts, once all inputs are there.</summary>
    /// <exception cref="InvalidOperationException">An input was not taken; the message names it.</exception>
    public void Run()
    {
        for (int i = 0; i < description.Inputs.Length; i++)
        {
            if ((taken & Bit(i)) != 0) continue;
            throw new InvalidOperationException(
                $"'{description.Name}' has not got its input '{description.Inputs[i].Name}': call `Take()` for each input before `Run()`.");
        }

        predictor.Row(room, threads);
        hasRun = true;
    }

    /// <summary>Gives the numbers of an output.</summary>
    /// <param name="output">Its place among the outputs, from 0.</param>
    /// <param name="numbers">Where they go.</param>
    /// <exception cref="ArgumentException">There is not the room that the output needs; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">Nothing was predicted since the last <see cref="Take"/>.</exception>
    public readonly void Give(int output, Span<float> numbers)
    {
        CheckPlace(output, description.Outputs, nameof(output));
        if (!hasRun) throw new InvalidOperationException($"'{description.Name}' has predicted nothing yet: call `Run()` before `Give()`.");
        PortDescription port = description.Outputs[output];
        if (numbers.Length != port.Size) throw Wrong("gives", port, "output", numbers.Length, nameof(numbers));
        room.Span.Slice(predictor.RowOutput(output), port.Size).CopyTo(numbers);
    }

    // Of more than 64 inputs some share a bit.
    private static ulong Bit(int input) => 1UL << (input & 63);

    private readonly void CheckPlace(int place, PortDescription[] ports, string argument)
    {
        if ((uint)place < (uint)ports.Length) return;
        throw new ArgumentOutOfRangeException(argument, string.Create(
            CultureInfo.InvariantCulture,
            $"'{description.Name}' has the {argument}s {PortLists.Names(ports)}, numbered from 0. Received: {argument}={place}"));
    }

    private readonly ArgumentException Wrong(string does, PortDescription port, string kind, int came, string argument) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{description.Name}' {does} {port.Size} numbers at the {kind} '{port.Name}' for a single sample. Received: {came}"),
                argument);
}
