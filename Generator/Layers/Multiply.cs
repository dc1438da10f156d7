using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>The product of the values.</summary>
internal sealed record Multiply : Merge
{
    public override string Type => "Multiply";

    public static Multiply Resolve(Arguments arguments) => new() { Index = arguments.Index, Name = arguments.Name };

    protected override Scalar Join(IReadOnlyList<Scalar> elements) => elements.Aggregate((product, element) => product * element);
}
