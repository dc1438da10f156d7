using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CompiledNets.Generator.Kernels;
using Microsoft.CodeAnalysis.CSharp;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>A kernel with its body as text.</summary>
internal sealed record PrintedKernel(Kernel Kernel, string Text);

/// <summary>
/// Kernels whose texts differ in whole numbers alone, printed as one: the numbers that differ become parameters, called as the kernel's
/// summary calls them (<c>for 64 channels</c>), or products and sums of those where all kernels agree on it. Numbers in which all agree
/// stay, and so do the register tiles, whose numbers are their shape.
/// </summary>
internal sealed class KernelFamily
{
    /// <summary>
    /// So many kernels are one method, or fewer where it saves so many characters: the others keep their numbers, which the JIT can fold.
    /// </summary>
    private const int Many = 3, MuchSaved = 1000;

    /// <summary>Most that is added to a size to make a number of it.</summary>
    private const int MostAdded = 64;

    // Whole numbers, those of a float too, that are no part of a name or of another number.
    private static readonly Regex Number = new(@"(?<![\w.])(?<!E[-+])\d{1,9}(?=f?(?!\w)(?!\.\d))", RegexOptions.CultureInvariant);

    // What is a constant to the compiler stays one.
    private static readonly Regex ConstantOrNumber = new(@"\bconst [^;]*;|" + Number, RegexOptions.CultureInvariant);

    // What a number is a number of.
    private static readonly Regex Word = new(@"\G ([a-z]{3,})\b", RegexOptions.CultureInvariant);

    private readonly IReadOnlyList<PrintedKernel> kernels;
    private readonly List<SizeParameter> known = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken;

    /// <summary>Prints kernels as one.</summary>
    public KernelFamily(IReadOnlyList<PrintedKernel> kernels)
    {
        this.kernels = kernels;
        Kernel first = kernels[0].Kernel;
        (Summary, Text) = (first.Summary, kernels[0].Text);
        taken = new(StringComparer.Ordinal);
        if (kernels.Count == 1) return;
        string code = Regex.Replace(Text, "//.*", "");
        foreach (Match word in Regex.Matches(first.Parameters + " " + code, @"[A-Za-z_]\w*")) taken.Add(word.Value);
        int[][] inSummary = Columns(kernel => kernel.Kernel.Summary), inText = Columns(kernel => kernel.Text);
        NameAfterSummary(inSummary, inText);
        // The smallest first, of which larger ones are made.
        Match[] numbers = [.. Number.Matches(Text).Cast<Match>()];
        foreach (int i in Enumerable.Range(0, inText.Length).Where(i => Differs(inText[i])).OrderBy(i => inText[i].Max()))
            if (Expression(inText[i]) is null) Add(Free(NameByLoop(numbers[i].Index)), inText[i]);
        Text = Replace(Text, inText, values => Expression(values)!);
        Sizes = [.. known.Where(size => used.Contains(size.Name))];
        // Numbers of something are all of it: for 64 channels, for channels.
        Summary = Replace(Summary, inSummary, values => Expression(values) ?? "n", Word);
    }

    /// <summary>The equation.</summary>
    public string Summary { get; }

    /// <summary>The body.</summary>
    public string Text { get; }

    /// <summary>The sizes that it takes, in the order of parameters.</summary>
    public IReadOnlyList<SizeParameter> Sizes { get; } = [];

    /// <summary>Which of some kernels are printed as one, by their numbers, in the order of the first of each.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="areShared">Whether there are any that share a method.</param>
    public static IEnumerable<IReadOnlyList<int>> Of(IReadOnlyList<PrintedKernel> kernels, bool areShared)
    {
        IEnumerable<int> all = Enumerable.Range(0, kernels.Count);
        if (!areShared) return all.Select(i => (IReadOnlyList<int>)[i]);
        return all.GroupBy(i => Skeleton(kernels[i]), StringComparer.Ordinal)
            .SelectMany(group => group.Count() < Many && (group.Count() - 1) * kernels[group.First()].Text.Length < MuchSaved
                ? group.Select(i => (IReadOnlyList<int>)[i]) : [[.. group]])
            .OrderBy(members => members[0]);
    }

    private static string Skeleton(PrintedKernel kernel) => kernel.Kernel.Role + "\n" + kernel.Kernel.Parameters + "\n"
        + Number.Replace(kernel.Kernel.Summary, "#") + "\n"
        + ConstantOrNumber.Replace(kernel.Text, match => match.Value[0] == 'c' ? match.Value : "#");

    private static bool Differs(int[] values) => values.Any(value => value != values[0]);

    // By number of a text, what each kernel has there.
    private int[][] Columns(Func<PrintedKernel, string> text)
    {
        int[][] rows = [.. kernels.Select(kernel => Number.Matches(text(kernel)).Cast<Match>()
            .Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray())];
        return [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Select(row => row[i]).ToArray())];
    }

    private void NameAfterSummary(int[][] inSummary, int[][] inText)
    {
        int i = -1;
        foreach (Match number in Number.Matches(Summary))
        {
            int[] values = inSummary[++i];
            Match word = Word.Match(Summary, number.Index + number.Length);
            // What the text does not have is no parameter.
            if (!word.Success || !Differs(values) || known.Exists(size => size.Values.SequenceEqual(values))
                || !inText.Any(column => column.SequenceEqual(values))) continue;
            Add(Free(word.Groups[1].Value), values);
        }
    }

    private void Add(string name, IReadOnlyList<int> values) => known.Add(new(name, values));

    // The loop that a number bounds: j < 64.
    private string NameByLoop(int index)
    {
        Match loop = Regex.Match(Text.Substring(0, index), @"\b([A-Za-z_]\w*) < $");
        return loop.Success ? loop.Groups[1].Value + "Count" : "size";
    }

    private string Free(string wanted)
    {
        string name = SyntaxFacts.GetKeywordKind(wanted) == SyntaxKind.None ? wanted : wanted + "Count";
        if (taken.Contains(name) && !name.EndsWith("Count", StringComparison.Ordinal) && name != "size") name += "Count";
        string free = name;
        for (int i = 2; !taken.Add(free); i++) free = name + Int(i);
        return free;
    }

    private static string Replace(string text, int[][] columns, Func<int[], string> expression, Regex? instead = null)
    {
        var replaced = new StringBuilder(text.Length);
        int from = 0, i = 0;
        foreach (Match number in Number.Matches(text))
        {
            int[] values = columns[i++];
            if (!Differs(values)) continue;
            replaced.Append(text, from, number.Index - from);
            from = number.Index + number.Length;
            if (instead?.Match(text, from) is { Success: true } word)
            {
                replaced.Append(word.Groups[1].Value);
                from += word.Length;
                continue;
            }

            bool isFloat = from < text.Length && text[from] == 'f';
            replaced.Append(isFloat ? "(float)" : "").Append(expression(values));
            from += isFloat ? 1 : 0;
        }

        return replaced.Append(text, from, text.Length - from).ToString();
    }

    // A number in terms of the sizes that are known; null where it is nothing of them.
    private string? Expression(int[] values)
    {
        foreach (SizeParameter size in known)
            if (size.Values.SequenceEqual(values)) return Use(size.Name, size);
        foreach (SizeParameter size in known)
            if (Factor(values, size.Values) is > 1 and var factor) return Use($"({size.Name} * {Int(factor)})", size);
        foreach (SizeParameter size in known)
        {
            int added = values[0] - size.Values[0];
            if (Math.Abs(added) > MostAdded || !values.Zip(size.Values, (value, of) => value - of == added).All(same => same)) continue;
            return Use(added > 0 ? $"({size.Name} + {Int(added)})" : $"({size.Name} - {Int(-added)})", size);
        }

        for (int a = 0; a < known.Count; a++)
        {
            for (int b = a; b < known.Count; b++)
            {
                int[]? product = [.. known[a].Values.Zip(known[b].Values, (one, other) => unchecked(one * other))];
                if (Factor(values, product) is not (>= 1 and var factor)) continue;
                return Use($"({known[a].Name} * {known[b].Name}{(factor > 1 ? $" * {Int(factor)}" : "")})", known[a], known[b]);
            }
        }

        return null;
    }

    private string Use(string expression, params SizeParameter[] sizes)
    {
        foreach (SizeParameter size in sizes) used.Add(size.Name);
        return expression;
    }

    // What all sizes are multiplied by to get the numbers; 0 where they are not.
    private static int Factor(int[] values, IReadOnlyList<int> sizes)
    {
        if (sizes.Any(size => size <= 0)) return 0;
        int factor = values[0] / sizes[0];
        return values.Zip(sizes, (value, size) => (long)size * factor == value).All(same => same) ? factor : 0;
    }
}

/// <summary>A size that a kernel takes.</summary>
/// <param name="Name">Its parameter.</param>
/// <param name="Values">By kernel, how large it is.</param>
internal sealed record SizeParameter(string Name, IReadOnlyList<int> Values);
