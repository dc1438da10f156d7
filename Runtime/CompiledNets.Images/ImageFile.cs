using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CompiledNets.Data;
using SkiaSharp;

namespace CompiledNets.Images;

/// <summary>Image files as tensors.</summary>
public static class ImageFile
{
    // 16,384 x 16,384: far above what a network sees, and below what a bomb of a few bytes would ask for.
    private const long MostPixels = 1L << 28;

    /// <summary>Reads an image, as <c>keras.utils.load_img</c> and <c>img_to_array</c>.</summary>
    /// <param name="path">A JPEG, PNG, GIF, BMP or WebP file; of an animation, the first image.</param>
    /// <param name="colorMode">How many channels the image has.</param>
    /// <param name="targetSize">The height and width to resize to; null for its own.</param>
    /// <param name="interpolation">How it is resized: a name of <see cref="Interpolation"/>. Default: nearest, as in Keras.</param>
    /// <returns>Shape (height, width, channels), numbers from 0 to 255. It is not turned as EXIF may ask for, as in Keras.</returns>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no image, damaged, cut off or too large.</exception>
    public static Tensor<float> Load(
        string path, ColorMode colorMode = ColorMode.Rgb, (int Height, int Width)? targetSize = null,
        string interpolation = Interpolation.Nearest)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Tensor<float> image;
        try
        {
            image = Decode(File.ReadAllBytes(path), colorMode);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }

        return targetSize is { } size ? ImageResizing.Resize(image, size.Height, size.Width, interpolation) : image;
    }

    /// <summary>Decodes an image.</summary>
    /// <param name="bytes">A whole JPEG, PNG, GIF, BMP or WebP file.</param>
    /// <param name="colorMode">How many channels the image has.</param>
    /// <returns>Shape (height, width, channels), numbers from 0 to 255.</returns>
    /// <exception cref="InvalidDataException">It is no image, damaged, cut off or too large.</exception>
    public static Tensor<float> Decode(ReadOnlySpan<byte> bytes, ColorMode colorMode = ColorMode.Rgb)
    {
        int channels = Channels(colorMode);
        using SKData data = SKData.CreateCopy(bytes);
        using SKCodec codec = SKCodec.Create(data)
            ?? throw new InvalidDataException(
                "Expected an image: JPEG, PNG, GIF, BMP or WebP. It is another file, or damaged at its start.");
        int width = codec.Info.Width, height = codec.Info.Height;
        if (width < 1 || height < 1 || (long)width * height > MostPixels || (long)width * height * channels > Array.MaxLength)
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"Expected an image of 1 to {MostPixels} pixels. Received: {height} by {width}."));
        byte[] pixels = new byte[checked(width * height * 4)];
        SKCodecResult result = Decode(codec, new(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), pixels);
        if (result != SKCodecResult.Success)
            throw new InvalidDataException($"The image is damaged or cut off ({result}).");
        float[] numbers = new float[width * height * channels];
        for (int pixel = 0; pixel < width * height; pixel++)
        {
            ReadOnlySpan<byte> rgba = pixels.AsSpan(pixel * 4, 4);
            if (channels == 1) numbers[pixel] = MathF.Round((0.299f * rgba[0]) + (0.587f * rgba[1]) + (0.114f * rgba[2]));
            else
                for (int channel = 0; channel < channels; channel++) numbers[(pixel * channels) + channel] = rgba[channel];
        }

        return Tensor.Create(numbers, [height, width, channels]);
    }

    /// <summary>How many channels a mode has.</summary>
    internal static int Channels(ColorMode colorMode) => colorMode switch
    {
        ColorMode.Rgb => 3,
        ColorMode.Rgba => 4,
        ColorMode.Grayscale => 1,
        _ => throw new ArgumentOutOfRangeException(
            nameof(colorMode), $"Expected Rgb, Rgba or Grayscale. Received: colorMode={colorMode}"),
    };

    private static unsafe SKCodecResult Decode(SKCodec codec, SKImageInfo info, byte[] pixels)
    {
        fixed (byte* start = &MemoryMarshal.GetArrayDataReference(pixels)) return codec.GetPixels(info, (nint)start);
    }
}
