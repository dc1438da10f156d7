using System.Numerics.Tensors;

namespace CompiledNets;

/// <summary>Forward and backward pass by hand, for training loops of one's own.</summary>
public abstract partial class Model
{
    /// <summary>Works a batch and keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="x">Samples, first axis first.</param>
    /// <param name="training">Training mode: dropout drops, and batch normalization uses and moves the statistics of the batch.</param>
    /// <returns>An output for each sample.</returns>
    /// <exception cref="ArgumentException">The shape is not that of the network's input with the samples before it.</exception>
    public Tensor<float> Forward(Tensor<float> x, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        var rows = new Rows(x);
        InputChecks.Features(rows, Description.InputShape, $"'{Name}'", nameof(x));
        TrainingStep.Threads = EffectiveThreads;
        TrainingStep.Forward(new BatchSource(rows), rows.Count, training);
        float[] outputs = new float[rows.Count * outputSize];
        TrainingStep.ReadOutputs(outputs);
        return Tensor.Create(outputs, [rows.Count, .. Description.OutputShape.Select(axis => (nint)axis)]);
    }

    /// <summary>
    /// The gradient of the sum of <paramref name="outputGradient"/> times the outputs of the last <see cref="Forward"/>. Those of the weights are in <see cref="ModelWeight.Gradient"/> afterwards.
    /// </summary>
    /// <param name="outputGradient">A number for each number of the outputs.</param>
    /// <returns>The gradient of the inputs.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass, or training went on since.</exception>
    /// <exception cref="ArgumentException">The shape is not that of the outputs.</exception>
    public Tensor<float> Backward(Tensor<float> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        TrainingStep step = TrainingStep;
        if (step.ForwardSamples == 0) throw new InvalidOperationException($"There is nothing to go back through: call `Forward()` of '{Name}' before `Backward()`.");
        var rows = new Rows(outputGradient);
        int[] expected = [step.ForwardSamples, .. Description.OutputShape];
        if (!rows.Shape.AsSpan().SequenceEqual(expected))
        {
            throw new ArgumentException(
                $"The gradient of the outputs must have their shape. Expected shape {ShapeText.Of(expected)}, but received: outputGradient.shape={ShapeText.Of(rows.Shape)}.", nameof(outputGradient));
        }

        float[] inputGradient = new float[step.ForwardSamples * inputSize];
        step.Threads = EffectiveThreads;
        step.Backward(ref rows.Start, ref inputGradient[0]);
        return Tensor.Create(inputGradient, [step.ForwardSamples, .. Description.InputShape.Select(axis => (nint)axis)]);
    }

    /// <summary>One step of the optimizer with the gradients of the last <see cref="Backward"/>.</summary>
    /// <exception cref="InvalidOperationException">The network is not compiled, or there are no gradients.</exception>
    public void ApplyGradients()
    {
        TrainingSetup compiled = Compiled();
        if (Gradients is null) throw new InvalidOperationException($"There are no gradients: call `Forward()` and `Backward()` of '{Name}' before `ApplyGradients()`.");
        TrainingStep.Apply(compiled.Optimizer, UpdateKernel(compiled));
    }
}
