namespace CompiledNets.Generator.Ops;

/// <summary>An expression for each element of the output. Operands meet the elements as their <see cref="Access"/> says.</summary>
internal class Pointwise : Op
{
    /// <summary>Operands with their axes aligned from the right; the first one of a sample gives the shape.</summary>
    public Pointwise(string layer, IReadOnlyList<Value> inputs, Scalar expression, string outputName)
        : this(layer, inputs, expression, new Value(outputName, inputs.First(input => input.IsSample).Shape, Space.Sample))
    {
    }

    /// <summary>Operands with their axes aligned from the right.</summary>
    public Pointwise(string layer, IReadOnlyList<Value> inputs, Scalar expression, Value output)
        : this(layer, inputs, [.. inputs.Select(input => Access.Between(output.Shape, input.Shape))], expression, output)
    {
    }

    public Pointwise(string layer, IReadOnlyList<Value> inputs, IReadOnlyList<Access> accesses, Scalar expression, Value output)
        : base(layer, inputs, output)
    {
        Accesses = accesses;
        Expression = expression;
    }

    /// <summary>How each operand meets the elements.</summary>
    public IReadOnlyList<Access> Accesses { get; }

    public Scalar Expression { get; }

    /// <summary>Whether an operand is read element by element, in order.</summary>
    public bool ReadsWhole(int operand) => Inputs[operand].Shape.Size == Output.Shape.Size
        && Accesses[operand].Equals(Access.Whole(Output.Shape));

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream) return;
        foreach (Value input in Inputs.Distinct().Where(gradients.IsNeeded))
            for (int i = 0; i < Inputs.Count; i++)
                if (Inputs[i] == input) Contribute(gradients, i, upstream);
    }

    public override void Evaluate(Evaluation evaluation)
    {
        var elements = new Elements(evaluation, Inputs, Accesses, Expression, Output.Shape, Output.IsSample);
        double[] target = evaluation.Make(Output);
        elements.Each((sample, element, value) => target[(Output.IsSample ? sample * Output.Shape.Size : 0) + element] = value);
    }

    protected override OpFacts MakeFacts() => new()
    {
        When = Output.IsSample ? When.Blocks : When.Once,
        InPlace = [.. Enumerable.Range(0, Inputs.Count).Where(ReadsWhole)],
        Work = Output.Shape.Size,
    };

    // An operand whose elements are all met once gets its gradient element by element; one that repeats, or that all samples share, gets
    // sums.
    private void Contribute(Gradients gradients, int operand, Value upstream)
    {
        Value input = Inputs[operand];
        // Operands of the derivative: those of the function, its result, the gradient of the result.
        Value[] values = [.. Inputs, Output, upstream];
        Access whole = Access.Whole(Output.Shape);
        Access[] accesses = [.. Accesses, whole, whole];
        Scalar derivative = ScalarDerivative.InTermsOfResult(ScalarDerivative.Of(Expression, operand), Expression,
            Scalar.Operand(Inputs.Count));
        Scalar contribution = derivative * Scalar.Operand(Inputs.Count + 1);
        if (contribution == Scalar.Zero) return;
        if (contribution == Scalar.Operand(Inputs.Count + 1) && ReadsWhole(operand) && input.Shape.Equals(Output.Shape) && input.IsSample)
        {
            gradients.Contribute(input, upstream);
            return;
        }

        (Value[] used, Access[] how, Scalar compact) = OperandList.Compact(values, accesses, contribution);
        if (input.IsSample && ReadsWhole(operand))
            gradients.ContributeEach(Layer, input, used, how, compact, Output.Shape);
        else if (input.IsSample)
            gradients.Contribute(input, new Reduce(Layer, used, how, compact, Output.Shape, Accesses[operand], input.Gradient()));
        else if (Output.IsSample)
            gradients.Contribute(input, new SumOverSamples(Layer, used, how, compact, Output.Shape, Accesses[operand], input.Gradient()));
        else
            gradients.Contribute(input, new Pointwise(Layer, used, how, compact, input.Gradient()));
    }
}
