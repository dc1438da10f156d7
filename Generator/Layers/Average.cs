using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>The mean of the values.</summary>
internal sealed record Average : Merge
{
    public override string Type => "Average";

    public static Average Resolve(Arguments arguments) => new() { Index = arguments.Index, Name = arguments.Name };

    protected override Scalar Join(IReadOnlyList<Scalar> elements) => elements.Aggregate((sum, element) => sum + element) / elements.Count;
}
