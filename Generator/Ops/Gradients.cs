namespace CompiledNets.Generator.Ops;

/// <summary>Gradients by value while a graph is differentiated; ops add to them.</summary>
/// <param name="add">Appends an op to the backward pass.</param>
/// <param name="needed">Values whose gradient is wanted.</param>
internal sealed class Gradients(Action<Op> add, ISet<Value> needed)
{
    private readonly Dictionary<Value, Value> sums = [];
    private readonly Dictionary<Value, List<Value>> ofWeights = [];

    /// <summary>The gradient of a value so far; null where nothing depends on it.</summary>
    public Value? Of(Value value) => sums.TryGetValue(value, out Value? gradient) ? gradient : null;

    /// <summary>What each op that reads a weight contributes to its gradient; whoever works on the rows of the weight adds it up.</summary>
    public IReadOnlyList<Value> OfWeight(Value weight) => ofWeights.TryGetValue(weight, out List<Value>? contributions)
        ? contributions : [];

    /// <summary>What was contributed last, before it was added to anything.</summary>
    public Value? Last { get; private set; }

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

    /// <summary>
    /// Adds an expression for each element of a value of samples, in order; the elements may have other axes than the value, of size 1.
    /// </summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="value">The value.</param>
    /// <param name="inputs">Operands of the expression.</param>
    /// <param name="accesses">How they meet the elements.</param>
    /// <param name="expression">What is contributed.</param>
    /// <param name="elements">As many elements as the value has.</param>
    public void ContributeEach(
        string layer, Value value, IReadOnlyList<Value> inputs, IReadOnlyList<Access> accesses, Scalar expression, Shape elements)
    {
        if (elements.Equals(value.Shape))
        {
            Contribute(value, new Pointwise(layer, inputs, accesses, expression, value.Gradient()));
            return;
        }

        var each = new Value(value.Name + "_gradient_elements", elements, Space.Sample) { Role = Value.GradientRole };
        add(new Pointwise(layer, inputs, accesses, expression, each));
        Contribute(value, new Slice(layer, each, 1, 0, value.Gradient()));
    }

    /// <summary>Adds to the gradient of a value.</summary>
    public void Contribute(Value value, Value contribution)
    {
        Last = contribution;
        if (value.Space == Space.Weight)
        {
            if (!ofWeights.TryGetValue(value, out List<Value>? contributions)) ofWeights[value] = contributions = [];
            contributions.Add(contribution);
            return;
        }

        if (Of(value) is not { } sum)
        {
            sums[value] = contribution;
            return;
        }

        var op = new Pointwise(value.Name, [sum, contribution], Scalar.Operand(0) + Scalar.Operand(1), value.Gradient("_gradient_sum"));
        add(op);
        sums[value] = op.Output;
    }
}
