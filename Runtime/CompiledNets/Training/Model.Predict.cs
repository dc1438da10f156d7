using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Predictions. Any number of threads may make them at once.</summary>
public abstract partial class Model
{
    /// <summary>Predicts samples. The arguments are those of Keras, in its order.</summary>
    /// <param name="x">Features, shape (samples, features), or (samples, ...) as the network's input has it.</param>
    /// <param name="batchSize">
    /// Samples of a batch, for what is printed, for callbacks and for <paramref name="steps"/>; outputs do not depend on it. Default: 32.
    /// </param>
    /// <param name="verbose">What is printed. Default: nothing, where Keras prints a bar.</param>
    /// <param name="steps">Batches after which it ends; null for all samples.</param>
    /// <param name="callbacks">Called at the beginning and end of the prediction and of its batches.</param>
    /// <param name="cancellationToken">Ends the prediction between two batches, with an exception.</param>
    /// <returns>An output for each sample, shape (samples, outputs), or (samples, ...) as the network's output has it.</returns>
    /// <exception cref="ArgumentException">The shape is not that of the network's input with the samples before it.</exception>
    /// <exception cref="OperationCanceledException">The prediction was cancelled.</exception>
    /// <remarks>
    /// A single sample is worked with vectors over features, several with vectors over samples: sums are added in another order, so that
    /// the last bits may differ between the two. Large images are worked one by one, however many there are.
    /// </remarks>
    public Tensor<float> Predict(
        Samples x, int batchSize = 32, Verbose verbose = Verbose.Silent, int? steps = null, IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        CheckSingle();
        return Predict([x], batchSize, verbose, steps, callbacks, cancellationToken)[0];
    }

    /// <summary>Predicts one sample, or several that lie one after the other.</summary>
    /// <param name="samples">The numbers of the samples.</param>
    /// <returns>The numbers of the outputs, sample after sample.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of the size of a sample.</exception>
    public float[] Predict(float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Predict((ReadOnlySpan<float>)samples);
    }

    /// <inheritdoc cref="Predict(float[])"/>
    public float[] Predict(ReadOnlySpan<float> samples)
    {
        CheckSingle();
        int count = CountOf(samples.Length, 0, nameof(samples));
        float[] outputs = new float[BatchMemory.OfOutputs(Name, count, outputSize)];
        Predict(samples, outputs);
        return outputs;
    }

    /// <summary>Predicts one sample, or several that lie one after the other, without allocating.</summary>
    /// <param name="samples">The numbers of the samples.</param>
    /// <param name="outputs">Where the numbers of the outputs go, sample after sample.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <remarks>
    /// A single sample is worked with vectors over features, several with vectors over samples: sums are added in another order, so that
    /// the last bits may differ between the two. Large images are worked one by one, however many there are.
    /// </remarks>
    public unsafe void Predict(ReadOnlySpan<float> samples, Span<float> outputs)
    {
        if (samples.Length == inputSize && outputs.Length == outputSize && Description.States.Length == 0)
        {
            InputChecks.Indices(samples, Description.Inputs[0], nameof(samples));
            Predictor.Row(samples, outputs, EffectiveThreads);
            return;
        }

        CheckSingle();
        int count = CountOf(samples.Length, 0, nameof(samples));
        CheckRoom(0, count, outputs.Length, nameof(outputs));
        InputChecks.Indices(samples, Description.Inputs[0], nameof(samples));
        fixed (float* input = samples, output = outputs) Predictor.Rows(&input, &output, count, EffectiveThreads);
    }

    /// <summary>
    /// Class numbers of samples: the place of the largest output, the first of equal ones; of a network with one output, 1 where it is
    /// above <paramref name="threshold"/> and 0 elsewhere.
    /// </summary>
    /// <param name="x">Features, shape (samples, features), or (samples, ...) as the network's input has it.</param>
    /// <param name="threshold">What a single output is held against; null for 0.5 where the network ends in a sigmoid.</param>
    /// <returns>
    /// A class number for each sample; where outputs have positions, for each position of each sample, sample after sample.
    /// </returns>
    /// <exception cref="ArgumentException">The shape is not that of the network's input with the samples before it.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network has one output, which is no probability, and there is no threshold.
    /// </exception>
    public int[] PredictClasses(Samples x, float? threshold = null)
    {
        CheckSingle("classes are those of one output, so take them from what `Predict()` gives for yours.");
        int classes = Description.Outputs[0].Classes;
        if (classes == 1 && threshold is null && Description.Outputs[0].Activation != OutputActivation.Sigmoid)
        {
            throw new InvalidOperationException(
                $"'{Name}' has one output and does not end in a sigmoid, so its outputs are no probabilities. " +
                "Give the threshold above which a sample is of class 1, 0 for logits.");
        }

        float limit = threshold ?? 0.5f;
        ReadOnlySpan<float> outputs = new Rows(Predict(x)).Span;
        int[] numbers = new int[outputs.Length / classes];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = classes == 1 ? (outputs[i] > limit ? 1 : 0) : Argument.OfLargest(outputs.Slice(i * classes, classes));
        return numbers;
    }

    private int CountOf(int numbers, int input, string argument)
    {
        PortDescription port = Description.Inputs[input];
        int count = numbers / port.Size;
        if (count > 0 && count * port.Size == numbers) return count;
        string which = Description.Inputs.Length == 1 ? "" : $" at '{port.Name}'";
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{Name}' takes samples of {port.Size} numbers{which}, of shape {ShapeText.Of(LossShape.WithBatch(port.Shape))}. " +
            $"Received: {numbers} numbers, which are no whole number of samples."),
            argument);
    }

    private void CheckRoom(int output, int count, int room, string argument)
    {
        PortDescription port = Description.Outputs[output];
        if (room == (long)count * port.Size) return;
        string which = Description.Outputs.Length == 1 ? "" : $" at '{port.Name}'";
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{Name}' gives {port.Size} numbers{which} for each of {count} samples, {(long)count * port.Size} in all. " +
            $"Received: outputs with room for {room}."), argument);
    }
}
