using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Free-standing variables and their gradients, laid out as kernels want them: each begins at a multiple of 16 floats, with zeros up to
/// the next.
/// </summary>
internal sealed class VariableList
{
    private readonly int[][] shapes;

    public VariableList(IReadOnlyList<Tensor<float>> variables)
    {
        shapes = [.. variables.Select(TensorRows.Shape)];
        Places = new (int, int)[shapes.Length];
        int size = 0;
        for (int i = 0; i < shapes.Length; i++)
        {
            int length = checked((int)variables[i].FlattenedLength);
            Places[i] = (size, length);
            size = checked(size + ((length + 15) / 16 * 16));
        }

        Values = new(size);
        Gradients = new(size);
    }

    /// <summary>The numbers of the variables.</summary>
    public Arena Values { get; }

    /// <summary>Their gradients.</summary>
    public Arena Gradients { get; }

    /// <summary>Where each variable lies, in floats.</summary>
    public (int Offset, int Length)[] Places { get; }

    /// <summary>Checks that there is a gradient of its shape for each variable.</summary>
    /// <exception cref="ArgumentException">There is none; the message has both shapes.</exception>
    public static void CheckGradients(IReadOnlyList<Tensor<float>> gradients, IReadOnlyList<Tensor<float>> variables)
    {
        if (gradients.Count == 0) throw new ArgumentException("No gradients provided for any variable.", nameof(gradients));
        if (gradients.Count != variables.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Each variable needs a gradient. Received: {gradients.Count} gradients for {variables.Count} variables."),
                    nameof(gradients));
        }

        for (int i = 0; i < variables.Count; i++)
        {
            if (gradients[i].Lengths.SequenceEqual(variables[i].Lengths)) continue;
            string wanted = ShapeText.Of(TensorRows.Shape(variables[i])), came = ShapeText.Of(TensorRows.Shape(gradients[i]));
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Gradient {i} must have the shape of its variable. Expected shape {wanted}, but received: gradient.shape={came}."),
                    nameof(gradients));
        }
    }

    /// <summary>Whether these variables have the shapes of those it was made for.</summary>
    public bool Fits(IReadOnlyList<Tensor<float>> variables)
    {
        if (variables.Count != shapes.Length) return false;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (!TensorRows.Shape(variables[i]).AsSpan().SequenceEqual(shapes[i])) return false;
        }

        return true;
    }

    /// <summary>Copies variables and gradients in.</summary>
    public void Read(IReadOnlyList<Tensor<float>> variables, IReadOnlyList<Tensor<float>> gradients)
    {
        for (int i = 0; i < Places.Length; i++)
        {
            variables[i].FlattenTo(Values.Span.Slice(Places[i].Offset, Places[i].Length));
            gradients[i].FlattenTo(Gradients.Span.Slice(Places[i].Offset, Places[i].Length));
        }
    }

    /// <summary>Updates all variables.</summary>
    public void Update(UpdateKernel kernel)
    {
        foreach ((int offset, int length) in Places) kernel.Update(ref Unsafe.Add(ref Gradients.Start, offset), offset, length);
    }

    /// <summary>Copies variables out.</summary>
    public void Write(IReadOnlyList<Tensor<float>> variables)
    {
        for (int i = 0; i < Places.Length; i++)
        {
            ReadOnlyTensorSpan<float> values = new(Values.Span.Slice(Places[i].Offset, Places[i].Length), variables[i].Lengths);
            values.CopyTo(variables[i].AsTensorSpan());
        }
    }
}
