namespace CompiledNets.Generator.Ops;

/// <summary>In which order the elements of a turned block lie.</summary>
internal enum TurnLayout
{
    /// <summary>Position after position, each in panels: a vector of outputs of each sample, then the next outputs.</summary>
    Panels,

    /// <summary>Panel after panel, each with all positions, zeros after the last output.</summary>
    PanelsFirst,

    /// <summary>Position after position, each with the samples' rows of outputs one after the other.</summary>
    Rows,
}

/// <summary>
/// The same elements with samples and features exchanged inside each lane block, so that vectors run over outputs: weight gradients read
/// them so. A change of layout only.
/// </summary>
internal sealed class Turn(string layer, Value x, TurnLayout layout = TurnLayout.Panels)
    : Op(layer, [x], new Value(x.Name + "_turned", x.Shape, Space.Sample))
{
    /// <summary>In which order the elements of a block lie.</summary>
    public TurnLayout Layout { get; } = layout;

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
