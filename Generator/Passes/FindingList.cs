using CompiledNets.Generator.Declaration;

namespace CompiledNets.Generator.Passes;

/// <summary>Gathers what passes find wrong.</summary>
internal sealed class FindingList
{
    private readonly List<Finding> findings = [];

    public int Count => findings.Count;

    public void Add(string id, int layer, string? argument, params string[] arguments) => findings.Add(new(id, layer, argument, arguments));

    public void Add(Finding finding) => findings.Add(finding);

    public EquatableArray<Finding> ToArray() => findings.ToArray();
}
