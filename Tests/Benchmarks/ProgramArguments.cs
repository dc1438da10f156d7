namespace CompiledNets.Benchmarks;

/// <summary>How the program starts itself once more.</summary>
internal static class ProgramArguments
{
    /// <summary>
    /// The arguments for <see cref="Environment.ProcessPath"/> that run this program: under <c>dotnet</c> its file comes first.
    /// </summary>
    public static IEnumerable<string> ForThisProgram(IEnumerable<string> args) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0], .. args] : args;
}
