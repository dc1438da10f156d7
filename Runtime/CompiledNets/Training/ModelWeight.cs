using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>One weight of a network: a kernel, a bias, a moving average.</summary>
public sealed class ModelWeight
{
    private readonly Model model;
    private readonly WeightDescription description;
    private readonly int length;

    internal ModelWeight(Model model, WeightDescription description, string layer)
    {
        this.model = model;
        this.description = description;
        Path = layer + "/" + description.Name;
        length = description.Shape.Aggregate(1, (size, axis) => size * axis);
    }

    /// <summary>Its Keras name: <c>kernel</c>.</summary>
    public string Name => description.Name;

    /// <summary>Its Keras path: <c>dense_1/kernel</c>.</summary>
    public string Path { get; }

    /// <summary>Its shape, in Keras's order: a dense kernel is (inputs, units).</summary>
    public ReadOnlySpan<int> Shape => description.Shape;

    /// <summary>
    /// Whether training changes it by gradients: false for moving averages, and for all weights of a layer whose <see
    /// cref="ModelLayer.Trainable"/> is false.
    /// </summary>
    public bool Trainable => description.Trainable && model.Layers[description.Layer].Trainable;

    /// <summary>
    /// Its numbers, the last axis fastest. They are the network's own, so that training shows here; <see
    /// cref="Assign(ReadOnlySpan{float})"/> sets them.
    /// </summary>
    public ReadOnlySpan<float> Values => model.Parameters.Span.Slice(description.Offset, length);

    /// <summary>
    /// The gradient of the last <see cref="Model.Backward(CompiledNets.Data.Samples, bool, bool)"/>, as <see cref="Values"/> are laid out.
    /// What is written here is what <see
    /// cref="Model.ApplyGradients"/> uses: scale it, cut it, add a penalty, or copy the sum of several passes into it.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// No gradient changes this weight, its layer is frozen or was in the last backward pass, there was no backward pass yet, or training
    /// went on since.
    /// </exception>
    public Span<float> Gradient
    {
        get
        {
            if (!description.Trainable) throw new InvalidOperationException($"No gradient changes '{Path}'.");
            if (!Trainable) throw NoGradient("its layer is frozen (`Trainable` is false)");
            if (model.Gradients is not { } gradients) throw NoGradient("call Forward and Backward first");
            if (model.LeftOut(description.Layer)) throw NoGradient("its layer was frozen in the last Backward");
            return gradients.Span.Slice(description.Offset, length);
        }
    }

    /// <summary>Its numbers, as memory.</summary>
    internal Memory<float> Memory => model.Parameters.Memory.Slice(description.Offset, length);

    /// <summary>A copy of its numbers as a tensor; a single number without axes has one of 1.</summary>
    public Tensor<float> ToTensor() => Tensor.Create(Values.ToArray(), Lengths());

    /// <summary>Sets its numbers.</summary>
    /// <param name="values">A tensor of its shape; one of (1) where it has no axes.</param>
    /// <exception cref="ArgumentException">The shape differs; the message has both.</exception>
    public void Assign(Tensor<float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int[] shape = TensorRows.Shape(values);
        if (!shape.AsSpan().SequenceEqual(Shape) && !(Shape.IsEmpty && shape is [1]))
        {
            throw new ArgumentException(
                $"Weight '{Path}' has the shape {ShapeText.Of(Shape)}, which is not compatible with the provided shape " +
                $"{ShapeText.Of(shape)}.", nameof(values));
        }

        values.FlattenTo(model.Parameters.Span.Slice(description.Offset, length));
        model.Panels.Invalidate();
    }

    /// <summary>Sets its numbers, the last axis fastest; they count from the next call on.</summary>
    /// <param name="values">As many as its shape has.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Assign(ReadOnlySpan<float> values)
    {
        if (values.Length != length)
        {
            throw new ArgumentException(
                $"Weight '{Path}' has the shape {ShapeText.Of(Shape)}, {length} numbers. Received: {values.Length}.", nameof(values));
        }

        values.CopyTo(model.Parameters.Span.Slice(description.Offset, length));
        model.Panels.Invalidate();
    }

    /// <summary>Path, shape and the first numbers: <c>dense/kernel (34, 10): 0.1, -0.2, 0.3, ...</c></summary>
    public override string ToString()
    {
        ReadOnlySpan<float> values = Values;
        IEnumerable<float> first = values[..Math.Min(3, length)].ToArray();
        string numbers = string.Join(", ", first.Select(value => value.ToString("G4", CultureInfo.InvariantCulture)));
        return $"{Path} {ShapeText.Of(Shape)}: {numbers}{(length > 3 ? ", ..." : "")}";
    }

    private InvalidOperationException NoGradient(string reason) => new($"There is no gradient of '{Path}': {reason}.");

    // A tensor without axes is empty.
    private nint[] Lengths() => description.Shape.Length == 0 ? [1] : [.. description.Shape.Select(axis => (nint)axis)];
}
