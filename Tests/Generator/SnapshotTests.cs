using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// Generated files as they are read by users, in <c>Snapshots/</c>. Where a change is meant, <c>COMPILEDNETS_ACCEPT=1 dotnet test Tests/Generator</c> writes them anew, and the difference is read in review.
/// </summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("IonosphereNet", "[Input(34)]\n[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]\n[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]\n[Dense(1, Activation.Sigmoid)]")]
    [InlineData("NormalizedNet", "[Input(3, 4)]\n[BatchNormalization]\n[Dropout(0.25)]\n[Flatten]\n[Dense(3, Activation.Softmax)]")]
    public void Generated_files_are_those_of_the_snapshot(string name, string layers)
    {
        GeneratorFixture fixture = GeneratorFixture.Run($"using CompiledNets;\n\nnamespace Snapshots;\n\n[Network]\n{layers}\npublic sealed partial class {name};\n");
        Assert.Empty(fixture.Diagnostics);
        string folder = Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Generator", "Snapshots");
        foreach ((string file, string text) in fixture.Generated)
        {
            string path = Path.Combine(folder, file + ".txt");
            if (Environment.GetEnvironmentVariable("COMPILEDNETS_ACCEPT") == "1")
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(path, text);
            }

            Assert.Equal(File.ReadAllText(path), text);
        }
    }
}
