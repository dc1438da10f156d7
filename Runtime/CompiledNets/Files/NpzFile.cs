using System.IO.Compression;
using System.Numerics.Tensors;

namespace CompiledNets.Files;

/// <summary>NumPy's <c>.npz</c> files: tensors by name, in a zip of <see cref="NpyFile"/>s.</summary>
public static class NpzFile
{
    private const string Ending = ".npy";

    /// <summary>Reads all tensors of a file, in its order.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no <c>.npz</c> file, damaged, cut off, or holds something else than plain numbers.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor<float>> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, path);
    }

    /// <summary>Reads all tensors of a file that is a resource of the program, say.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no <c>.npz</c> file, damaged, cut off, or holds something else than plain numbers.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor<float>> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, "the stream");
    }

    /// <summary>Writes tensors to a file; one that is there is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors, in this order.</param>
    /// <param name="compress">
    /// Whether they are compressed, as <c>numpy.savez_compressed</c> does. Default: false, as <c>numpy.savez</c>.
    /// </param>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor<float>>> tensors, bool compress = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        NamedNumbers[] all = [.. tensors.Select(tensor => NamedNumbers.Of(tensor.Key, tensor.Value))];
        if (all.GroupBy(numbers => numbers.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two tensors have the name '{twice.Key}'.", nameof(tensors));
        AtomicFile.Write(path, stream =>
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (NamedNumbers numbers in all)
            {
                ZipArchiveEntry entry =
                    zip.CreateEntry(numbers.Name + Ending, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                using Stream member = entry.Open();
                NpyFile.Write(member, numbers);
            }
        });
    }

    private static Dictionary<string, Tensor<float>> Read(Stream stream, string name)
    {
        Dictionary<string, Tensor<float>> tensors = new(StringComparer.Ordinal);
        try
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                string tensor = entry.FullName.EndsWith(Ending, StringComparison.Ordinal) ? entry.FullName[..^Ending.Length]
                    : entry.FullName;
                ZipMembers.CheckSize(entry);
                using Stream member = entry.Open();
                if (!tensors.TryAdd(tensor, Member(member, entry))) throw new InvalidDataException($"two tensors '{tensor}'.");
            }
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name}: {exception.Message}", exception);
        }

        return tensors;
    }

    private static Tensor<float> Member(Stream stream, ZipArchiveEntry entry)
    {
        try
        {
            return NpyFile.Read(stream, entry.Length);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"'{entry.FullName}' is {exception.Message}", exception);
        }
    }
}
