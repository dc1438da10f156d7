namespace CompiledNets.Generator.Ops;

/// <summary>
/// One step of the graph: values in, values out. What the compiler reasons about: a shape rule (in the constructor), a gradient rule in ops and a reference evaluation
/// in double precision. It knows nothing of layers.
/// </summary>
internal abstract class Op(string layer, IReadOnlyList<Value> inputs, params Value[] outputs)
{
    /// <summary>Name of the layer that it comes from, for names and comments.</summary>
    public string Layer { get; } = layer;

    public IReadOnlyList<Value> Inputs { get; } = inputs;

    public IReadOnlyList<Value> Outputs { get; } = outputs;

    public Value Output => Outputs[0];

    /// <summary>Adds to the gradients of the inputs what the gradients of the outputs mean for them.</summary>
    public abstract void Differentiate(Gradients gradients);

    /// <summary>Computes the outputs in double precision.</summary>
    public abstract void Evaluate(Evaluation evaluation);

    public override string ToString() => $"{string.Join(", ", Outputs)} = {GetType().Name}({string.Join(", ", Inputs)})";
}
