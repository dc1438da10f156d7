using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using CompiledNets.Files;

namespace CompiledNets.Data;

/// <summary>Images side by side as one PNG file, to look at.</summary>
public static class ImageGrid
{
    private const int Gap = 1;

    /// <summary>Writes images as a grid, row by row.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="images">
    /// Shape (samples, height, width) or (samples, height, width, channels): 1 channel for grey, 3 for red, green and blue, 4 with opacity.
    /// </param>
    /// <param name="columns">How many stand in a row; 0 for as many as make the grid a square.</param>
    /// <param name="scale">How many pixels a pixel is along each side, at least 1.</param>
    /// <param name="low">The number that is black. Default: 0.</param>
    /// <param name="high">The number that is white, above <paramref name="low"/>. Default: 255.</param>
    /// <exception cref="ArgumentException">These are no images, or an argument is out of its range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, Samples images, int columns = 0, int scale = 1, float low = 0, float high = 255)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (!(high > low))
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a number above low={low}. Received: high={high}"), nameof(high));
        int[] shape = TensorRows.Shape(images.Tensor);
        int channels = shape.Length == 4 ? shape[3] : 1;
        if (shape.Length is not (3 or 4) || channels is not (1 or 3 or 4) || shape.AsSpan().IndexOf(0) >= 0)
        {
            const string expected = "(samples, height, width) or (samples, height, width, channels), channels being 1, 3 or 4";
            throw new ArgumentException($"Expected images of shape {expected}. Received: images.shape={images}", nameof(images));
        }

        int count = shape[0], height = shape[1], width = shape[2];
        int across = columns == 0 ? (int)Math.Ceiling(Math.Sqrt(count)) : Math.Min(columns, count), down = ((count - 1) / across) + 1;
        int gridWidth = checked((across * ((width * scale) + Gap)) - Gap), gridHeight = checked((down * ((height * scale) + Gap)) - Gap);

        // White between images; a row begins with the number of its filter, which is none.
        int stride = (gridWidth * channels) + 1;
        byte[] rows = new byte[checked(gridHeight * stride)];
        Array.Fill(rows, (byte)255);
        for (int y = 0; y < gridHeight; y++) rows[y * stride] = 0;
        float[] pixels = TensorRows.Numbers(images.Tensor);
        for (int at = 0; at < pixels.Length; at++)
        {
            (int pixel, int channel) = (at / channels, at % channels);
            int image = pixel / (height * width), row = pixel / width % height, column = pixel % width;
            int top = (image / across * ((height * scale) + Gap)) + (row * scale);
            int left = (image % across * ((width * scale) + Gap)) + (column * scale);
            byte value = (byte)Math.Clamp(Math.Round((pixels[at] - low) / (high - low) * 255f), 0, 255);
            for (int y = 0; y < scale; y++)
                for (int x = 0; x < scale; x++) rows[((top + y) * stride) + 1 + ((left + x) * channels) + channel] = value;
        }

        AtomicFile.Write(path, file => Write(file, gridWidth, gridHeight, colour: channels switch { 1 => 0, 3 => 2, _ => 6 }, rows));
    }

    // PNG (ISO/IEC 15948): a signature, and chunks of length, name, data and CRC-32.
    private static void Write(Stream file, int width, int height, byte colour, byte[] rows)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(rows);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, [.. "IHDR"u8, .. BigEndian((uint)width), .. BigEndian((uint)height), 8, colour, 0, 0, 0]);
        Chunk(file, [.. "IDAT"u8, .. packed.ToArray()]);
        Chunk(file, [.. "IEND"u8]);
    }

    private static void Chunk(Stream file, byte[] nameAndData)
    {
        file.Write(BigEndian((uint)nameAndData.Length - 4));
        file.Write(nameAndData);
        uint crc = uint.MaxValue;
        foreach (byte b in nameAndData)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }

        file.Write(BigEndian(~crc));
    }

    private static byte[] BigEndian(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
