using System.Text.RegularExpressions;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// An equation of axes for an input and a kernel, <c>abc,cde->abde</c>, with the sizes of a call. Letters are of a sample's axes: the batch
/// is left out, and axes under an ellipsis have letters of their own.
/// </summary>
/// <param name="Input">Letters of the input's axes.</param>
/// <param name="Kernel">Letters of the kernel's.</param>
/// <param name="Output">Letters of the output's.</param>
/// <param name="BiasShape">Shape of the bias; null for none.</param>
/// <param name="Axes">Size of each letter.</param>
internal sealed record Einsum(string Input, string Kernel, string Output, Shape? BiasShape, AxisLetters Axes)
{
    private static readonly Regex[] Forms =
    [
        new("^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)$"),
        new(@"^\.\.\.([a-zA-Z]+),([a-zA-Z]+)->\.\.\.([a-zA-Z]+)$"),
        new(@"^([a-zA-Z]{2,})\.\.\.,([a-zA-Z]+)->([a-zA-Z]+)\.\.\.$"),
    ];

    /// <summary>Letters of the input that are neither of the kernel nor of the output: those are summed before anything else.</summary>
    public string Dropped => Only(letter => !Kernel.Contains(letter) && !Output.Contains(letter), Input);

    /// <summary>Letters that are summed over with the kernel, in its order.</summary>
    public string Summed => Only(letter => Input.Contains(letter) && !Output.Contains(letter), Kernel);

    /// <summary>Letters that the kernel brings in, in its order.</summary>
    public string Made => Only(letter => !Input.Contains(letter), Kernel);

    /// <summary>Letters of the input that stay and that the kernel does not have.</summary>
    public string Kept => Only(letter => Output.Contains(letter) && !Kernel.Contains(letter), Input);

    /// <summary>Whether the kernel is a matrix as it lies: what is summed over comes first, and each position has the same.</summary>
    public bool IsMatrix => Summed.Length > 0 && Made.Length > 0 && Kernel == Summed + Made;

    /// <summary>Reads an equation for an input.</summary>
    /// <param name="equation">The equation.</param>
    /// <param name="input">Shape of the input.</param>
    /// <param name="outputShape">Shape of the output as given, -1 for what the input tells.</param>
    /// <param name="biasAxes">Letters of the bias; null for none.</param>
    /// <returns>The equation, or what is wrong with it, as the end of a sentence.</returns>
    public static (Einsum? Einsum, string? Problem) Read(string equation, Shape input, IReadOnlyList<int> outputShape, string? biasAxes)
    {
        string tight = equation.Replace(" ", "");
        int form = Array.FindIndex(Forms, known => known.IsMatch(tight));
        if (form < 0) return (null, "it has none of the forms 'abc,cd->abd', '...c,cd->...d' and 'abc...,bd->adc...'.");
        GroupCollection groups = Forms[form].Match(tight).Groups;
        (string x, string kernel, string y) = (groups[1].Value, groups[2].Value, groups[3].Value);
        if (new[] { x, kernel, y }.FirstOrDefault(letters => letters.Distinct().Count() < letters.Length) is { } twice)
            return (null, $"'{twice}' has a letter twice.");
        // The batch is the first axis of the input, or the first under an ellipsis on the left.
        if (form != 1)
        {
            if (y[0] != x[0] || kernel.Contains(x[0]))
                return (null, $"the batch, '{x[0]}', has to be the first axis of the output and none of the kernel.");
            (x, y) = (x.Substring(1), y.Substring(1));
        }

        int elided = input.Rank - x.Length;
        if (elided < 0 || (form == 0 && elided > 0))
            return (null, $"it is for inputs with {CodeWriter.Int(x.Length)} axes beside the batch, and the input is {input}.");
        if (outputShape.Count != y.Length)
            return (null,
                $"its output has {CodeWriter.Int(y.Length)} axes " +
                $"{(elided > 0 ? "beside the batch and the ellipsis" : "beside the batch")}, and OutputShape has " +
                $"{CodeWriter.Int(outputShape.Count)}.");
        string under = new([.. Enumerable.Range(0, elided).Select(axis => (char)('0' + axis))]), given = y;
        (x, y) = form == 1 ? (under + x, under + y) : (x + under, y + under);
        if (y.Length == 0) return (null, "its output has no axis beside the batch.");
        var sizes = new Dictionary<char, int>();
        for (int axis = 0; axis < x.Length; axis++) sizes[x[axis]] = input[axis];
        for (int axis = 0; axis < given.Length; axis++)
        {
            (char letter, int size) = (given[axis], outputShape[axis]);
            if (!sizes.TryGetValue(letter, out int known))
            {
                if (!kernel.Contains(letter)) return (null, $"axis '{letter}' of the output is neither of the input nor of the kernel.");
                if (size <= 0) return (null, $"axis '{letter}' of the output needs its size in OutputShape.");
                sizes[letter] = size;
            }
            else if (size != -1 && size != known)
            {
                return (null,
                    $"axis '{letter}' has {CodeWriter.Int(known)} elements in the input and {CodeWriter.Int(size)} in OutputShape.");
            }
        }

        foreach (char letter in kernel)
            if (!sizes.ContainsKey(letter)) return (null, $"axis '{letter}' of the kernel is neither of the input nor of the output.");
        if (string.IsNullOrEmpty(biasAxes)) return (new(x, kernel, y, null, new(sizes)), null);
        foreach (char letter in biasAxes!)
            if (!given.Contains(letter)) return (null, $"axis '{letter}' of BiasAxes is none of the output, '{groups[3].Value}'.");
        string rest = given.Substring(given.IndexOfAny(biasAxes.ToCharArray()));
        int[] bias =
            [.. rest.Select(letter => biasAxes.Contains(letter) ? sizes[letter] : 1), .. form == 2 ? Enumerable.Repeat(1, elided) : []];
        return (new(x, kernel, y, Shape.Of(bias), new(sizes)), null);
    }

    private static string Only(Func<char, bool> holds, string letters) => new([.. letters.Where(holds)]);
}
