using System.Globalization;
using System.Text;
using CompiledNets.Generator.Kernels;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// The kernels of a generated class, and after them the leaves that they call; each text is printed once, whoever asks for it. Kernels that
/// differ in sizes alone are one method that takes those, where there are enough of them (<see cref="KernelFamily"/>).
/// </summary>
/// <param name="access">Who may call a kernel: <c>private</c>.</param>
/// <param name="isInlined">Whether kernels are parts of the method that calls them; each has its own sizes then.</param>
/// <param name="mark">
/// A character of private use that calls are marked with until all kernels are known, which <see cref="Settle"/> ends.
/// </param>
internal sealed class KernelSection(string access, char mark, bool isInlined = false)
{
    private const string Inlined = "[@MethodImpl(MethodImplOptions.AggressiveInlining)]", Apart = "[@MethodImpl(Optimized)]";

    private readonly CodeWriter kernels = new();
    private readonly CodeWriter leaves = new();
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<PrintedKernel> asked = [];
    private readonly Dictionary<string, string> printedLeaves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> leafNames = new(StringComparer.Ordinal);
    private (string Name, string Sizes)[] calls = [];

    /// <summary>How many methods there are, once it is settled.</summary>
    public int Count { get; private set; }

    /// <summary>A call of a kernel, which <see cref="Resolve"/> finishes.</summary>
    public string Call(Kernel kernel, IEnumerable<string> arguments)
    {
        string text = kernel.Text(Leaf), key = kernel.Parameters + "\n" + text;
        if (!numbers.TryGetValue(key, out int number))
        {
            numbers[key] = number = asked.Count;
            asked.Add(new(kernel, text));
        }

        string placeholder = $"{mark}{Int(number)}{mark}";
        return $"{placeholder}({string.Join(", ", arguments)}{placeholder})";
    }

    /// <summary>Prints the kernels that were asked for.</summary>
    /// <param name="before">Kernels of the network that stand elsewhere: numbers go on after them.</param>
    public void Settle(int before)
    {
        calls = new (string, string)[asked.Count];
        foreach (IReadOnlyList<int> members in KernelFamily.Of(asked, areShared: !isInlined))
        {
            KernelFamily family = new([.. members.Select(member => asked[member])]);
            Kernel first = asked[members[0]].Kernel;
            string name = $"_{Int(before + ++Count)}_{Identifier.Of(first.Layer)}_{first.Role}";
            string others = members.Count == 1 ? "" : $" and {Int(members.Count - 1)} more of its kind";
            kernels.Line().Summary($"{first.Layer}{others}: {family.Summary}");
            kernels.Line(isInlined ? Inlined : Apart);
            string parameters = first.Parameters + string.Concat(family.Sizes.Select(size => ", int " + size.Name));
            kernels.Open($"{access} static void {name}({parameters})").Lines(family.Text).Close();
            for (int i = 0; i < members.Count; i++)
                calls[members[i]] = (name, string.Concat(family.Sizes.Select(size => $", {size.Name}: {Int(size.Values[i])}")));
        }
    }

    /// <summary>Text with calls, finished: with the names of the kernels, and the sizes that they take.</summary>
    public string Resolve(string text)
    {
        var resolved = new StringBuilder(text.Length);
        for (int from = 0; ;)
        {
            int start = text.IndexOf(mark, from);
            if (start < 0) return resolved.Append(text, from, text.Length - from).ToString();
            int end = text.IndexOf(mark, start + 1);
            (string name, string sizes) = calls[int.Parse(text.Substring(start + 1, end - start - 1), CultureInfo.InvariantCulture)];
            resolved.Append(text, from, start - from).Append(text[end + 1] == '(' ? name : sizes);
            from = end + 1;
        }
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
