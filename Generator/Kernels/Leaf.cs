using CompiledNets.Generator.Emit;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// A method that kernels call: one register tile and nothing else, for a call inside a loop over vectors would spill them all. Layers
/// share it, which saves the JIT a millisecond or two for each.
/// </summary>
/// <param name="Name">Its name, where no other leaf has it.</param>
/// <param name="Summary">What it computes, in one line.</param>
/// <param name="Parameters">Its parameter list.</param>
/// <param name="Body">Writes the body.</param>
internal sealed record Leaf(string Name, string Summary, string Parameters, Action<CodeWriter> Body)
{
    /// <summary>What it returns.</summary>
    public string Returns { get; init; } = "void";

    /// <summary>Whether it is part of the methods that call it.</summary>
    public bool IsInlined { get; init; }

    /// <summary>The body as text: leaves that agree in it and in the parameters are one.</summary>
    public string Text
    {
        get
        {
            var writer = new CodeWriter();
            Body(writer);
            return writer.ToString();
        }
    }
}
