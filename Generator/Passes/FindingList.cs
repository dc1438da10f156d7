using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Passes;

/// <summary>Gathers what passes find wrong.</summary>
internal sealed class FindingList
{
    private readonly List<Finding> findings = [];

    /// <summary>Whether there is more than warnings.</summary>
    public bool HasErrors => findings.Exists(finding => DiagnosticDescriptors.Get(finding.Id).DefaultSeverity == DiagnosticSeverity.Error);

    public void Add(string id, int layer, string? argument, params string[] arguments) => findings.Add(new(id, layer, argument, arguments));

    public void Add(Finding finding) => findings.Add(finding);

    /// <summary>Takes over what another list has.</summary>
    public void Take(FindingList other) => findings.AddRange(other.findings);

    public EquatableArray<Finding> ToArray() => findings.ToArray();
}
