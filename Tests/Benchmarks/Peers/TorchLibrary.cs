using System.Diagnostics;
using System.Runtime.InteropServices;
using CompiledNets.Harness;
using TorchSharp;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Whether libtorch loads here, and the help it needs where it does not.</summary>
internal static class TorchLibrary
{
    private const string Preload = "LD_PRELOAD";
    private const string HelperFolder = "tools";
    private const string Helper = "torchsharp-on-debian12";

    /// <summary>Why it does not load; null where it does.</summary>
    public static string? Problem { get; } = Load();

    /// <summary>
    /// Where libtorch is too new for the system's C++ library and the folder <c>tools</c> beside the repository has the remedy, runs the program once more with it. Gives the exit code of that
    /// run; null where this process is the one to go on.
    /// </summary>
    public static int? Restart(string[] args)
    {
        if (Problem is null || !OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Preload) is not null) return null;
        if (SharedFolder.Find(HelperFolder) is not { } folder || !File.Exists(Path.Combine(folder, Helper))) return null;
        ProcessStartInfo helper = new(Path.Combine(folder, Helper), [AppContext.BaseDirectory]) { RedirectStandardOutput = true };
        string library;
        using (Process process = Process.Start(helper)!)
        {
            library = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode != 0 || library.Length == 0) return null;
        }

        using Process again = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ProgramArguments.ForThisProgram(args)) { Environment = { [Preload] = library } })!;
        again.WaitForExit();
        return again.ExitCode;
    }

    private static string? Load()
    {
        TextWriter output = Console.Out;
        try
        {
            // Where it fails, TorchSharp prints pages.
            Console.SetOut(TextWriter.Null);
            torch.set_num_threads(1);
            return null;
        }
        catch (Exception problem) when (problem is TypeInitializationException or NotSupportedException or DllNotFoundException)
        {
            return Reason();
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    // TorchSharp guesses; the system's loader knows.
    private static string Reason()
    {
        try
        {
            NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
            return "TorchSharp refuses it";
        }
        catch (DllNotFoundException problem)
        {
            return problem.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(line => line.Contains("version", StringComparison.Ordinal)) ?? problem.Message;
        }
    }
}
