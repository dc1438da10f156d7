using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Harness.Goldens;

/// <summary>An array of a golden: its numbers in C order, widened to double.</summary>
/// <param name="Name">Its name in the case: <c>train/g_w0</c>.</param>
/// <param name="Type">NumPy's name of the type it was stored in: <c>float64</c>.</param>
/// <param name="Shape">Its axes; empty for a single number.</param>
/// <param name="Data">Its numbers; true and false are 1 and 0.</param>
public sealed record NamedArray(string Name, string Type, int[] Shape, double[] Data)
{
    /// <summary>The same numbers in single precision; a single number becomes one axis of one.</summary>
    public Tensor<float> ToTensor() => ToTensor(Shape.Length == 0 ? [1] : Shape);

    /// <summary>The same numbers in single precision and another shape.</summary>
    public Tensor<float> ToTensor(ReadOnlySpan<int> shape)
    {
        float[] numbers = Array.ConvertAll(Data, number => (float)number);
        nint[] lengths = new nint[shape.Length];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = shape[i];
        return Tensor.Create(numbers, lengths);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Type} ({string.Join(", ", Shape)})");
}
