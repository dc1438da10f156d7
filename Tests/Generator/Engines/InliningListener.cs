using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using CompiledNets.Numerics;

namespace CompiledNets.Generator.Tests.Engines;

/// <summary>
/// Listens to the runtime's event that the JIT did not inline a call. A lane operation that stays a call costs 10 to 30 times its time,
/// silently.
/// </summary>
internal sealed class InliningListener : EventListener
{
    private const EventKeywords JitTracing = (EventKeywords)0x1000;

    // Nobody runs with vectors that the machine does not have; each operation on them is several.
    private static readonly string[] TooWide =
        [.. new[] { LaneWidth.Lanes512, LaneWidth.Lanes256 }.Where(width => width > LaneWidths.Best).Select(width => width.ToString())];

    private int refused;

    /// <summary>Lane operations that stayed calls in generated methods, and why.</summary>
    public ConcurrentBag<string> Failures { get; } = [];

    /// <summary>How many calls of any kind stayed calls in generated methods: none would mean that their names have changed.</summary>
    public int Refused => refused;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Verbose, JitTracing);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName is not { } name || !name.StartsWith("MethodJitInliningFailed", StringComparison.Ordinal)) return;
        string compiled = Text("MethodBeingCompiledNamespace"), inlinee = Text("InlineeNamespace");
        // These are leaves themselves: what they do takes much longer than a call, and nothing is in registers around them.
        bool isLeaf = Text("InlineeName") is "Transpose" or "GatherRows" or "Uniform" or "Normal"
            || inlinee.EndsWith(".TableRows", StringComparison.Ordinal) || inlinee.EndsWith(".WinogradTiles", StringComparison.Ordinal);
        bool isLaneOperation = inlinee.StartsWith("CompiledNets.Numerics.", StringComparison.Ordinal) && !isLeaf;
        if (TooWide.Any(width => compiled.Contains(width, StringComparison.Ordinal))) return;
        bool isGenerated = compiled.Contains("Program`2", StringComparison.Ordinal) || compiled.Contains("Row`1", StringComparison.Ordinal);
        if (isGenerated) Interlocked.Increment(ref refused);
        if (isGenerated && isLaneOperation)
            Failures.Add($"{compiled}.{Text("MethodBeingCompiledName")}: {inlinee}.{Text("InlineeName")}: {Text("FailReason")}");

        string Text(string payload) =>
            eventData.PayloadNames?.IndexOf(payload) is >= 0 and int at ? eventData.Payload?[at]?.ToString() ?? "" : "";
    }
}
