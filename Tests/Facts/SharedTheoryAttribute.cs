using CompiledNets.Harness;

namespace CompiledNets.Tests;

/// <summary>As <see cref="SharedFactAttribute"/>, for several cases.</summary>
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <summary>Asks for a folder of the shared ones.</summary>
    public SharedTheoryAttribute(string folder) => Skip = SharedFolder.Find(folder) is null ? SharedFolder.WhyAbsent(folder) : null;
}
