using CompiledNets.Generator.Kernels;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// The kernels of a generated class, and after them the leaves that they call; each text is printed once, whoever asks for it.
/// </summary>
/// <param name="access">Who may call a kernel: <c>private</c>.</param>
/// <param name="before">Kernels of the network that stand elsewhere: numbers go on after them.</param>
/// <param name="isInlined">Whether kernels are parts of the method that calls them.</param>
internal sealed class KernelSection(string access, int before = 0, bool isInlined = false)
{
    private const string Inlined = "[@MethodImpl(MethodImplOptions.AggressiveInlining)]", Apart = "[@MethodImpl(Optimized)]";

    private readonly CodeWriter kernels = new();
    private readonly CodeWriter leaves = new();
    private readonly Dictionary<string, string> printed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> printedLeaves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> leafNames = new(StringComparer.Ordinal);

    /// <summary>How many kernels there are.</summary>
    public int Count => printed.Count;

    /// <summary>Prints a kernel unless one with the same text stands there already, and gives its name.</summary>
    public string Method(Kernel kernel)
    {
        string text = kernel.Text(Leaf), key = kernel.Parameters + "\n" + text;
        if (printed.TryGetValue(key, out string? name)) return name;
        name = printed[key] = $"_{Int(before + printed.Count + 1)}_{Identifier.Of(kernel.Layer)}_{kernel.Role}";
        kernels.Line().Summary($"{kernel.Layer}: {kernel.Summary}");
        kernels.Line(isInlined ? Inlined : Apart);
        kernels.Open($"{access} static void {name}({kernel.Parameters})").Lines(text).Close();
        return name;
    }

    /// <summary>Writes all of it.</summary>
    public void WriteTo(CodeWriter writer)
    {
        writer.Lines(kernels.ToString());
        if (printedLeaves.Count > 0) writer.Lines(leaves.ToString());
    }

    // Other leaves of a name get a number after it.
    private string Leaf(Leaf leaf)
    {
        string text = leaf.Text, key = leaf.Name + "\n" + leaf.Parameters + "\n" + text;
        if (printedLeaves.TryGetValue(key, out string? name)) return name;
        leafNames[leaf.Name] = leafNames.TryGetValue(leaf.Name, out int others) ? others + 1 : 1;
        name = printedLeaves[key] = others == 0 ? leaf.Name : $"{leaf.Name}_{Int(others + 1)}";
        leaves.Line().Summary(leaf.Summary);
        leaves.Line(leaf.IsInlined ? Inlined : Apart);
        leaves.Open($"private static {leaf.Returns} {name}({leaf.Parameters})").Lines(text).Close();
        return name;
    }
}
