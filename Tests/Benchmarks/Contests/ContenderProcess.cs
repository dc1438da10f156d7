using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CompiledNets.Benchmarks.Peers;

namespace CompiledNets.Benchmarks.Contests;

/// <summary>
/// The process of a contender, seen by the one that gives turns. It works only between a question and its answer, so that no thread, no
/// allocation and no cache line of it is in the turn of another but for what the turn's head makes good.
/// </summary>
internal sealed class ContenderProcess : IDisposable
{
    private readonly Assignment assignment;
    private readonly Process process;

    /// <summary>Starts it, and waits until it is ready.</summary>
    public ContenderProcess(Assignment assignment)
    {
        this.assignment = assignment;
        IEnumerable<string> args = ProgramArguments.ForThisProgram([ContenderLoop.Face, .. assignment.Arguments]);
        ProcessStartInfo start = new(Environment.ProcessPath!, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (assignment.Side == Side.TorchSharp) TorchPreload.Prepare(start);
        process = Process.Start(start)!;
        string[] words = Answer().Split(' ', 2);
        if (words[0] == ContenderLoop.Absent) Problem = words[1];
        else Version = words[1];
    }

    /// <summary>What does the work, with its version.</summary>
    public string Version { get; } = "";

    /// <summary>Why it cannot run here; null where it can.</summary>
    public string? Problem { get; }

    /// <summary>The outputs of the first batch.</summary>
    public float[] FirstOutputs() => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(Ask(ContenderLoop.Outputs))).ToArray();

    /// <summary>Lets it work a number of times.</summary>
    public void Work(int times) => Ask($"{ContenderLoop.Work} {times}");

    /// <summary>Gives it a turn; see <see cref="Measuring.Readings.Take"/>.</summary>
    public double[] Turn(TimeSpan warmUp, TimeSpan time)
    {
        string answer = Ask(string.Create(CultureInfo.InvariantCulture, $"{ContenderLoop.Turn} {warmUp.TotalSeconds} {time.TotalSeconds}"));
        return [.. answer.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
    }

    public void Dispose()
    {
        // It ends when there is nothing more to read.
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private string Ask(string question)
    {
        process.StandardInput.WriteLine(question);
        process.StandardInput.Flush();
        return Answer();
    }

    private string Answer() => process.StandardOutput.ReadLine() ??
        throw new InvalidOperationException($"The process of {assignment.Side} for {assignment.Name} ended.");
}
