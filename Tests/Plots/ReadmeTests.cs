using CompiledNets.Harness;

namespace CompiledNets.Plots.Tests;

/// <summary>What the package's README shows compiles.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Its_snippets_compile()
    {
        (int count, IReadOnlyList<string> problems) = PackageSnippets.Compile("Runtime/CompiledNets.Plots/README.md",
            "CompiledNets.Model model, CompiledNets.History history, CompiledNets.Data.Dataset test", typeof(RocCurve));
        Assert.Equal(1, count);
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }
}
