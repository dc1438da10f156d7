using System.Text;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// Generated files as they are read by users, in <c>Snapshots/</c>. Where a change is meant, <c>COMPILEDNETS_ACCEPT=1 dotnet test
/// Tests/Generator</c> writes them anew, and the difference is
/// read in review. The networks are small, so that somebody does.
/// </summary>
public sealed class SnapshotTests
{
    private const int MostBytes = 30_000;

    // Stands for the version of the generator.
    private const string VersionMark = "VERSION";

    private static readonly string Version = typeof(NetworkGenerator).Assembly.GetName().Version!.ToString(3);

    private static string Folder => Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Generator", "Snapshots");

    [Theory]
    [InlineData("SmallNet", "[Input(3)]\n[Dense(2, Activation.Relu, KernelInitializer = Initializer.HeNormal)]\n[Dense(1)]")]
    [InlineData("NormalizedNet", "[Input(2)]\n[BatchNormalization]\n[Dropout(0.25)]")]
    [InlineData("ShapedNet", "[Input(2, 3)]\n[Normalization]\n[Rescaling(0.5, 1)]\n[Activation(Activation.Softmax)]\n[Flatten]")]
    public async Task Generated_files_are_those_of_the_snapshot(string name, string layers)
    {
        string source = $"using CompiledNets;\n\nnamespace Snapshots;\n\n[Network]\n{layers}\npublic sealed partial class {name};\n";
        if (Environment.GetEnvironmentVariable("COMPILEDNETS_ACCEPT") == "1")
        {
            foreach ((string file, string text) in GeneratorFixture.Run(source).Generated)
            {
                string kept = text.Replace(Mark(Version), Mark(VersionMark), StringComparison.Ordinal);
                await File.WriteAllTextAsync(Path.Combine(Folder, file + ".txt"), kept);
            }
        }

        var test = new NetworkTest(LanguageVersion.Latest, source) { TestBehaviors = TestBehaviors.None };
        foreach (string file in new[] { $"Snapshots.{name}.g.cs", $"Snapshots.{name}.Program.g.cs" })
        {
            string text = await File.ReadAllTextAsync(Path.Combine(Folder, file + ".txt"));
            text = text.Replace(Mark(VersionMark), Mark(Version), StringComparison.Ordinal);
            test.TestState.GeneratedSources.Add((typeof(NetworkGenerator), file, SourceText.From(text, Encoding.UTF8)));
        }

        await test.RunAsync();
    }

    [Fact]
    public void Snapshots_are_as_long_as_people_read() =>
        Assert.All(Directory.GetFiles(Folder), file => Assert.InRange(new FileInfo(file).Length, 1, MostBytes));

    private static string Mark(string version) => $"GeneratedCode(\"CompiledNets\", \"{version}\")";
}
