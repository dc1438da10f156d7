using System.Globalization;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Ops;

/// <summary>Windows along an axis: for each result a run of elements.</summary>
/// <param name="Runs">For each result the first element, and the one after the last.</param>
/// <param name="First">The first element as C#, with {0} for the number of the result.</param>
/// <param name="End">The element after the last.</param>
internal sealed record Windows((int First, int End)[] Runs, string First, string End)
{
    /// <summary>Elements of every window where all have as many; else null.</summary>
    public int? Length => Runs.All(run => run.End - run.First == Runs[0].End - Runs[0].First) ? Runs[0].End - Runs[0].First : null;

    /// <summary>The first element of a result, as C#.</summary>
    public string FirstOf(string result) => string.Format(CultureInfo.InvariantCulture, First, result);

    /// <summary>The element after the last of a result, as C#.</summary>
    public string EndOf(string result) => string.Format(CultureInfo.InvariantCulture, End, result);
}

/// <summary>How an axis is pooled: the elements of each window, and for each element the windows that have it.</summary>
/// <param name="Size">Elements.</param>
/// <param name="Windows">The elements of each window.</param>
/// <param name="Readers">The windows of each element.</param>
internal sealed record PooledAxis(int Size, Windows Windows, Windows Readers)
{
    /// <summary>Windows.</summary>
    public int Count => Windows.Runs.Length;

    /// <summary>Windows of one length, a stride apart; what of them lies beyond the elements is left out.</summary>
    /// <param name="size">Elements.</param>
    /// <param name="length">Elements of a window.</param>
    /// <param name="stride">From window to window.</param>
    /// <param name="before">Places before the first element that the first window has.</param>
    /// <param name="count">Windows.</param>
    public static PooledAxis Strided(int size, int length, int stride, int before, int count)
    {
        (int, int)[] runs =
        [
            .. Enumerable.Range(0, count).Select(o => (o * stride) - before)
                .Select(start => (Math.Max(0, start), Math.Min(size, start + length))),
        ];
        int reach = before - length + stride;
        (int, int)[] readers =
        [
            .. Enumerable.Range(0, size).Select(i => (Math.Max(0, (i + reach) / stride), Math.Min(count, ((i + before) / stride) + 1))),
        ];
        string start = stride == 1 ? "{0}" : $"({{0}} * {Int(stride)})", last = Over(Plus("{0}", before), stride);
        return new(size,
            new(runs, before == 0 ? start : AtLeast(Plus(start, -before)), AtMost(size, Plus(start, length - before))),
            new(readers, AtLeast(Over(Plus("{0}", reach), stride)), AtMost(count, Plus(last, 1))));
    }

    /// <summary>So many windows that have all elements between them.</summary>
    public static PooledAxis Adaptive(int size, int count) => new(size, Spans(size, count), Spans(count, size));

    // Of n elements, window i of m begins with element i n / m, rounded down, and ends before (i + 1) n / m, rounded up.
    private static Windows Spans(int n, int m) => new(
        [.. Enumerable.Range(0, m).Select(i => ((int)((long)i * n / m), (int)((((i + 1L) * n) + m - 1) / m)))],
        $"(int)({{0}} * {Int(n)}L / {Int(m)})", $"(int)(((({{0}} + 1) * {Int(n)}L) + {Int(m - 1)}) / {Int(m)})");

    private static string AtLeast(string text) => $"global::System.Math.Max(0, {text})";

    private static string AtMost(int most, string text) => $"global::System.Math.Min({Int(most)}, {text})";

    private static string Plus(string text, int number) => number switch
    {
        0 => text,
        > 0 => $"({text} + {Int(number)})",
        _ => $"({text} - {Int(-number)})",
    };

    private static string Over(string text, int number) => number == 1 ? text : $"({text} / {Int(number)})";
}
