namespace CompiledNets.Package.Tests;

/// <summary>Tests that install what was packed once for all of them. They run one after another: each build takes every core.</summary>
[CollectionDefinition(Name)]
public sealed class PackageTestGroup : ICollectionFixture<PackageFeed>
{
    /// <summary>The group's name.</summary>
    public const string Name = "package";
}
