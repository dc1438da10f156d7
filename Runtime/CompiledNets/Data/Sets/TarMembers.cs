using System.Formats.Tar;
using System.IO.Compression;

namespace CompiledNets.Data;

/// <summary>Files of a <c>.tar.gz</c>.</summary>
internal static class TarMembers
{
    /// <summary>Reads those that are wanted, by their names without folders.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="names">The names.</param>
    /// <exception cref="InvalidDataException">It is no such archive, damaged, or cut off.</exception>
    public static Dictionary<string, byte[]> Read(string path, IReadOnlyCollection<string> names)
    {
        Dictionary<string, byte[]> members = new(StringComparer.Ordinal);
        try
        {
            using FileStream file = File.OpenRead(path);
            using GZipStream stream = new(file, CompressionMode.Decompress);
            using TarReader tar = new(stream);
            while (tar.GetNextEntry() is { } entry)
            {
                string name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
                if (entry.DataStream is null || !names.Contains(name)) continue;
                using MemoryStream copy = new();
                entry.DataStream.CopyTo(copy);
                if (copy.Length < entry.Length) throw new EndOfStreamException();
                members[name] = copy.ToArray();
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"{path}: expected a .tar.gz archive. It is another file, damaged or cut off.", exception);
        }

        return members;
    }
}
