using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CompiledNets.Data;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Predictions of networks with several inputs or outputs. Any number of threads may make them at once.</summary>
public abstract partial class Model
{
    /// <summary>Predicts samples of a network with several inputs or outputs.</summary>
    /// <param name="x">By input, the features, shape (samples, ...) as the input has it.</param>
    /// <param name="batchSize">
    /// Samples of a batch, for what is printed, for callbacks and for <paramref name="steps"/>; outputs do not depend on it. Default: 32.
    /// </param>
    /// <param name="verbose">What is printed. Default: nothing, where Keras prints a bar.</param>
    /// <param name="steps">Batches after which it ends; null for all samples.</param>
    /// <param name="callbacks">Called at the beginning and end of the prediction and of its batches.</param>
    /// <param name="cancellationToken">Ends the prediction between two batches, with an exception.</param>
    /// <returns>By output, shape (samples, ...) as the output has it.</returns>
    /// <exception cref="ArgumentException">
    /// Inputs are missing, or a shape or the numbers of rows do not fit; the message names the input.
    /// </exception>
    /// <exception cref="OperationCanceledException">The prediction was cancelled.</exception>
    public Tensor<float>[] Predict(
        IReadOnlyList<Samples> x, int batchSize = 32, Verbose verbose = Verbose.Silent, int? steps = null,
        IEnumerable<Callback>? callbacks = null, CancellationToken cancellationToken = default)
    {
        InputChecks.AtLeastOne(batchSize, nameof(batchSize));
        InputChecks.AtLeastOne(steps, nameof(steps));
        Rows[] rows = TrainingData.CheckInputs(Description, x, nameof(x));
        TrainingData.CheckRows(Description, rows, nameof(x));
        int count = (int)Math.Min(rows[0].Count, (long)(steps ?? int.MaxValue) * batchSize);
        float[][] outputs = [.. Description.Outputs.Select(port => new float[BatchMemory.OfOutputs(Name, count, port.Size)])];
        RowSource[] ports = [.. rows.Select(input => new RowSource(input)), .. outputs.Select(output => new RowSource(output))];
        Callback[] given = InputChecks.Callbacks(callbacks);
        // States go from batch to batch.
        bool isWatched = verbose != Verbose.Silent || given.Length > 0 || cancellationToken.CanBeCanceled || States is not null;
        if (!isWatched) PredictRows(ports, 0, count, count);
        else PredictBatches(ports, count, Math.Min(batchSize, count), verbose, given, cancellationToken);
        return [.. outputs.Select((numbers, i) => Tensor.Create(numbers, Description.Outputs[i].LengthsOf(count)))];
    }

    /// <summary>Predicts samples, by names of inputs.</summary>
    /// <param name="x">The features of each input.</param>
    /// <param name="batchSize">
    /// Samples of a batch, for what is printed, for callbacks and for <paramref name="steps"/>; outputs do not depend on it. Default: 32.
    /// </param>
    /// <param name="verbose">What is printed. Default: nothing, where Keras prints a bar.</param>
    /// <param name="steps">Batches after which it ends; null for all samples.</param>
    /// <param name="callbacks">Called at the beginning and end of the prediction and of its batches.</param>
    /// <param name="cancellationToken">Ends the prediction between two batches, with an exception.</param>
    /// <returns>The outputs by their names.</returns>
    /// <exception cref="ArgumentException">
    /// There is no input of a name, one is missing, or a shape or the numbers of rows do not fit; the message names the input.
    /// </exception>
    /// <exception cref="OperationCanceledException">The prediction was cancelled.</exception>
    public IReadOnlyDictionary<string, Tensor<float>> Predict(
        IReadOnlyDictionary<string, Samples> x, int batchSize = 32, Verbose verbose = Verbose.Silent, int? steps = null,
        IEnumerable<Callback>? callbacks = null, CancellationToken cancellationToken = default)
    {
        Tensor<float>[] outputs = Predict(InputsByName(x, nameof(x)), batchSize, verbose, steps, callbacks, cancellationToken);
        return outputs.Select((output, i) => (Description.Outputs[i].Name, output)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>
    /// Predicts one sample of a network with several inputs or outputs, or several that lie one after the other, without allocating where
    /// the lists are there already: <c>Predict([figures, street], [price, isSold])</c> of arrays.
    /// </summary>
    /// <param name="samples">By input, the numbers of the samples.</param>
    /// <param name="outputs">By output, where its numbers go, sample after sample.</param>
    /// <exception cref="ArgumentException">
    /// A list has not an entry for each port, or a length does not fit; the message names the port.
    /// </exception>
    /// <remarks>
    /// A single sample is worked with vectors over features, several with vectors over samples: sums are added in another order, so that
    /// the last bits may differ between the two. Large images are worked one by one, however many there are.
    /// </remarks>
    public void Predict(ReadOnlySpan<ReadOnlyMemory<float>> samples, ReadOnlySpan<Memory<float>> outputs)
    {
        PortLists.CheckCount(samples.Length, Description.Inputs, "input", Name, nameof(samples));
        PortLists.CheckCount(outputs.Length, Description.Outputs, "output", Name, nameof(outputs));
        int count = CheckMemory(samples, nameof(samples));
        for (int i = 0; i < outputs.Length; i++) CheckRoom(i, count, outputs[i].Length, nameof(outputs));
        RowSource[] ports = Predictor.PortRoom();
        for (int i = 0; i < samples.Length; i++) ports[i] = new(samples[i]);
        for (int i = 0; i < outputs.Length; i++) ports[samples.Length + i] = new(outputs[i]);
        try
        {
            PredictRows(ports, 0, count, count);
        }
        finally
        {
            Array.Clear(ports);
        }
    }

    /// <summary>
    /// Begins the prediction of one sample of a network with any inputs and outputs, without allocating: give it each input, run it, take
    /// each output.
    /// </summary>
    public SinglePrediction PredictSingle() => new(Description, Predictor, EffectiveThreads);

    private Samples[] InputsByName(IReadOnlyDictionary<string, Samples> x, string argument)
    {
        Samples[] inputs = ByInput<Samples?>(x!, argument, null)!;
        int missing = Array.IndexOf(inputs, null);
        if (missing < 0) return inputs;
        string name = Description.Inputs[missing].Name;
        throw new ArgumentException(
            $"'{Name}' has the inputs {PortLists.Names(Description.Inputs)}, and each needs its features. Missing in `{argument}`: " +
                $"'{name}'.",
            argument);
    }

    private int CheckMemory(ReadOnlySpan<ReadOnlyMemory<float>> samples, string argument)
    {
        int count = CountOf(samples[0].Length, 0, argument);
        for (int i = 0; i < samples.Length; i++) InputChecks.Indices(samples[i].Span, Description.Inputs[i], argument);
        for (int i = 1; i < samples.Length; i++)
        {
            int other = CountOf(samples[i].Length, i, argument);
            if (other == count) continue;
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"There must be as many samples at each input of '{Name}'. Received: {count} at '{Description.Inputs[0].Name}', " +
                $"{other} at '{Description.Inputs[i].Name}'."), argument);
        }

        return count;
    }

    // Rows first, first + 1, ... of all ports, inputs before outputs. One row that is all there is has no lanes to fill; a last batch of
    // one is worked as those before it, so that outputs do not depend on the size of batches.
    private unsafe void PredictRows(RowSource[] ports, int first, int count, int all)
    {
        if (all == 1 && States is null)
        {
            PredictOne(ports);
            return;
        }

        float** places = stackalloc float*[ports.Length];
        Pin(ports, 0, places, first, count);
    }

    private void PredictOne(RowSource[] ports)
    {
        int inputs = Description.Inputs.Length;
        SinglePrediction single = PredictSingle();
        for (int i = 0; i < inputs; i++) single.Take(i, MemoryMarshal.CreateReadOnlySpan(ref ports[i].Start, Description.Inputs[i].Size));
        single.Run();
        for (int i = inputs; i < ports.Length; i++)
            single.Give(i - inputs, MemoryMarshal.CreateSpan(ref ports[i].Start, Description.Outputs[i - inputs].Size));
    }

    // One port after the other, because each must stay where it is until all are done.
    private unsafe void Pin(RowSource[] ports, int next, float** places, int first, int count)
    {
        int inputs = Description.Inputs.Length;
        if (next == ports.Length)
        {
            Predictor.Rows(places, places + inputs, count, EffectiveThreads);
            return;
        }

        int size = next < inputs ? Description.Inputs[next].Size : Description.Outputs[next - inputs].Size;
        fixed (float* place = &ports[next].Start)
        {
            places[next] = place + ((nint)first * size);
            Pin(ports, next + 1, places, first, count);
        }
    }

    private void PredictBatches(
        RowSource[] ports, int count, int batchSize, Verbose verbose, Callback[] callbacks, CancellationToken cancellation)
    {
        int batches = 1 + ((count - 1) / batchSize);
        ProgressBar? bar = ProgressBar.OnConsole(verbose, batches);
        var logs = new Logs();
        foreach (Callback callback in callbacks) callback.Attach(this, null);
        foreach (Callback callback in callbacks) callback.OnPredictBegin();
        for (int batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Callback callback in callbacks) callback.OnPredictBatchBegin(batch);
            int at = batch * batchSize;
            PredictRows(ports, at, Math.Min(batchSize, count - at), count);
            foreach (Callback callback in callbacks) callback.OnPredictBatchEnd(batch);
            bar?.Update(batch + 1, logs);
        }

        foreach (Callback callback in callbacks) callback.OnPredictEnd();
        bar?.Finish(logs);
    }
}
