using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>The smallest of the values.</summary>
internal sealed record Minimum : Merge
{
    public override string Type => "Minimum";

    public static Minimum Resolve(Arguments arguments) => new() { Index = arguments.Index, Name = arguments.Name };

    protected override Scalar Join(IReadOnlyList<Scalar> elements) => elements.Aggregate(Scalar.Min);
}
