using System.Diagnostics;
using CompiledNets.Harness;

namespace CompiledNets.Tests;

/// <summary>The program that tests kill. A project whose tests start it builds it: a reference without its assembly.</summary>
internal static class InterruptedProgram
{
    /// <summary>Starts it; what it writes is read by the caller.</summary>
    public static Process Start(params string[] arguments)
    {
        string output = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!);
        string program =
            Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Interrupted", "bin", output, "net10.0", "CompiledNets.Interrupted.dll");
        ProcessStartInfo start =
            new("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }
}
