namespace CompiledNets.Generator.Declaration;

/// <summary>A network as it was found in the source: what the user wrote, and where.</summary>
internal sealed record NetworkSource(NetworkDeclaration Declaration, DeclarationLocations Locations);
