using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>A cell as an attribute: a part of the RNN before it, and no layer by itself.</summary>
internal sealed record CellLayer : Layer
{
    public required string Kind { get; init; }

    public override string Type => Kind;

    public required RecurrentCell Cell { get; init; }

    public static CellLayer Resolve(Arguments arguments, string kind) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Kind = kind + "Cell",
        Cell = RecurrentCells.Resolve(arguments, kind),
    };

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        context.Findings.Add(DiagnosticDescriptors.CellAlone.Id, context.Index, null, Type);
        return null;
    }

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs) =>
        throw new InvalidOperationException($"[{Type}] is no layer by itself.");

    protected override string WordOf(string weight) => weight == "recurrent_kernel" ? "Recurrent" : base.WordOf(weight);
}
