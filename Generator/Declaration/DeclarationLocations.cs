using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CompiledNets.Generator.Declaration;

/// <summary>
/// Where the parts of a declaration stand in the source. Kept apart from <see cref="NetworkDeclaration"/>, so that moving lines compiles
/// nothing anew.
/// </summary>
/// <param name="HintName">The declaration's hint name.</param>
/// <param name="Name">The name of the class.</param>
/// <param name="Layers">The attributes, in order.</param>
/// <param name="Members">What else findings may be about: members, names in attributes.</param>
internal sealed record DeclarationLocations(
    string HintName, Place Name, EquatableArray<LayerPlace> Layers, EquatableArray<ArgumentPlace> Members)
{
    /// <summary>The place a finding is about.</summary>
    public Place Find(Finding finding)
    {
        bool isOfClass = finding.Layer < 0 || finding.Layer >= Layers.Count;
        foreach (ArgumentPlace part in isOfClass ? Members : Layers[finding.Layer].Arguments)
            if (part.Name == finding.Argument) return part.Place;
        return isOfClass ? Name : Layers[finding.Layer].Attribute;
    }
}

/// <summary>Where an attribute and its arguments stand.</summary>
internal sealed record LayerPlace(Place Attribute, EquatableArray<ArgumentPlace> Arguments);

/// <summary>Where an argument, or a member, stands.</summary>
internal sealed record ArgumentPlace(string Name, Place Place);

/// <summary>A span of a file, equal by value.</summary>
internal sealed record Place(string Path, int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>The place of a node.</summary>
    public static Place Of(Location location)
    {
        FileLinePositionSpan lines = location.GetLineSpan();
        return new(lines.Path, location.SourceSpan.Start, location.SourceSpan.Length,
            lines.StartLinePosition.Line, lines.StartLinePosition.Character, lines.EndLinePosition.Line, lines.EndLinePosition.Character);
    }

    /// <summary>
    /// The place as Roslyn takes it: in the tree of its file, since <c>#pragma warning</c> holds for places in trees alone, or in a file
    /// where there is not one such tree.
    /// </summary>
    public Location In(Compilation compilation)
    {
        var span = new TextSpan(Start, Length);
        SyntaxTree[] trees = [.. compilation.SyntaxTrees.Where(tree => tree.FilePath == Path).Take(2)];
        return trees is [var own] && span.End <= own.Length ? Location.Create(own, span)
            : Location.Create(Path, span, new LinePositionSpan(new(StartLine, StartColumn), new(EndLine, EndColumn)));
    }
}
