namespace CompiledNets.Generator.Ops;

/// <summary>
/// The same elements with samples and features exchanged inside each lane block, so that vectors run over outputs: weight gradients read
/// them so. A change of layout only.
/// </summary>
internal sealed class Turn(string layer, Value x, bool panelsFirst = false)
    : Op(layer, [x], new Value(x.Name + "_turned", x.Shape, Space.Sample))
{
    /// <summary>
    /// Whether all positions of a vector of outputs follow each other, zeros after the last output, and else all outputs of a position.
    /// </summary>
    public bool PanelsFirst { get; } = panelsFirst;

    /// <summary>Floats of a turned row: outputs rounded up to whole vectors of the widest lanes.</summary>
    public static int RowLength(Shape shape) => (shape.Last + 15) / 16 * 16;

    public override void Evaluate(Evaluation evaluation) => evaluation[Output] = evaluation[Inputs[0]];

    // It is read in whole vectors of features, and written in whole rows.
    protected override OpFacts MakeFacts() => new()
    {
        Room = Output.Shape.Positions * RowLength(Output.Shape),
        Reach = Inputs[0].Shape.Size + 15,
        Work = Output.Shape.Size,
    };
}
