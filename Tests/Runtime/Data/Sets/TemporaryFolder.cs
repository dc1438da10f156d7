namespace CompiledNets.Tests.Data;

/// <summary>A folder for a test, which is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string FullPath { get; } = Directory.CreateTempSubdirectory("compilednets").FullName;

    /// <summary>Writes a file into it.</summary>
    public string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(FullPath, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
