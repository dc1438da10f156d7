using System.Runtime.InteropServices;
using TorchSharp;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Whether libtorch loads in this process. To ask is to load it.</summary>
internal static class TorchLibrary
{
    /// <summary>Why it does not load; null where it does.</summary>
    public static string? Problem { get; } = Load();

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
            string[] lines = problem.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.FirstOrDefault(line => line.Contains("version", StringComparison.Ordinal)) ?? lines[0];
        }
    }
}
