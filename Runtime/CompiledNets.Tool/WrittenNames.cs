namespace CompiledNets.Tool;

/// <summary>The files that an import writes.</summary>
/// <param name="ClassName">The class.</param>
internal sealed record WrittenNames(string ClassName)
{
    /// <summary>The class of the test.</summary>
    public string TestClass => ClassName + "SelfTest";

    /// <summary>The source of the class.</summary>
    public string Source => ClassName + ".cs";

    /// <summary>The source of the test.</summary>
    public string TestSource => TestClass + ".cs";

    /// <summary>The weights.</summary>
    public string Weights => ClassName + ".safetensors";

    /// <summary>Inputs and outputs of the test.</summary>
    public string TestData => ClassName + ".selftest.npz";

    /// <summary>What copies weights and numbers beside the program, wherever in the project they lie.</summary>
    public string ProjectLine =>
        $"<None Update=\"**/{ClassName}.*\" CopyToOutputDirectory=\"PreserveNewest\" Link=\"%(Filename)%(Extension)\" />";

    /// <summary>All of them; the class, without which the others are of no use, last.</summary>
    public IReadOnlyList<string> All => [Weights, TestData, TestSource, Source];
}
