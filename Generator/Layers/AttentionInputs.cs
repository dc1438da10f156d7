using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>What an attention is applied to: a query, a value and a key, and after them the masks that its arguments name.</summary>
/// <param name="Masks">The arguments that name masks, in the order in which the masks come.</param>
internal sealed record AttentionInputs(EquatableArray<string> Masks)
{
    /// <summary>The arguments of a layer that name masks.</summary>
    public static AttentionInputs Of(Arguments arguments) => new(LayerDeclaration.Masks.Where(arguments.Names).ToArray());

    /// <summary>The value that is asked with.</summary>
    public T Query<T>(IReadOnlyList<T> inputs) => inputs[0];

    /// <summary>The value that is attended to; the query itself where no other is named.</summary>
    public T Value<T>(IReadOnlyList<T> inputs) => Count(inputs) > 1 ? inputs[1] : inputs[0];

    /// <summary>What scores are made with; the value where no other is named.</summary>
    public T Key<T>(IReadOnlyList<T> inputs) => Count(inputs) > 2 ? inputs[2] : Value(inputs);

    /// <summary>The mask that an argument names; null for none.</summary>
    public T? Mask<T>(IReadOnlyList<T> inputs, string argument) where T : class
    {
        int place = Masks.ToList().IndexOf(argument);
        return place < 0 ? null : inputs[Count(inputs) + place];
    }

    /// <summary>The mask that an argument names, or else the one that travels with a value; null for none.</summary>
    public Value? MaskOf(Lowering lowering, IReadOnlyList<Value> inputs, string argument, Value value) =>
        Mask(inputs, argument) ?? lowering.MaskOf(value);

    /// <summary>Whether a key is named beside the value.</summary>
    public bool HasKey(int inputs) => inputs - Masks.Count > 2;

    /// <summary>Whether there are one to three values beside the masks; a finding where there are not.</summary>
    public bool HasCount(int inputs, ShapeContext context)
    {
        int count = inputs - Masks.Count;
        if (count is >= 1 and <= 3) return true;
        context.Findings.Add(DiagnosticDescriptors.MergeCount.Id, context.Index, null, context.Name, "a query, a value and a key at most",
            CodeWriter.Int(count), count < 1 ? "Name the node of the query." : "Name fewer nodes.");
        return false;
    }

    private int Count<T>(IReadOnlyList<T> inputs) => inputs.Count - Masks.Count;
}
