using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Cells one after the other: each takes what the one before it gives at the same step.</summary>
internal sealed record StackedCells : RecurrentCell
{
    /// <summary>The cells.</summary>
    public required IReadOnlyList<RecurrentCell> Cells { get; init; }

    public override int Output => Cells.Take(Cells.Count - 1).Sum(cell => cell.StateNames.Count) + Cells[Cells.Count - 1].Output;

    protected override int Gates => 0;

    public override IReadOnlyList<string> StateNames => [.. Cells.SelectMany(cell => cell.StateNames.Select(name => cell.Prefix + name))];

    public override IReadOnlyList<(string Name, Shape Shape)> States(Shape input)
    {
        var states = new List<(string, Shape)>();
        for (int i = 0; i < Cells.Count; i++)
        {
            IReadOnlyList<(string Name, Shape Shape)> own = Cells[i].States(input);
            states.AddRange(own.Select(state => (Cells[i].Prefix + state.Name, state.Shape)));
            input = own[Cells[i].Output].Shape;
        }

        return states;
    }

    public override bool Takes(Shape input, ShapeContext context) =>
        Inputs(input).Zip(Cells, (own, cell) => cell.Takes(own, context)).All(takes => takes);

    public override IEnumerable<Weight> Weights(Shape input) =>
        Inputs(input).Zip(Cells, (own, cell) => cell.Weights(own)).SelectMany(weights => weights);

    public override CellMasks Draw(Lowering lowering, Shape input)
    {
        CellMasks[] masks = [.. Inputs(input).Zip(Cells, (own, cell) => cell.Draw(lowering, own))];
        return masks[0] with { Cells = masks };
    }

    public override Value Project(Lowering lowering, Value input) => Cells[0].Project(lowering, input);

    public override IReadOnlyList<Value> Step(Lowering lowering, Value projected, IReadOnlyList<Value> states, CellMasks masks)
    {
        var after = new List<Value>();
        int before = 0;
        for (int i = 0; i < Cells.Count; i++)
        {
            if (i > 0) projected = Cells[i]
                .Project(lowering, after[after.Count - before + Cells[i - 1].Output], masks.Cells[i].Input);
            int count = Cells[i].StateNames.Count;
            after.AddRange(Cells[i].Step(lowering, projected, [.. states.Skip(after.Count).Take(count)], masks.Cells[i]));
            before = count;
        }

        return after;
    }

    protected override IReadOnlyList<Value> Step(Lowering lowering, Value projected, IReadOnlyList<Value> states, Value recurrent) =>
        throw new InvalidOperationException("Cells have masks of their own.");

    // What each cell takes.
    private IEnumerable<Shape> Inputs(Shape input)
    {
        foreach (RecurrentCell cell in Cells)
        {
            yield return input;
            input = cell.States(input)[cell.Output].Shape;
        }
    }
}
