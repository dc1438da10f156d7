namespace CompiledNets.Generator.Ops;

/// <summary>y[p] = table[x[p]]: rows of a weight, looked up by whole numbers that are checked before anything is read.</summary>
internal sealed class Gather : Op
{
    public Gather(string layer, Value indices, Value table, string outputName)
        : base(layer, [indices, table],
            new Value(outputName, new(indices.Shape.Axes.Append(table.Shape.Last).ToArray()), Space.Sample))
    {
    }

    public Value Indices => Inputs[0];

    public Value Table => Inputs[1];

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is { } upstream && gradients.IsNeeded(Table))
            gradients.Contribute(Table, new GatherGradient(Layer, [Indices, upstream], Table.Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] indices = evaluation[Indices], table = evaluation[Table], y = evaluation.Make(Output);
        int columns = Table.Shape.Last;
        for (int p = 0; p < indices.Length; p++) Array.Copy(table, (int)indices[p] * columns, y, p * columns, columns);
    }

    protected override OpFacts MakeFacts() => new() { Work = Output.Shape.Size };
}

/// <summary>
/// The gradient of a table whose rows were looked up: each row gets the sum of what the places that it was looked up for get, in their
/// order. Worked over rows of the table, which are shared among threads.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="inputs">
/// The indices; the gradient of what was looked up. Then, by the pass that turns that, the two values of <see cref="RowPlaces"/>.
/// </param>
/// <param name="output">The gradient of the table.</param>
internal sealed class GatherGradient(string layer, IReadOnlyList<Value> inputs, Value output) : Op(layer, inputs, output)
{
    /// <summary>Whether it is all of the table's gradient: then the squares of what is summed are summed too.</summary>
    public bool SumsSquares { get; init; }

    public Value Indices => Inputs[0];

    public Value Upstream => Inputs[1];

    /// <summary>By row, the first place that it is looked up for.</summary>
    public Value First => Inputs[2];

    /// <summary>By place, the next one of its row.</summary>
    public Value Next => Inputs[3];

    public override void Evaluate(Evaluation evaluation)
    {
        double[] indices = evaluation[Indices], g = evaluation[Upstream], sums = evaluation.Make(Output);
        int columns = Output.Shape.Last;
        for (int p = 0; p < indices.Length; p++)
            for (int c = 0; c < columns; c++) sums[((int)indices[p] * columns) + c] += g[(p * columns) + c];
    }

    protected override OpFacts MakeFacts() => new() { When = When.Rows, Work = Upstream.Shape.Size };
}
