using CompiledNets.Benchmarks.Peers;

namespace CompiledNets.Benchmarks.Contests;

/// <summary>The processes of a contest.</summary>
internal sealed class Contenders : IDisposable
{
    private readonly List<ContenderProcess> all = [];
    private readonly List<ContenderProcess> present = [];
    private readonly List<string> absent = [];

    /// <summary>Starts them, one after the other.</summary>
    public Contenders(IEnumerable<Assignment> assignments)
    {
        foreach (Assignment assignment in assignments)
        {
            ContenderProcess process = new(assignment);
            all.Add(process);
            if (process.Problem is { } problem) absent.Add($"{assignment.Side} absent: {problem}");
            else present.Add(process);
        }
    }

    /// <summary>Those that can run here, in their order.</summary>
    public IReadOnlyList<ContenderProcess> Present => present;

    /// <summary>Those that cannot, and why.</summary>
    public IReadOnlyList<string> Absent => absent;

    public void Dispose()
    {
        foreach (ContenderProcess process in all) process.Dispose();
    }
}
