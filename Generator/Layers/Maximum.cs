using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>The largest of the values.</summary>
internal sealed record Maximum : Merge
{
    public override string Type => "Maximum";

    public static Maximum Resolve(Arguments arguments) => new() { Index = arguments.Index, Name = arguments.Name };

    protected override Scalar Join(IReadOnlyList<Scalar> elements) => elements.Aggregate(Scalar.Max);
}
