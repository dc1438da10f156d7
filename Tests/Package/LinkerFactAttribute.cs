namespace CompiledNets.Package.Tests;

/// <summary>A test that makes a native program; where there is no linker it is skipped with the reason.</summary>
internal sealed class LinkerFactAttribute : FactAttribute
{
    /// <summary>Looks for a linker.</summary>
    public LinkerFactAttribute() => Skip = HasLinker() ? null : "NativeAOT needs a linker: clang or gcc, or Visual Studio's tools for C++.";

    private static bool HasLinker()
    {
        if (OperatingSystem.IsWindows())
            return File.Exists(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft Visual Studio",
                "Installer", "vswhere.exe"));
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
    }
}
