using System.Numerics.Tensors;

namespace CompiledNets;

/// <summary>Tensors as plain numbers and shapes.</summary>
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
}
