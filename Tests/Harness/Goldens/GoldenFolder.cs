namespace CompiledNets.Harness.Goldens;

/// <summary>
/// The folder of numbers that real Keras computed: <c>Tests/Goldens</c>, or the one of the same form that <c>COMPILEDNETS_GOLDENS</c>
/// names.
/// </summary>
public static class GoldenFolder
{
    /// <summary>The folder's full path.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none: nothing is skipped for want of it.</exception>
    public static string FullPath { get; } = Find();

    private static string Find()
    {
        string? named = Environment.GetEnvironmentVariable("COMPILEDNETS_GOLDENS");
        string folder = string.IsNullOrEmpty(named) ? Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Goldens")
            : Path.GetFullPath(named);
        return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"There is no folder of goldens at {folder}.");
    }
}
