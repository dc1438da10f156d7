namespace CompiledNets.Files;

/// <summary>Streams as bytes.</summary>
internal static class StreamBytes
{
    /// <summary>All bytes from here to the end.</summary>
    /// <exception cref="InvalidDataException">There are more than an array holds.</exception>
    public static byte[] ToEnd(Stream stream)
    {
        if (stream.CanSeek)
        {
            long length = stream.Length - stream.Position;
            if (length > Array.MaxLength)
                throw new InvalidDataException(
                    $"the stream has {length} bytes, more than the {Array.MaxLength} that memory takes at once.");
            byte[] bytes = new byte[length];
            stream.ReadExactly(bytes);
            return bytes;
        }

        using MemoryStream memory = new();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
