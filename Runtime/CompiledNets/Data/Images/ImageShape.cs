using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>The shape of images.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Numbers a pixel.</param>
/// <param name="IsSingle">Whether it is one image without an axis of samples.</param>
internal readonly record struct ImageShape(int Count, int Height, int Width, int Channels, bool IsSingle)
{
    /// <summary>Numbers in all.</summary>
    public int Size => checked(Count * Height * Width * Channels);

    /// <summary>The shape of what must be images.</summary>
    /// <exception cref="ArgumentException">They are none, or have no pixels.</exception>
    public static ImageShape Of(Samples images, string argument)
    {
        int[] shape = TensorRows.Shape(images.Tensor);
        if (shape.Length is 3 or 4 && shape.AsSpan().IndexOf(0) < 0)
            return new(shape.Length == 3 ? 1 : shape[0], shape[^3], shape[^2], shape[^1], shape.Length == 3);
        const string expected = "(samples, height, width, channels) or (height, width, channels)";
        throw new ArgumentException($"Expected images of shape {expected}. Received: {argument}.shape={images}", argument);
    }

    /// <summary>A tensor of the shape.</summary>
    public Tensor<float> Create(float[] pixels) =>
        IndexEncoding.Create(pixels, IsSingle ? [Height, Width, Channels] : [Count, Height, Width, Channels]);
}
