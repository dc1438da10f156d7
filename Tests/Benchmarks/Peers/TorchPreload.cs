using System.Diagnostics;
using CompiledNets.Harness;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>
/// Where libtorch is too new for the system's C++ library and the folder <c>tools</c> beside the repository has the remedy: a library
/// that processes with libtorch load first.
/// </summary>
internal static class TorchPreload
{
    private const string Variable = "LD_PRELOAD";
    private const string HelperFolder = "tools";
    private const string Helper = "torchsharp-on-debian12";

    private static readonly Lazy<string> Library = new(Find);

    /// <summary>Readies the start of a process for libtorch.</summary>
    public static void Prepare(ProcessStartInfo start)
    {
        if (Library.Value.Length > 0) start.Environment[Variable] = Library.Value;
    }

    // The helper prints the library's path, and nothing where none is needed.
    private static string Find()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Variable) is not null) return "";
        if (SharedFolder.Find(HelperFolder) is not { } folder || !File.Exists(Path.Combine(folder, Helper))) return "";
        ProcessStartInfo helper = new(Path.Combine(folder, Helper), [AppContext.BaseDirectory]) { RedirectStandardOutput = true };
        using Process process = Process.Start(helper)!;
        string library = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? library : "";
    }
}
