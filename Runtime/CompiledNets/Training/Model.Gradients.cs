using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets;

/// <summary>Forward and backward pass by hand, for training loops of one's own.</summary>
public abstract partial class Model
{
    /// <summary>Works a batch and keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="x">Features, shape (samples, features), or (samples, ...) as the network's input has it.</param>
    /// <param name="training">Training mode: dropout drops, and batch normalization uses and moves the statistics of the batch.</param>
    /// <returns>An output for each sample, shape (samples, outputs), or (samples, ...) as the network's output has it.</returns>
    /// <exception cref="ArgumentException">
    /// The shape is not that of the network's input with the samples before it, or the batch is too large.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread uses the network.</exception>
    public Tensor<float> Forward(Samples x, bool training = false)
    {
        using ModelUse.Turn turn = Use.Begin();
        ArgumentNullException.ThrowIfNull(x);
        var rows = new Rows(x.Tensor);
        InputChecks.Features(rows, Description.InputShape, $"'{Name}'", nameof(x));
        TrainingStep.Threads = EffectiveThreads;
        TrainingStep.Forward(new BatchSource(rows), rows.Count, training);
        float[] outputs = new float[BatchMemory.OfOutputs(Name, rows.Count, outputSize)];
        TrainingStep.ReadOutputs(outputs);
        return Tensor.Create(outputs, [rows.Count, .. Description.OutputShape.Select(axis => (nint)axis)]);
    }

    /// <summary>
    /// The gradient of the sum of <paramref name="outputGradient"/> times the outputs of the last <see cref="Forward"/>. Those of the
    /// weights are in <see cref="ModelWeight.Gradient"/> afterwards. Each forward pass has one backward pass, which works in the values it
    /// left.
    /// </summary>
    /// <param name="outputGradient">A number for each number of the outputs, shape (samples, outputs).</param>
    /// <returns>The gradient of the inputs, shape (samples, features).</returns>
    /// <exception cref="InvalidOperationException">
    /// There was no forward pass, it had its backward pass, training went on since, or another thread uses the network.
    /// </exception>
    /// <exception cref="ArgumentException">The shape is not that of the outputs.</exception>
    public Tensor<float> Backward(Samples outputGradient)
    {
        using ModelUse.Turn turn = Use.Begin();
        ArgumentNullException.ThrowIfNull(outputGradient);
        TrainingStep step = TrainingStep;
        if (step.HadBackward)
        {
            throw new InvalidOperationException(
                "The last forward pass had its backward pass, which overwrote the values it left: " +
                $"call `Forward()` of '{Name}' again before another `Backward()`.");
        }

        if (step.ForwardSamples == 0)
            throw new InvalidOperationException($"There is nothing to go back through: call `Forward()` of '{Name}' before `Backward()`.");
        var rows = new Rows(outputGradient.Tensor);
        int[] expected = [step.ForwardSamples, .. Description.OutputShape];
        if (!rows.Shape.AsSpan().SequenceEqual(expected))
        {
            throw new ArgumentException(
                $"The gradient of the outputs must have their shape. Expected shape {ShapeText.Of(expected)}, " +
                $"but received: outputGradient.shape={ShapeText.Of(rows.Shape)}.", nameof(outputGradient));
        }

        float[] inputGradient = new float[checked(step.ForwardSamples * inputSize)];
        step.Threads = EffectiveThreads;
        step.Backward(ref rows.Start, ref inputGradient[0]);
        return Tensor.Create(inputGradient, [step.ForwardSamples, .. Description.InputShape.Select(axis => (nint)axis)]);
    }

    /// <summary>
    /// One step of the optimizer with the gradients of the last <see cref="Backward"/>, as <see cref="ModelWeight.Gradient"/> has them:
    /// what was written there counts.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The network is not compiled, there are no gradients, or another thread uses it.
    /// </exception>
    public void ApplyGradients()
    {
        using ModelUse.Turn turn = Use.Begin();
        TrainingSetup compiled = Compiled();
        if (Gradients is null)
        {
            throw new InvalidOperationException(
                $"There are no gradients: call `Forward()` and `Backward()` of '{Name}' before `ApplyGradients()`.");
        }

        TrainingStep.Apply(compiled.Optimizer, UpdateKernel(compiled));
    }
}
