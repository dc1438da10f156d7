namespace CompiledNets.Harness;

/// <summary>
/// Finds the folders that are too large for the repository and lie in <c>shared</c> beside it, or where a variable names another.
/// </summary>
public static class SharedFolder
{
    /// <summary>The folder, or null where it is absent.</summary>
    /// <param name="name">Its name in <c>shared</c>: <c>data</c>, <c>keras-goldens/files-old</c>.</param>
    public static string? Find(string name)
    {
        string? named = Environment.GetEnvironmentVariable(Variable(name));
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? named : null;
        string beside = Path.Combine(RepositoryRoot, "..", "shared", name);
        return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
    }

    /// <summary>Why a test that needs the folder does not run.</summary>
    public static string WhyAbsent(string name) =>
        $"There is no folder ../shared/{name} beside the repository, and {Variable(name)} names none.";

    /// <summary>The folder that the solution lies in.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    private static string Variable(string name) => "COMPILEDNETS_" + name.Replace('-', '_').Replace('/', '_').ToUpperInvariant();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CompiledNets.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException(
            "The tests do not lie in a clone of the repository: no CompiledNets.slnx above " + AppContext.BaseDirectory);
    }
}
