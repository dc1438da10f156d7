using CompiledNets.Harness;

namespace CompiledNets.Benchmarks.Generation;

/// <summary>Source that declares a network, as users have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">The C#.</param>
internal sealed record NetworkSource(string Name, string Text)
{
    private const string Mlp = """
        using CompiledNets;

        [Network]
        [Input(784)]
        [Dense(512, Activation.Relu)]
        [Dense(512, Activation.Relu)]
        [Dense(10, Activation.Softmax)]
        public sealed partial class MlpNet;
        """;

    /// <summary>The programs of all samples, and a network of a common size.</summary>
    public static IEnumerable<NetworkSource> All =>
    [
        .. Directory.GetDirectories(Path.Combine(SharedFolder.RepositoryRoot, "Samples")).Order(StringComparer.Ordinal)
            .Select(folder => (Name: Path.GetFileName(folder), File: Path.Combine(folder, "Program.cs")))
            .Where(sample => File.Exists(sample.File))
            .Select(sample => new NetworkSource(sample.Name, File.ReadAllText(sample.File))),
        new("784-512-512-10", Mlp),
    ];
}
