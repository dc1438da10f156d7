using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledNets;

/// <summary>Tensors and arrays as plain numbers and shapes.</summary>
internal static class TensorRows
{
    /// <summary>The shape of a tensor.</summary>
    public static int[] Shape<T>(Tensor<T> tensor)
    {
        int[] shape = new int[tensor.Rank];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = checked((int)tensor.Lengths[axis]);
        }

        return shape;
    }

    /// <summary>The numbers of a tensor, the last axis fastest.</summary>
    public static float[] Numbers(Tensor<float> tensor)
    {
        float[] numbers = new float[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(numbers);
        return numbers;
    }

    /// <summary>The same tensor in single precision.</summary>
    public static Tensor<float> ToSingle<T>(Tensor<T> tensor) where T : INumber<T>
    {
        T[] numbers = new T[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(numbers);
        return Tensor.Create(Array.ConvertAll(numbers, float.CreateChecked), tensor.Lengths);
    }

    /// <summary>An array of rows as a tensor in single precision.</summary>
    public static Tensor<float> ToSingle<T>(T[,] rows) where T : INumber<T>
    {
        float[] numbers = new float[rows.Length];
        int i = 0;
        foreach (T number in rows)
        {
            numbers[i++] = float.CreateChecked(number);
        }

        return Tensor.Create(numbers, [rows.GetLength(0), rows.GetLength(1)]);
    }
}
