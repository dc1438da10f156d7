using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Files;

/// <summary>
/// NumPy's <c>.npy</c> files: one tensor each. Numbers of any type are read as singles, and singles are written. A single number is a
/// tensor of one axis of one.
/// </summary>
public static class NpyFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no <c>.npy</c> file, damaged, cut off, or holds no plain numbers.</exception>
    public static Tensor<float> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        return Named(path, () => Read(stream, stream.Length));
    }

    /// <summary>Reads a tensor from a stream, which then stands behind its last number.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no <c>.npy</c> file, damaged, cut off, or holds no plain numbers.</exception>
    public static Tensor<float> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Named("the stream", () => Read(stream, stream.CanSeek ? stream.Length - stream.Position : long.MaxValue));
    }

    /// <summary>Writes a tensor to a file; one that is there is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    public static void Write(string path, Tensor<float> tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var numbers = NamedNumbers.Of("", tensor);
        AtomicFile.Write(path, stream => Write(stream, numbers));
    }

    /// <summary>Writes numbers to a stream.</summary>
    internal static void Write(Stream stream, NamedNumbers numbers)
    {
        stream.Write(NpyHeader.Write(numbers.Shape));
        numbers.WriteTo(stream);
    }

    /// <summary>Reads a tensor of which at most so many bytes, header included, can be there.</summary>
    internal static Tensor<float> Read(Stream stream, long room)
    {
        NpyHeader header = NpyHeader.Read(stream);
        int size = header.Numbers.Size;
        if ((long)header.Count * size > room)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"a .npy file that is cut off: {header.Count} numbers of {size} bytes in {room} bytes."));
        }

        // Room is made as numbers come, where nothing tells how many there can be.
        const int piece = 1 << 18;
        float[] numbers = new float[room == long.MaxValue ? Math.Min(header.Count, piece) : header.Count];
        byte[] bytes = new byte[Math.Min(header.Count, piece) * size];
        for (int at = 0; at < header.Count; at += piece)
        {
            int some = Math.Min(piece, header.Count - at);
            if (stream.ReadAtLeast(bytes.AsSpan(0, some * size), some * size, throwOnEndOfStream: false) < some * size)
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"a .npy file that is cut off after fewer than {header.Count} numbers."));
            if (numbers.Length < at + some) Array.Resize(ref numbers, (int)Math.Min(header.Count, 2L * (at + some)));
            header.Numbers.ToSingles(bytes, numbers.AsSpan(at, some));
        }

        if (header.IsFortran && header.Shape.Length > 1) numbers = LastAxisFastest(numbers, header.Shape);
        return Tensor.Create(numbers, header.Shape.Length == 0 ? [1] : [.. header.Shape.Select(axis => (nint)axis)]);
    }

    private static float[] LastAxisFastest(float[] numbers, int[] shape)
    {
        float[] turned = new float[numbers.Length];
        int[] place = new int[shape.Length];
        int[] steps = new int[shape.Length];
        for (int axis = shape.Length - 1, step = 1; axis >= 0; step *= shape[axis--]) steps[axis] = step;
        int to = 0;
        foreach (float number in numbers)
        {
            turned[to] = number;
            for (int axis = 0; axis < shape.Length; axis++)
            {
                to += steps[axis];
                if (++place[axis] < shape[axis]) break;
                to -= steps[axis] * shape[axis];
                place[axis] = 0;
            }
        }

        return turned;
    }

    private static Tensor<float> Named(string name, Func<Tensor<float>> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name}: {exception.Message}", exception);
        }
    }
}
