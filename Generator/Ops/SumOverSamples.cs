namespace CompiledNets.Generator.Ops;

/// <summary>
/// The sum of an expression over all samples, and over the elements that meet one of the result: the gradient of a weight that pointwise
/// ops read. Every sample must be worked before anything reads it.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="inputs">Operands of the expression.</param>
/// <param name="accesses">How they meet the elements.</param>
/// <param name="expression">What is summed.</param>
/// <param name="elements">The elements.</param>
/// <param name="target">How the result meets them.</param>
/// <param name="output">The result.</param>
internal sealed class SumOverSamples(string layer, IReadOnlyList<Value> inputs, IReadOnlyList<Access> accesses, Scalar expression,
    Shape elements, Access target, Value output)
    : Op(layer, inputs, output)
{
    public IReadOnlyList<Access> Accesses { get; } = accesses;

    public Scalar Expression { get; } = expression;

    public Shape Elements { get; } = elements;

    public Access Target { get; } = target;

    public override void Evaluate(Evaluation evaluation)
    {
        int[] places = Target.Places(Elements);
        double[] sums = evaluation.Make(Output);
        new Elements(evaluation, Inputs, Accesses, Expression, Elements).Each((_, element, value) => sums[places[element]] += value);
    }

    protected override OpFacts MakeFacts() => new() { When = When.BlocksThenOnce, PartialSize = Output.Shape.Size, Work = Elements.Size };
}
