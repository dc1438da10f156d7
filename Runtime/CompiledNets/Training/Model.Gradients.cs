using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Forward and backward pass by hand, for training loops of one's own.</summary>
public abstract partial class Model
{
    /// <summary>
    /// The sum of all penalties, Keras's <c>model.losses</c>: of regularizers of weights, as the weights are now, and of those of outputs,
    /// in the batch of the last <see cref="Forward(Samples, bool)"/> or step of training. Frozen layers have none on their weights.
    /// </summary>
    public double Penalty => (Penalties?.Evaluate() ?? 0) + (trainingStep?.ActivityPenalty ?? 0);

    /// <summary>Works a batch and keeps what <see cref="Backward(Samples, bool, bool)"/> needs.</summary>
    /// <param name="x">Features, shape (samples, features), or (samples, ...) as the network's input has it.</param>
    /// <param name="training">Training mode: dropout drops, and batch normalization uses and moves the statistics of the batch.</param>
    /// <returns>An output for each sample, shape (samples, outputs), or (samples, ...) as the network's output has it.</returns>
    /// <exception cref="ArgumentException">
    /// The shape is not that of the network's input with the samples before it, or the batch is too large.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread uses the network.</exception>
    public Tensor<float> Forward(Samples x, bool training = false)
    {
        CheckSingle();
        return Forward([x], training)[0];
    }

    /// <summary>
    /// The gradient of the sum of <paramref name="outputGradient"/> times the outputs of the last <see cref="Forward(Samples, bool)"/>.
    /// Those of the weights are in <see cref="ModelWeight.Gradient"/> afterwards. Each forward pass has one backward pass, which works in
    /// the values it left.
    /// </summary>
    /// <param name="outputGradient">A number for each number of the outputs, shape (samples, outputs).</param>
    /// <param name="accumulate">
    /// Adds to the gradients of the weights of the backward passes since the last <see cref="ApplyGradients"/> instead of replacing them.
    /// </param>
    /// <param name="penalties">
    /// Adds the gradients of <see cref="Penalty"/>: of regularizers of weights, and of those of outputs. Default: false, as a loss of one's
    /// own has no <c>model.losses</c> in Keras unless it adds them.
    /// </param>
    /// <returns>The gradient of the inputs, shape (samples, features).</returns>
    /// <exception cref="InvalidOperationException">
    /// There was no forward pass, it had its backward pass, training went on since, or another thread uses the network.
    /// </exception>
    /// <exception cref="ArgumentException">The shape is not that of the outputs.</exception>
    public Tensor<float> Backward(Samples outputGradient, bool accumulate = false, bool penalties = false)
    {
        CheckSingle();
        ArgumentNullException.ThrowIfNull(outputGradient);
        return Backward([outputGradient.Tensor], accumulate, penalties)[0];
    }

    /// <summary>
    /// Works a batch of a network with several inputs or outputs, and keeps what <see cref="Backward(Samples, bool, bool)"/> needs.
    /// </summary>
    /// <param name="x">By input, the features, shape (samples, ...) as the input has it.</param>
    /// <param name="training">Training mode: dropout drops, and batch normalization uses and moves the statistics of the batch.</param>
    /// <returns>By output, shape (samples, ...) as the output has it.</returns>
    /// <exception cref="ArgumentException">
    /// Inputs are missing, a shape or the numbers of rows do not fit, or the batch is too large; the message names the input.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread uses the network.</exception>
    public Tensor<float>[] Forward(IReadOnlyList<Samples> x, bool training = false)
    {
        using ModelUse.Turn turn = Use.Begin();
        Rows[] rows = TrainingData.CheckInputs(Description, x, nameof(x));
        TrainingData.CheckRows(Description, rows, nameof(x));
        int count = rows[0].Count;
        TrainingStep.Threads = EffectiveThreads;
        TrainingStep.Forward(new([.. rows.Select(input => new RowSource(input))], [], count), count, training);
        var outputs = new Tensor<float>[Description.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            PortDescription port = Description.Outputs[i];
            float[] numbers = new float[BatchMemory.OfOutputs(Name, count, port.Size)];
            TrainingStep.ReadOutput(i, numbers);
            outputs[i] = Tensor.Create(numbers, port.LengthsOf(count));
        }

        return outputs;
    }

    /// <summary>
    /// The gradient of the sum, over all outputs of the last <see cref="Forward(IReadOnlyList{Samples}, bool)"/>, of the numbers given
    /// times theirs. Gradients of the weights are in <see cref="ModelWeight.Gradient"/> afterwards. Each forward pass has one backward
    /// pass, which works in the values it left.
    /// </summary>
    /// <param name="outputGradients">
    /// By output, a number for each of its numbers, shape (samples, ...); null for an output that does not count, as zeros would.
    /// </param>
    /// <param name="accumulate">
    /// Adds to the gradients of the weights of the backward passes since the last <see cref="ApplyGradients"/> instead of replacing them.
    /// </param>
    /// <param name="penalties">
    /// Adds the gradients of <see cref="Penalty"/>: of regularizers of weights, and of those of outputs. Default: false, as a loss of one's
    /// own has no <c>model.losses</c> in Keras unless it adds them.
    /// </param>
    /// <returns>By input, its gradient, shape (samples, ...) as the input has it.</returns>
    /// <exception cref="InvalidOperationException">
    /// There was no forward pass, it had its backward pass, training went on since, or another thread uses the network.
    /// </exception>
    /// <exception cref="ArgumentException">There is not an entry for each output, or a shape is not that of its output.</exception>
    public Tensor<float>[] Backward(
        IReadOnlyList<Tensor<float>?> outputGradients, bool accumulate = false, bool penalties = false)
    {
        using ModelUse.Turn turn = Use.Begin();
        ArgumentNullException.ThrowIfNull(outputGradients);
        TrainingStep step = TrainingStep;
        if (step.HadBackward)
        {
            throw new InvalidOperationException(
                "The last forward pass had its backward pass, which overwrote the values it left: " +
                $"call `Forward()` of '{Name}' again before another `Backward()`.");
        }

        if (step.ForwardSamples == 0)
            throw new InvalidOperationException($"There is nothing to go back through: call `Forward()` of '{Name}' before `Backward()`.");
        PortLists.CheckCount(outputGradients.Count, Description.Outputs, "output", Name, nameof(outputGradients));
        int count = step.ForwardSamples;
        var gradients = new Rows?[outputGradients.Count];
        for (int i = 0; i < gradients.Length; i++)
        {
            if (outputGradients[i] is not { } gradient) continue;
            Rows rows = gradients[i] = new(gradient);
            int[] expected = [count, .. Description.Outputs[i].Shape];
            if (rows.Shape.AsSpan().SequenceEqual(expected)) continue;
            string name = TrainingData.NameOf(nameof(outputGradients), Description.Outputs, i, "outputGradient");
            throw new ArgumentException(
                $"The gradient of the outputs must have their shape. Expected shape {ShapeText.Of(expected)}, " +
                $"but received: {name}.shape={ShapeText.Of(rows.Shape)}.", name);
        }

        float[][] inputGradients = [.. Description.Inputs.Select(port => new float[checked(count * port.Size)])];
        step.Threads = EffectiveThreads;
        step.Backward(gradients, inputGradients, accumulate, penalties);
        return [.. inputGradients.Select((numbers, i) => Tensor.Create(numbers, Description.Inputs[i].LengthsOf(count)))];
    }

    /// <summary>
    /// One step of the optimizer with the gradients of the last <see cref="Backward(Samples, bool, bool)"/>, as
    /// <see cref="ModelWeight.Gradient"/> has them: what was written there counts.
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
