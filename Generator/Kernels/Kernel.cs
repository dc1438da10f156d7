using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Kernels;

/// <summary>One loop nest to print: a method over references, without knowledge of where its operands lie.</summary>
/// <param name="Role">What it does for its layer, last part of its name: <c>forward</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Summary">The equation with its sizes, in one line.</param>
/// <param name="Operands">The values it takes, by parameter name, outputs included.</param>
/// <param name="Extra">Parameters behind the operands, such as the range of blocks.</param>
/// <param name="Body">Writes the body; the function gives the name of a leaf, which is printed too.</param>
internal sealed record Kernel(string Role, string Layer, string Summary, IReadOnlyList<Operand> Operands, string Extra, Action<CodeWriter, Func<Leaf, string>> Body)
{
    /// <summary>A kernel that calls no leaf.</summary>
    public Kernel(string role, string layer, string summary, IReadOnlyList<Operand> operands, string extra, Action<CodeWriter> body)
        : this(role, layer, summary, operands, extra, (writer, _) => body(writer))
    {
    }

    /// <summary>Parameters of kernels that work on blocks: floats from block to block, first block, block behind the last.</summary>
    public const string Blocks = "int stride, int first, int last";

    /// <summary>The kernel as a method, without its name: kernels that agree in it are printed once.</summary>
    public string Text(Func<Leaf, string> name)
    {
        var writer = new CodeWriter();
        Body(writer, name);
        return writer.ToString();
    }

    /// <summary>The parameter list.</summary>
    public string Parameters => string.Join(", ", Operands.Select(operand => $"ref float {operand.Name}").Append(Extra).Where(part => part.Length > 0));
}

/// <summary>A value that a kernel takes.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Value">The value.</param>
/// <param name="IsPartial">The value stands for what its op leaves in each block.</param>
internal sealed record Operand(string Name, Value Value, bool IsPartial = false);
