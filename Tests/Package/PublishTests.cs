using System.Runtime.InteropServices;
using CompiledNets.Harness;

namespace CompiledNets.Package.Tests;

/// <summary>
/// Programs that only reference a library of networks, published in the ways that look into them; and the same from a clone.
/// </summary>
[Collection(PackageTestGroup.Name)]
public sealed class PublishTests(PackageFeed feed)
{
    private static string Identifier => RuntimeInformation.RuntimeIdentifier;

    [Fact]
    public void A_trimmed_program_says_what_the_other_says()
    {
        string folder = Program("Trimmed");
        string[] said = feed.Dotnet(folder, "run", "-c", "Release").Succeeded().Says("Accuracy: 1.00").Lines;
        feed.Dotnet(folder, "publish", "-c", "Release", "-r", Identifier, "--self-contained", "-p:PublishTrimmed=true", "-o", "out")
            .Succeeded().IsSilentOf("warning");
        Assert.Equal(said, feed.Run(folder, Path.Combine(folder, "out", Executable("Trimmed"))).Succeeded().Lines);
    }

    [LinkerFact]
    public void A_native_program_says_what_the_other_says()
    {
        string folder = Program("Native");
        string[] said = feed.Dotnet(folder, "run", "-c", "Release").Succeeded().Says("Accuracy: 1.00").Lines;
        feed.Dotnet(folder, "publish", "-c", "Release", "-p:PublishAot=true", "-o", "out").Succeeded().IsSilentOf("warning");
        Assert.Equal(said, feed.Run(folder, Path.Combine(folder, "out", Executable("Native"))).Succeeded().Lines);
    }

    [Theory]
    [InlineData("linux-x64", "", "x86-64-v3")]
    [InlineData("win-x64", "", "x86-64-v3")]
    [InlineData("linux-arm64", "", "")]
    [InlineData("linux-x64", "native", "native")]
    public void A_program_of_a_library_is_told_the_instruction_set(string identifier, string own, string expected)
    {
        string ownSet = own.Length == 0 ? "" : $"<IlcInstructionSet>{own}</IlcInstructionSet>";
        string folder = Program("Set" + identifier + own, $"<RuntimeIdentifier>{identifier}</RuntimeIdentifier>" + ownSet);
        feed.Dotnet(folder, "restore").Succeeded();
        Assert.Equal(expected, feed.Dotnet(folder, "msbuild", "-getProperty:IlcInstructionSet").Succeeded().Output.Trim());
    }

    [Fact]
    public void From_a_clone_no_way_of_publishing_reaches_the_generator()
    {
        // The line of the README; nothing is written into the clone.
        Assert.Contains("""<Import Project="../CompiledNets/Runtime/CompiledNets/FromSource.targets" />""", ReadmeSnippets.Text,
            StringComparison.Ordinal);
        string targets = Path.Combine(SharedFolder.RepositoryRoot, "Runtime", "CompiledNets", "FromSource.targets");
        string folder = feed.Project("FromSource",
            ("FromSource.csproj", ProjectText.Console("", last: $"""<Import Project="{targets}" />""")),
            ("Program.cs", ProjectText.Program + ProjectText.Network));
        string[] build = ["-c", "Release", "-r", Identifier, "--artifacts-path", "artifacts"];
        feed.Dotnet(folder, ["publish", .. build, "--self-contained", "-p:PublishTrimmed=true", "-p:PublishSingleFile=true", "-o", "out"])
            .Succeeded().IsSilentOf("warning");
        feed.Run(folder, Path.Combine(folder, "out", Executable("FromSource"))).Succeeded().Says("Accuracy: 1.00");

        // What the generator's framework cannot is refused when it is restored.
        feed.Dotnet(folder, ["build", .. build, "-p:PublishAot=true"]).Succeeded().IsSilentOf("warning");
    }

    private string Program(string name, string properties = "")
    {
        feed.Library();
        return feed.Project(name, (name + ".csproj", ProjectText.Console(ProjectText.Library, properties)),
            ("Program.cs", "using Library;\n" + ProjectText.Program));
    }

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
