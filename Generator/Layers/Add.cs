using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>The sum of the values.</summary>
internal sealed record Add : Merge
{
    public override string Type => "Add";

    public static Add Resolve(Arguments arguments) => new() { Index = arguments.Index, Name = arguments.Name };

    protected override Scalar Join(IReadOnlyList<Scalar> elements) => elements.Aggregate((sum, element) => sum + element);
}
