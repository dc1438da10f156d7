using CompiledNets.Harness;

namespace CompiledNets.Tests;

/// <summary>A test that needs files which lie beside the repository; where they are absent it is skipped with the reason.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Asks for a folder of the shared ones: <c>data</c>, <c>keras-goldens/files-old</c>.</summary>
    public SharedFactAttribute(string folder) => Skip = SharedFolder.Find(folder) is null ? SharedFolder.WhyAbsent(folder) : null;
}
