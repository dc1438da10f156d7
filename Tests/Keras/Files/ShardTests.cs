using CompiledNets.Files;
using CompiledNets.Harness;
using CompiledNets.Keras.Files;
using CompiledNets.Keras.Hdf5;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>Weights in several files, as Keras cuts them: a layer lies in one, the optimizer in all.</summary>
public sealed class ShardTests(ShardTests.Compiled compiled) : IClassFixture<ShardTests.Compiled>, IDisposable
{
    private const string List = """
        { "metadata": { "total_size": 1476.0 }, "weight_map": {
            "/layers/dense/vars": "MAP", "/layers/dense_1/vars": ["small_00001.weights.h5"],
            "/optimizer/vars": ["small_00000.weights.h5", "small_00001.weights.h5"] } }
        """;

    private readonly CompiledNetworks networks = compiled.Networks;

    private readonly string folder = Directory.CreateTempSubdirectory("shards").FullName;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Weights_and_state_of_all_files_are_read(bool isOptimizerListedWhole)
    {
        Model saved = Write(), model = SavedTraining.Compiled(networks, "SmallNet", new Adam(0.003), seed: 5);
        string path = Listed(isOptimizerListedWhole
            ? List : List.Replace("[\"small_00000.weights.h5\", \"small_00001.weights.h5\"]", "\"small_00000.weights.h5\"",
                StringComparison.Ordinal));
        Assert.True(model.LoadWeights(path).IsComplete);
        TrainingState expected = saved.GetTrainingState()!, actual = model.GetTrainingState()!;
        Assert.All(saved.Weights.Zip(model.Weights), pair => Assert.True(pair.First.Values.SequenceEqual(pair.Second.Values)));
        Assert.Equal(expected.Iteration, actual.Iteration);
        Assert.All(expected.Variables.Zip(actual.Variables),
            pair => Assert.True(pair.First.Values.Span.SequenceEqual(pair.Second.Values.Span)));
    }

    [Theory]
    [InlineData("small_00000.weights.h5", true, "'small_00000.weights.h5' is not beside it")]
    [InlineData("../small_00000.weights.h5", false, "is no name of a file beside it")]
    [InlineData("C:small.h5", false, "is no name of a file beside it")]
    [InlineData("", false, "is no name of a file beside it")]
    [InlineData("small.weights.json", false, "small.weights.json")]
    public void A_list_of_what_is_not_there_is_refused(string name, bool isGone, string reason)
    {
        Write();
        string path = Listed(List.Replace("MAP", name, StringComparison.Ordinal));
        if (isGone) File.Delete(Path.Combine(folder, "small_00000.weights.h5"));
        Model model = networks.Create("SmallNet");
        float before = model.Weights[0].Values[0];
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => model.LoadWeights(path));
        Assert.StartsWith(path, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights[0].Values[0]);
    }

    [Fact]
    public void A_list_without_its_path_and_a_damaged_one_are_refused()
    {
        Write();
        string path = Listed(List);
        using MemoryStream stream = new(File.ReadAllBytes(path));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => networks.Create("SmallNet").LoadWeights(stream));
        Assert.Contains("only its path tells", refused.Message, StringComparison.Ordinal);
        string text = File.ReadAllText(path);
        for (int length = 0; length < text.Length; length += 7)
        {
            File.WriteAllText(path, text[..length]);
            Assert.Throws<InvalidDataException>(() => networks.Create("SmallNet").LoadWeights(path));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The network of all tests.</summary>
    public sealed class Compiled : IDisposable
    {
        public Compiled() => KerasFiles.Register();

        internal CompiledNetworks Networks { get; } = CompiledNetworks.Compile(
            "using CompiledNets;\n[Network, Input(6), Dense(4), Dense(2)] public sealed partial class SmallNet;");

        public void Dispose() => Networks.Dispose();
    }

    private string Listed(string list)
    {
        string path = Path.Combine(folder, "small.weights.json");
        File.WriteAllText(path, list.Replace("MAP", "small_00000.weights.h5", StringComparison.Ordinal));
        return path;
    }

    // One file, cut in two.
    private Model Write()
    {
        Model model = SavedTraining.Compiled(networks, "SmallNet", new Adam(0.003));
        SavedTraining.Train(model);
        using MemoryStream whole = new();
        KerasWriter.WriteWeights(model, whole);
        whole.Position = 0;
        H5Node root = H5File.Open(whole).Root;
        H5NewGroup[] shards = [new(), new()];
        Copy(root, "layers/dense/vars/0", shards[0]);
        Copy(root, "layers/dense/vars/1", shards[0]);
        Copy(root, "layers/dense_1/vars/0", shards[1]);
        Copy(root, "layers/dense_1/vars/1", shards[1]);
        foreach (string name in root.Find("optimizer/vars")!.Children.Keys)
            Copy(root, "optimizer/vars/" + name, shards[name.Length == 1 && name[0] < '4' ? 0 : 1]);
        for (int i = 0; i < shards.Length; i++)
        {
            using FileStream file = File.Create(Path.Combine(folder, $"small_0000{i}.weights.h5"));
            H5Writer.Write(shards[i], file);
        }

        return model;
    }

    private static void Copy(H5Node root, string path, H5NewGroup to)
    {
        H5Node node = root.Find(path)!;
        int[] shape = node.Shape();
        float[] values = new float[shape.Aggregate(1, (size, axis) => size * axis)];
        node.CopyTo(values);
        to.Add(path, shape, values);
    }
}
