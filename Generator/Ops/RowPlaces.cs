namespace CompiledNets.Generator.Ops;

/// <summary>
/// Where each row of a table is looked up, so that the gradient of a row needs no search: for each row the first place of a batch, for each
/// place the next one of the same row, in the order of samples' blocks, places and lanes. Places are whole numbers by their bits.
/// </summary>
internal sealed class RowPlaces : Op
{
    public RowPlaces(string layer, Value indices, int rows)
        : base(layer, [indices],
            new Value(layer + "_first_places", Shape.Of(rows), Space.Shared) { Role = "firstPlaces" },
            new Value(layer + "_next_places", indices.Shape, Space.Sample) { Role = "nextPlaces" })
    {
    }

    public Value Indices => Inputs[0];

    /// <summary>By row, the first place; -1 for none.</summary>
    public Value First => Outputs[0];

    /// <summary>By place, the next one of its row; -1 for none.</summary>
    public Value Next => Outputs[1];

    public override void Evaluate(Evaluation evaluation)
    {
        double[] indices = evaluation[Indices], first = evaluation.Make(First), next = evaluation.Make(Next);
        for (int row = 0; row < first.Length; row++) first[row] = -1;
        for (int p = indices.Length - 1; p >= 0; p--) (next[p], first[(int)indices[p]]) = (first[(int)indices[p]], p);
    }

    protected override OpFacts MakeFacts() => new() { When = When.BlocksThenOnce, Work = Next.Shape.Size };
}
