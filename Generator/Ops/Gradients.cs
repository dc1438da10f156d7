namespace CompiledNets.Generator.Ops;

/// <summary>Gradients by value while a graph is differentiated; ops add to them.</summary>
/// <param name="add">Appends an op to the backward pass.</param>
/// <param name="needed">Values whose gradient is wanted.</param>
internal sealed class Gradients(Action<Op> add, ISet<Value> needed)
{
    private readonly Dictionary<Value, Value> gradients = [];

    /// <summary>The gradient of a value so far; null where nothing depends on it.</summary>
    public Value? Of(Value value) => gradients.TryGetValue(value, out Value? gradient) ? gradient : null;

    /// <summary>Whether somebody wants the gradient of a value.</summary>
    public bool IsNeeded(Value value) => needed.Contains(value);

    /// <summary>Appends an op to the backward pass.</summary>
    public void Append(Op op) => add(op);

    /// <summary>Appends the op that makes a contribution to the gradient of a value.</summary>
    public void Contribute(Value value, Op op)
    {
        add(op);
        Contribute(value, op.Output);
    }

    /// <summary>Adds to the gradient of a value.</summary>
    public void Contribute(Value value, Value contribution)
    {
        if (Of(value) is not { } sum)
        {
            gradients[value] = contribution;
            return;
        }

        var op = new Pointwise(contribution.Name, [sum, contribution], Scalar.Operand(0) + Scalar.Operand(1), contribution.Name + "_sum");
        add(op);
        gradients[value] = op.Output;
    }
}
