using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets;

/// <summary>Predictions.</summary>
public abstract partial class Model
{
    /// <summary>Predicts samples.</summary>
    /// <param name="x">Samples, first axis first.</param>
    /// <returns>An output for each sample.</returns>
    /// <exception cref="ArgumentException">The shape is not that of the network's input with the samples before it.</exception>
    public Tensor<float> Predict(Tensor<float> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var rows = new Rows(x);
        InputChecks.Features(rows, Description.InputShape, $"'{Name}'", nameof(x));
        float[] outputs = new float[rows.Count * outputSize];
        Predictor.Rows(ref rows.Start, rows.Count, ref outputs[0], EffectiveThreads);
        return Tensor.Create(outputs, [rows.Count, .. Description.OutputShape.Select(axis => (nint)axis)]);
    }

    /// <summary>Predicts one sample, or several that lie one behind the other.</summary>
    /// <param name="samples">The numbers of the samples.</param>
    /// <returns>The numbers of the outputs.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of the size of a sample.</exception>
    public float[] Predict(ReadOnlySpan<float> samples)
    {
        float[] outputs = new float[samples.Length / inputSize * outputSize];
        Predict(samples, outputs);
        return outputs;
    }

    /// <summary>Predicts one sample, or several that lie one behind the other, without allocating.</summary>
    /// <param name="samples">The numbers of the samples.</param>
    /// <param name="outputs">Where the numbers of the outputs go.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <remarks>
    /// A single sample is worked with vectors over features, several with vectors over samples: sums are added in another order, so that the last bits may differ between the two.
    /// </remarks>
    public void Predict(ReadOnlySpan<float> samples, Span<float> outputs)
    {
        if (samples.Length == inputSize && outputs.Length == outputSize)
        {
            Predictor.Row(samples, outputs, EffectiveThreads);
            return;
        }

        int count = samples.Length / inputSize;
        if (count * inputSize != samples.Length || count == 0 || outputs.Length != count * outputSize) throw WrongLength(samples.Length, outputs.Length);
        Predictor.Rows(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(samples), count, ref outputs[0], EffectiveThreads);
    }

    private ArgumentException WrongLength(int samples, int outputs) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"'{Name}' takes samples of {inputSize} numbers, of shape {ShapeText.Of(LossShape.WithBatch(Description.InputShape))}, and gives {outputSize} for each. ") +
        string.Create(CultureInfo.InvariantCulture, $"Received: {samples} numbers, and room for {outputs}."));
}
