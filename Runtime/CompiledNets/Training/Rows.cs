using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledNets;

/// <summary>
/// The samples of a tensor as rows of floats, row after row. A tensor that lies so is read in place; another is copied once.
/// </summary>
internal sealed class Rows
{
    private readonly Tensor<float> tensor;

    /// <summary>Reads a tensor whose first axis is the samples.</summary>
    public Rows(Tensor<float> tensor)
    {
        this.tensor = tensor.IsDense ? tensor : tensor.ToDenseTensor();
        Shape = TensorRows.Shape(tensor);
        SampleShape = Shape.Length == 0 ? [] : Shape[1..];
        Count = Shape.Length == 0 ? 0 : Shape[0];
        RowLength = 1;
        foreach (int size in SampleShape) RowLength = checked(RowLength * size);
    }

    /// <summary>The whole shape, samples first.</summary>
    public int[] Shape { get; }

    /// <summary>The shape of one sample.</summary>
    public int[] SampleShape { get; }

    /// <summary>How many samples.</summary>
    public int Count { get; }

    /// <summary>Floats a sample.</summary>
    public int RowLength { get; }

    /// <summary>The first float; a null reference where there are no samples.</summary>
    public ref float Start => ref Unsafe.AsRef(in tensor.AsReadOnlyTensorSpan().GetPinnableReference());

    /// <summary>All floats.</summary>
    public ReadOnlySpan<float> Span =>
        Count == 0 || RowLength == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref Start, checked(Count * RowLength));
}
