using CompiledNets.Harness;

namespace CompiledNets.Keras.Tests;

/// <summary>What the package's README shows compiles.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Its_snippets_compile()
    {
        (int count, IReadOnlyList<string> problems) = PackageSnippets.Compile("Runtime/CompiledNets.Keras/README.md",
            "", typeof(NetworkSource));
        Assert.Equal(1, count);
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }
}
