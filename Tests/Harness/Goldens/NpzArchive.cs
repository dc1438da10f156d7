using System.IO.Compression;

namespace CompiledNets.Harness.Goldens;

/// <summary>NumPy's <c>.npz</c> form: a zip of <c>.npy</c> files.</summary>
public static class NpzArchive
{
    /// <summary>Reads all arrays of the file, by entry name without <c>.npy</c>.</summary>
    /// <exception cref="InvalidDataException">The file or one of its arrays cannot be read.</exception>
    public static Dictionary<string, NamedArray> Read(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        Dictionary<string, NamedArray> arrays = new(zip.Entries.Count, StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal)) continue;
            byte[] file = new byte[entry.Length];
            using Stream stream = entry.Open();
            stream.ReadExactly(file);
            string name = entry.FullName[..^".npy".Length];
            arrays.Add(name, NpyReader.Read(name, file));
        }

        return arrays;
    }
}
