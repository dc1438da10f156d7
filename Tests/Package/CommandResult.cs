namespace CompiledNets.Package.Tests;

/// <summary>What a command did.</summary>
/// <param name="Line">The command.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, errors among the rest.</param>
internal sealed record CommandResult(string Line, int ExitCode, string Output)
{
    /// <summary>The same, where the command did what it should.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Line}: exit code {ExitCode}\n{Output}");
        return this;
    }

    /// <summary>The same, where the command refused and said why.</summary>
    public CommandResult Failed(string reason)
    {
        Assert.True(ExitCode != 0, $"{Line} should have failed\n{Output}");
        return Says(reason);
    }

    /// <summary>The same, where the output has a text.</summary>
    public CommandResult Says(string text)
    {
        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"{Line} does not say '{text}'\n{Output}");
        return this;
    }

    /// <summary>The same, where the output has not this text.</summary>
    public CommandResult IsSilentOf(string text)
    {
        Assert.False(Output.Contains(text, StringComparison.Ordinal), $"{Line} says '{text}'\n{Output}");
        return this;
    }

    /// <summary>The lines of the output that are neither empty nor the build's.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
