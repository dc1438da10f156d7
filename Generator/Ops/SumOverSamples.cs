namespace CompiledNets.Generator.Ops;

/// <summary>
/// The sum of an expression over all samples, and over the axes along which the result repeats: the gradient of a weight that pointwise ops read. Every sample must be worked
/// before anything reads it.
/// </summary>
internal sealed class SumOverSamples(string layer, IReadOnlyList<Value> inputs, Scalar expression, Shape result, string outputName)
    : Op(layer, inputs, new Value(outputName, result, Space.Shared))
{
    public Scalar Expression { get; } = expression;

    /// <summary>Shape of the elements that are summed.</summary>
    public Shape ElementShape => Inputs.First(input => input.Space == Space.Sample).Shape;

    /// <summary>How the result meets the elements.</summary>
    public Broadcast Broadcast => Broadcast.Between(ElementShape, Output.Shape);

    public override void Differentiate(Gradients gradients) => throw new InvalidOperationException("Gradients are not differentiated again.");

    public override void Evaluate(Evaluation evaluation)
    {
        Broadcast broadcast = Broadcast;
        Pointwise.EvaluateElements(evaluation, Inputs, Expression, ElementShape, evaluation.Make(Output),
            (target, _, element, value) => target[element / broadcast.Inner % broadcast.Count] += value);
    }
}
