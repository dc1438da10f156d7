using System.Globalization;
using System.Runtime.InteropServices;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Peers;

namespace CompiledNets.Benchmarks.Contests;

/// <summary>
/// What the process of a contender does: reads a line, does what it says, comes to rest, and answers with a line. While it reads, the
/// turn is another's.
/// </summary>
internal static class ContenderLoop
{
    /// <summary>The command that such a process starts with; the arguments of an <see cref="Assignment"/> follow.</summary>
    public const string Face = "contender";

    /// <summary>First word of the answer to the start: the version follows.</summary>
    public const string Ready = "ready";

    /// <summary>First word of the answer to the start where the side cannot run here: the reason follows.</summary>
    public const string Absent = "absent";

    /// <summary>Asks for the outputs of the first batch.</summary>
    public const string Outputs = "outputs";

    /// <summary>Asks for the work a number of times.</summary>
    public const string Work = "work";

    /// <summary>Asks for a turn: seconds that are not counted, and seconds that are.</summary>
    public const string Turn = "turn";

    /// <summary>Is such a process; gives the exit code.</summary>
    public static int Run(ReadOnlySpan<string> args)
    {
        Assignment assignment = Assignment.Parse(args);
        if (assignment.Problem is { } problem)
        {
            Console.WriteLine($"{Absent} {problem}");
            return 0;
        }

        using Contender contender = assignment.Create();
        Readings readings = new(contender.Run);
        Rest.Await();
        Console.WriteLine($"{Ready} {contender.Version}");
        while (Console.ReadLine() is { } line)
        {
            string answer = Answer(line.Split(' '), contender, readings);
            Rest.Await();
            Console.WriteLine(answer);
        }

        return 0;
    }

    private static string Answer(string[] words, Contender contender, Readings readings)
    {
        switch (words)
        {
            case [Outputs]:
                return Convert.ToBase64String(MemoryMarshal.AsBytes<float>(contender.FirstOutputs()));
            case [Work, string times]:
                contender.Run(int.Parse(times, CultureInfo.InvariantCulture));
                return "";
            case [Turn, string warmUp, string time]:
                double[] seconds = readings.Take(Seconds(warmUp), Seconds(time));
                return string.Join(' ', seconds.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
            default:
                throw new InvalidOperationException($"A contender does not know '{string.Join(' ', words)}'.");
        }
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
