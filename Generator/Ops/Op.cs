namespace CompiledNets.Generator.Ops;

/// <summary>
/// One step of the graph: values in, values out. What the compiler reasons about: a shape rule (in the constructor), a gradient rule in
/// ops, a reference evaluation in double precision, and facts for the passes. It knows nothing of layers.
/// </summary>
internal abstract class Op(string layer, IReadOnlyList<Value> inputs, params Value[] outputs)
{
    private OpFacts? facts;

    /// <summary>Name of the layer that it comes from, for names and comments.</summary>
    public string Layer { get; } = layer;

    public IReadOnlyList<Value> Inputs { get; } = inputs;

    public virtual IReadOnlyList<Value> Outputs { get; } = outputs;

    public Value Output => Outputs[0];

    /// <summary>What passes need to know.</summary>
    public OpFacts Facts => facts ??= MakeFacts();

    /// <summary>The value of which an output is a part, and where it begins in it; null where it has room of its own.</summary>
    public (Value Of, int Start)? PartOf(Value output)
    {
        for (int i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i] != output) continue;
            if (Facts.PartOfInput is { } first) return (Inputs[0], Facts.PartsOfInput?[i] ?? first);
            foreach ((int part, int of, int start) in Facts.Within)
                if (part == i) return (Outputs[of], start);
        }

        return null;
    }

    /// <summary>Adds to the gradients of the inputs what the gradients of the outputs mean for them.</summary>
    public virtual void Differentiate(Gradients gradients) =>
        throw new InvalidOperationException("Gradients are not differentiated again.");

    /// <summary>Computes the outputs in double precision.</summary>
    public abstract void Evaluate(Evaluation evaluation);

    /// <summary>It, and all ops that it is made of.</summary>
    public virtual IEnumerable<Op> AndInner() => [this];

    public override string ToString() => $"{string.Join(", ", Outputs)} = {GetType().Name}({string.Join(", ", Inputs)})";

    protected virtual OpFacts MakeFacts() => new() { Work = Output.Shape.Size };
}
