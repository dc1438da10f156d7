namespace CompiledNets.Generator.Ops;

/// <summary>
/// The sum, or the mean, of an expression over the elements of a sample that meet one of the result: over some axes, say.
/// </summary>
internal sealed class Reduce : Op
{
    /// <param name="layer">Name of the layer.</param>
    /// <param name="inputs">Operands of the expression.</param>
    /// <param name="accesses">How they meet the elements.</param>
    /// <param name="expression">What is summed.</param>
    /// <param name="elements">The elements.</param>
    /// <param name="target">How the result meets them.</param>
    /// <param name="output">The result.</param>
    /// <param name="isMean">Whether the sum is divided by the number of elements that meet one of the result.</param>
    public Reduce(
        string layer, IReadOnlyList<Value> inputs, IReadOnlyList<Access> accesses, Scalar expression, Shape elements, Access target,
            Value output, bool isMean = false)
        : base(layer, inputs, output)
    {
        Accesses = accesses;
        Expression = expression;
        Elements = elements;
        Target = target;
        Divisor = isMean ? elements.Size / output.Shape.Size : 1;
    }

    public IReadOnlyList<Access> Accesses { get; }

    public Scalar Expression { get; }

    public Shape Elements { get; }

    public Access Target { get; }

    /// <summary>Whether each element of the result is met by some; those that are not are 0.</summary>
    public bool IsWhole => Target.Covers(Elements, Output.Shape.Size);

    /// <summary>What the sum is divided by: 1 for a sum.</summary>
    public int Divisor { get; }

    /// <summary>The mean of an expression over some axes, which are kept with size 1.</summary>
    public static Reduce Mean(string layer, IReadOnlyList<Value> inputs, Scalar expression, Shape elements, IReadOnlyCollection<int> axes,
        string outputName, string? role = null) =>
        Over(layer, inputs, expression, elements, axes, outputName, role, isMean: true);

    /// <summary>The sum of an expression over some axes, which are kept with size 1.</summary>
    public static Reduce Sum(string layer, IReadOnlyList<Value> inputs, Scalar expression, Shape elements, IReadOnlyCollection<int> axes,
        string outputName, string? role = null) =>
        Over(layer, inputs, expression, elements, axes, outputName, role, isMean: false);

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream) return;
        for (int i = 0; i < Inputs.Count; i++)
        {
            Value input = Inputs[i];
            if (!gradients.IsNeeded(input)) continue;
            Scalar contribution = ScalarDerivative.Of(Expression, i) * Scalar.Operand(Inputs.Count) * (1.0 / Divisor);
            if (contribution == Scalar.Zero) continue;
            (Value[] used, Access[] how, Scalar compact) = OperandList.Compact([.. Inputs, upstream], [.. Accesses, Target], contribution);
            bool isWhole = input.Shape.Size == Elements.Size && Accesses[i].Equals(Access.Whole(Elements));
            if (!input.IsSample)
                gradients.Contribute(input, new SumOverSamples(Layer, used, how, compact, Elements, Accesses[i], input.Gradient()));
            else if (isWhole)
                gradients.ContributeEach(Layer, input, used, how, compact, Elements);
            else
                gradients.Contribute(input, new Reduce(Layer, used, how, compact, Elements, Accesses[i], input.Gradient()));
        }
    }

    public override void Evaluate(Evaluation evaluation)
    {
        int[] places = Target.Places(Elements);
        double[] sums = evaluation.Make(Output);
        int size = Output.Shape.Size;
        new Elements(evaluation, Inputs, Accesses, Expression, Elements)
            .Each((sample, element, value) => sums[(sample * size) + places[element]] += value / Divisor);
    }

    protected override OpFacts MakeFacts() => new() { Work = Elements.Size };

    private static Reduce Over(
        string layer, IReadOnlyList<Value> inputs, Scalar expression, Shape elements, IReadOnlyCollection<int> axes, string outputName,
            string? role, bool isMean)
    {
        int[] kept = [.. Enumerable.Range(0, elements.Rank).Where(axis => !axes.Contains(axis))];
        int[] sizes = [.. Enumerable.Range(0, elements.Rank).Select(axis => axes.Contains(axis) ? 1 : elements[axis])];
        var output = new Value(outputName, new(sizes), Space.Sample) { Role = role };
        return new(layer, inputs, [.. inputs.Select(input => Access.Between(elements, input.Shape))], expression, elements,
            Access.Along(elements, kept), output, isMean);
    }
}
