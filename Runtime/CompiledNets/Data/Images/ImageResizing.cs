using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Images;

namespace CompiledNets.Data;

/// <summary>Images of another size, with Keras's numbers: what the layers Resizing and CenterCrop do, before a network sees them.</summary>
public static class ImageResizing
{
    /// <summary>Resizes images, as <c>keras.ops.image.resize</c>.</summary>
    /// <param name="images">Shape (samples, height, width, channels), or (height, width, channels) for one.</param>
    /// <param name="height">The new height, at least 1.</param>
    /// <param name="width">The new width, at least 1.</param>
    /// <param name="interpolation">How pixels are made of others: a name of <see cref="Interpolation"/>.</param>
    /// <param name="antialias">Whether smaller images are made of all pixels, so that fine patterns do not make coarse ones.</param>
    /// <param name="cropToAspectRatio">Whether the part in the middle that has the new ratio is taken.</param>
    /// <param name="padToAspectRatio">Whether a frame that has the new ratio is filled up.</param>
    /// <param name="fillValue">What the frame is filled with.</param>
    /// <returns>Images of the new size.</returns>
    /// <exception cref="ArgumentException">These are no images, or an argument is out of its range.</exception>
    public static Tensor<float> Resize(
        Samples images, int height, int width, string interpolation = Interpolation.Bilinear, bool antialias = false,
        bool cropToAspectRatio = false, bool padToAspectRatio = false, float fillValue = 0)
    {
        ArgumentNullException.ThrowIfNull(images);
        CheckSize(height, width);
        if (cropToAspectRatio && padToAspectRatio)
            throw new ArgumentException("Expected one of cropToAspectRatio and padToAspectRatio. Received: both", nameof(padToAspectRatio));
        if (!ResizeWeights.Interpolations.Contains(interpolation))
            throw new ArgumentException(
                $"Expected one of {NameList.Of(ResizeWeights.Interpolations)}. Received: interpolation='{interpolation}'",
                nameof(interpolation));
        ImageShape shape = ImageShape.Of(images, nameof(images));
        float[] pixels = TensorRows.Numbers(images.Tensor);
        if (cropToAspectRatio) (pixels, shape) = Cut(pixels, shape, AspectRatio.Crop(shape.Height, shape.Width, height, width));
        if (padToAspectRatio) (pixels, shape) = Frame(pixels, shape, AspectRatio.Pad(shape.Height, shape.Width, height, width), fillValue);
        return Resized(pixels, shape, height, width, interpolation, antialias);
    }

    /// <summary>Takes the largest part in the middle that has the new ratio and resizes it, as <c>keras.utils.smart_resize</c>.</summary>
    /// <param name="images">Shape (samples, height, width, channels), or (height, width, channels) for one.</param>
    /// <param name="height">The new height, at least 1.</param>
    /// <param name="width">The new width, at least 1.</param>
    /// <param name="interpolation">How pixels are made of others: a name of <see cref="Interpolation"/>.</param>
    /// <returns>Images of the new size.</returns>
    /// <exception cref="ArgumentException">These are no images, or an argument is out of its range.</exception>
    public static Tensor<float> SmartResize(Samples images, int height, int width, string interpolation = Interpolation.Bilinear) =>
        Resize(images, height, width, interpolation, cropToAspectRatio: true);

    /// <summary>Takes the middle of images, as Keras's CenterCrop; from smaller ones what <see cref="SmartResize"/> gives.</summary>
    /// <param name="images">Shape (samples, height, width, channels), or (height, width, channels) for one.</param>
    /// <param name="height">The height of the part, at least 1.</param>
    /// <param name="width">The width of the part, at least 1.</param>
    /// <returns>Images of the new size.</returns>
    /// <exception cref="ArgumentException">These are no images, or an argument is out of its range.</exception>
    public static Tensor<float> CenterCrop(Samples images, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(images);
        CheckSize(height, width);
        ImageShape shape = ImageShape.Of(images, nameof(images));
        (float[] pixels, shape) = Cut(
            TensorRows.Numbers(images.Tensor), shape, AspectRatio.CenterCrop(shape.Height, shape.Width, height, width));
        return Resized(pixels, shape, height, width, Interpolation.Bilinear, antialias: false);
    }

    private static Tensor<float> Resized(
        float[] pixels, ImageShape shape, int height, int width, string interpolation, bool antialias)
    {
        if (shape.Height != height)
        {
            (int First, double[] Weights)[] rows = ResizeWeights.Of(interpolation, shape.Height, height, antialias);
            pixels = Along(pixels, shape.Count, shape.Height, shape.Width * shape.Channels, rows);
        }

        if (shape.Width != width)
        {
            (int First, double[] Weights)[] columns = ResizeWeights.Of(interpolation, shape.Width, width, antialias);
            pixels = Along(pixels, shape.Count * height, shape.Width, shape.Channels, columns);
        }

        return (shape with { Height = height, Width = width }).Create(pixels);
    }

    // (outer, size, inner) becomes (outer, count, inner).
    private static float[] Along(float[] from, int outer, int size, int inner, (int First, double[] Weights)[] places)
    {
        float[] to = IndexEncoding.Rows(outer, checked(places.Length * inner));
        double[] sums = new double[inner];
        for (int o = 0; o < outer; o++)
        {
            for (int place = 0; place < places.Length; place++)
            {
                (int first, double[] weights) = places[place];
                Array.Clear(sums);
                for (int k = 0; k < weights.Length; k++)
                {
                    ReadOnlySpan<float> row = from.AsSpan(((o * size) + first + k) * inner, inner);
                    for (int i = 0; i < row.Length; i++) sums[i] += weights[k] * row[i];
                }

                Span<float> result = to.AsSpan(((o * places.Length) + place) * inner, inner);
                for (int i = 0; i < result.Length; i++) result[i] = (float)sums[i];
            }
        }

        return to;
    }

    private static (float[] Pixels, ImageShape Shape) Cut(
        float[] pixels, ImageShape shape, (int Top, int Left, int Height, int Width) part)
    {
        ImageShape cut = shape with { Height = part.Height, Width = part.Width };
        if (cut == shape) return (pixels, shape);
        float[] kept = new float[cut.Size];
        int length = part.Width * shape.Channels;
        for (int row = 0; row < shape.Count * part.Height; row++)
        {
            int y = (row / part.Height * shape.Height) + part.Top + (row % part.Height);
            pixels.AsSpan(((y * shape.Width) + part.Left) * shape.Channels, length).CopyTo(kept.AsSpan(row * length));
        }

        return (kept, cut);
    }

    private static (float[] Pixels, ImageShape Shape) Frame(
        float[] pixels, ImageShape shape, (int Vertical, int Horizontal) border, float fill)
    {
        ImageShape framed = shape with { Height = shape.Height + (2 * border.Vertical), Width = shape.Width + (2 * border.Horizontal) };
        if (framed == shape) return (pixels, shape);
        float[] filled = IndexEncoding.Rows(framed.Count, checked(framed.Height * framed.Width * framed.Channels));
        Array.Fill(filled, fill);
        int length = shape.Width * shape.Channels;
        for (int row = 0; row < shape.Count * shape.Height; row++)
        {
            int y = (row / shape.Height * framed.Height) + border.Vertical + (row % shape.Height);
            pixels.AsSpan(row * length, length).CopyTo(filled.AsSpan(((y * framed.Width) + border.Horizontal) * shape.Channels));
        }

        return (filled, framed);
    }

    private static void CheckSize(int height, int width)
    {
        if (height >= 1 && width >= 1) return;
        throw new ArgumentOutOfRangeException(
            height < 1 ? nameof(height) : nameof(width),
            string.Create(CultureInfo.InvariantCulture, $"Expected at least 1 by 1 pixels. Received: {height} by {width}"));
    }
}
