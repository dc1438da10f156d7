using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>The first value minus the second.</summary>
internal sealed record Subtract : Merge
{
    public override string Type => "Subtract";

    protected override int MostInputs => 2;

    public static Subtract Resolve(Arguments arguments) => new() { Index = arguments.Index, Name = arguments.Name };

    protected override Scalar Join(IReadOnlyList<Scalar> elements) => elements[0] - elements[1];
}
