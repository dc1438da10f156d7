using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Kernels;

/// <summary>One loop nest to print: a method over references, without knowledge of where its operands lie.</summary>
/// <param name="Role">What it does for its layer, last part of its name: <c>forward</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Summary">The equation with its sizes, in one line.</param>
/// <param name="Operands">The values it takes, by parameter name, outputs included.</param>
/// <param name="Arguments">What it takes after them, such as the range of blocks.</param>
/// <param name="Body">Writes the body; the function gives the name of a leaf, which is printed too.</param>
internal sealed record Kernel(string Role, string Layer, string Summary, IReadOnlyList<Operand> Operands,
    IReadOnlyList<Argument> Arguments, Action<CodeWriter, Func<Leaf, string>> Body)
{
    /// <summary>A kernel that calls no leaf.</summary>
    public Kernel(string role, string layer, string summary, IReadOnlyList<Operand> operands, IReadOnlyList<Argument> arguments,
        Action<CodeWriter> body)
        : this(role, layer, summary, operands, arguments, (writer, _) => body(writer))
    {
    }

    /// <summary>What kernels over blocks take: floats from block to block, first block, block after the last.</summary>
    public static readonly IReadOnlyList<Argument> Blocks = [Argument.Stride, new("int first", "first"), new("int last", "last")];

    /// <summary>What kernels take that finish something once all blocks are done.</summary>
    public static readonly IReadOnlyList<Argument> After = [Argument.Stride, new("int blockCount", "step.BlockCount")];

    /// <summary>The kernel as a method, without its name: kernels that agree in it are printed once.</summary>
    public string Text(Func<Leaf, string> name)
    {
        var writer = new CodeWriter();
        Body(writer, name);
        return writer.ToString();
    }

    /// <summary>The parameter list.</summary>
    public string Parameters =>
        string.Join(", ", Operands.Select(operand => $"ref float {operand.Name}").Concat(Arguments.Select(argument => argument.Parameter)));
}

/// <summary>A value that a kernel takes.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Value">The value.</param>
/// <param name="IsPartial">The value stands for what its op leaves in each block.</param>
internal sealed record Operand(string Name, Value Value, bool IsPartial = false)
{
    /// <summary>Whether it stands for the panels of a kernel.</summary>
    public bool IsInPanels { get; private init; }

    /// <summary>The panels of a kernel.</summary>
    public static Operand Panels(Value weights) => new("panels", weights) { IsInPanels = true };

    /// <summary>Whether it stands for the transformed weights of a kernel of 3x3, and for those of the turned kernel.</summary>
    public bool? IsTransformedTurned { get; private init; }

    /// <summary>The weights of a kernel of 3x3 as <see cref="Winograd"/> reads them.</summary>
    public static Operand Transformed(Value weights, bool isTurned) => new("transformed", weights) { IsTransformedTurned = isTurned };

    /// <summary>How a kernel is packed that it stands for; null where it stands for what it is.</summary>
    public Packing? Packing { get; private init; }

    /// <summary>A packed kernel.</summary>
    public static Operand Packed(string name, Packing packing) => new(name, packing.Weights) { Packing = packing };

    /// <summary>
    /// Parameters for the inputs of an expression and its result, which comes last. They are named by their roles (mean, gamma, dy); what
    /// has none is x, or y for the result.
    /// </summary>
    public static Operand[] Of(IReadOnlyList<Value> inputs, Value? output)
    {
        var operands = new List<Operand>();
        foreach (Value input in inputs)
            if (!operands.Exists(o => o.Value == input))
                operands.Add(new(Unique(input.Role is { } role ? Identifier.Camel(role) : "x"), input));
        if (output is not null) operands.Add(new(Unique(output.Role == Value.GradientRole ? "dx" : "y"), output));
        return [.. operands];

        string Unique(string name)
        {
            string unique = name;
            for (int i = 1; operands.Exists(o => o.Name == unique); i++) unique = name + CodeWriter.Int(i);
            return unique;
        }
    }
}

/// <summary>A number that a kernel takes beside its operands.</summary>
/// <param name="Parameter">Its parameter.</param>
/// <param name="Value">What the method of a phase hands over.</param>
internal sealed record Argument(string Parameter, string Value)
{
    /// <summary>Floats from block to block.</summary>
    public static readonly Argument Stride = new("int stride", "stride");
}
