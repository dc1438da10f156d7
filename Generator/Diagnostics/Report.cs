using System.Collections.Immutable;
using CompiledNets.Generator.Declaration;

namespace CompiledNets.Generator.Diagnostics;

/// <summary>What was found wrong in a network.</summary>
internal sealed record Report(string HintName, EquatableArray<Finding> Findings)
{
    /// <summary>The findings with their places in the source.</summary>
    public EquatableArray<PlacedFinding> At(ImmutableArray<DeclarationLocations> locations)
    {
        DeclarationLocations? own = locations.FirstOrDefault(l => l.HintName == HintName);
        return Findings.Select(finding => new PlacedFinding(finding, own?.Find(finding))).ToArray();
    }
}

/// <summary>A finding and where it stands in the source.</summary>
internal sealed record PlacedFinding(Finding Finding, Place? Place);
