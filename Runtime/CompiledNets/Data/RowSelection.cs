using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Some rows of a tensor.</summary>
internal static class RowSelection
{
    /// <summary>A copy of the rows, in the order they are named.</summary>
    public static Tensor<float> Of(Tensor<float> tensor, ReadOnlySpan<int> rows)
    {
        Rows source = new(tensor);
        float[] selected = new float[checked(rows.Length * source.RowLength)];
        for (int i = 0; i < rows.Length; i++)
            source.Span.Slice(rows[i] * source.RowLength, source.RowLength).CopyTo(selected.AsSpan(i * source.RowLength));

        return Tensor.Create(selected, [rows.Length, .. tensor.Lengths[1..]]);
    }
}
