using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>The IDX files in which MNIST and its like come, compressed by gzip or not: one tensor of numbers.</summary>
public static class IdxFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its numbers, whatever their type, in the shape that it names.</returns>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no IDX file, damaged, or cut off.</exception>
    public static Tensor<float> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        try
        {
            bool isZipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            using Stream stream = isZipped ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Read(stream);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            string what = exception is EndOfStreamException ? "The file is cut off." : exception.Message;
            throw new InvalidDataException($"{path}: {what}", exception);
        }
    }

    private static Tensor<float> Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[4];
        stream.ReadExactly(start);
        int size = start[2] switch { 0x08 or 0x09 => 1, 0x0B => 2, 0x0C or 0x0D => 4, 0x0E => 8, _ => 0 };
        if (start[0] != 0 || start[1] != 0 || size == 0 || start[3] == 0)
            throw new InvalidDataException($"Expected an IDX file. Received: one that starts with {Convert.ToHexStringLower(start)}.");
        nint[] shape = new nint[start[3]];
        byte kind = start[2];
        long count = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            stream.ReadExactly(start);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(start);
            count *= length;
            if (count > Array.MaxLength)
                throw new InvalidDataException("Expected as many numbers as an array holds. The file is damaged or too large.");
            shape[axis] = (nint)length;
        }

        // Room is made as numbers come, so that a damaged length takes no memory.
        float[] numbers = new float[Math.Min(count, 1 << 20)];
        byte[] buffer = new byte[(1 << 16) * size];
        for (int done = 0; done < count;)
        {
            int some = (int)Math.Min(count - done, buffer.Length / size);
            stream.ReadExactly(buffer, 0, some * size);
            if (numbers.Length < done + some) Array.Resize(ref numbers, (int)Math.Min(count, 2L * numbers.Length));
            for (int i = 0; i < some; i++) numbers[done + i] = Number(kind, buffer.AsSpan(i * size));
            done += some;
        }

        if (stream.ReadByte() >= 0)
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"Expected the end after {count} numbers. The file goes on."));
        return Tensor.Create(numbers, shape);
    }

    private static float Number(byte kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        0x08 => bytes[0],
        0x09 => (sbyte)bytes[0],
        0x0B => BinaryPrimitives.ReadInt16BigEndian(bytes),
        0x0C => BinaryPrimitives.ReadInt32BigEndian(bytes),
        0x0D => BinaryPrimitives.ReadSingleBigEndian(bytes),
        _ => (float)BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };
}
