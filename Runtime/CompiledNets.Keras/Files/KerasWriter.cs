using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CompiledNets.Files;
using CompiledNets.Keras.Architecture;
using CompiledNets.Keras.Hdf5;

namespace CompiledNets.Keras.Files;

/// <summary>Writes networks as Keras 3.15 does: <c>.keras</c>, <c>.h5</c> and <c>.weights.h5</c>.</summary>
internal static class KerasWriter
{
    private const string Version = "3.15.1";

    private static readonly DateTimeOffset EntryDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A zip of the architecture, what it was compiled with, and the weights.</summary>
    public static void WriteZip(Model model, Stream stream)
    {
        var network = SavedNetwork.Of(model);
        JsonObject config = NetworkConfig.Of(network, hasModules: true);
        config["compile_config"] = model.GetCompileArguments() is { } compiled ? CompileConfig.Of(compiled, hasModules: true)
            : new JsonObject();
        JsonObject metadata = new()
        {
            ["keras_version"] = Version,
            ["date_saved"] = DateTime.UtcNow.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture),
        };
        if (model.GetTrainingState()?.Random is { } random) metadata[RandomText.Attribute] = RandomText.Write(random);
        using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        Member("metadata.json", member => member.Write(Text(metadata)));
        Member("config.json", member => member.Write(Text(config)));
        Member("model.weights.h5", member => H5Writer.Write(Tree(model, network), member));

        void Member(string name, Action<Stream> write)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = EntryDate;
            using Stream member = entry.Open();
            write(member);
        }
    }

    /// <summary>The weights as a tree of objects, with the optimizer.</summary>
    public static void WriteWeights(Model model, Stream stream)
    {
        H5NewGroup root = Tree(model, SavedNetwork.Of(model));
        if (model.GetTrainingState()?.Random is { } random) root.Attributes.Add((RandomText.Attribute, RandomText.Write(random)));
        H5Writer.Write(root, stream);
    }

    /// <summary>
    /// Architecture and lists of layers and weights in HDF5. Keras 3 cannot train on where the optimizer is in its place, so it lies in a
    /// group of its own.
    /// </summary>
    public static void WriteHdf5(Model model, Stream stream)
    {
        var network = SavedNetwork.Of(model);
        H5NewGroup root = new();
        root.Attributes.Add(("keras_version", Version));
        root.Attributes.Add(("backend", "tensorflow"));
        root.Attributes.Add(("model_config", Encoding.UTF8.GetString(Text(NetworkConfig.Of(network, hasModules: false)))));
        if (model.GetCompileArguments() is { } compiled)
            root.Attributes.Add(
                (compiled.Optimizer is Lamb ? OwnTraining : "training_config",
                Encoding.UTF8.GetString(Text(CompileConfig.Of(compiled, hasModules: false)))));
        if (model.GetTrainingState() is { } state)
        {
            root.Attributes.Add((RandomText.Attribute, RandomText.Write(state.Random!)));
            AddOptimizer(root.Group(OwnOptimizer), model, network, state);
        }

        H5NewGroup weights = root.Group("model_weights");
        weights.Attributes.Add(("keras_version", Version));
        weights.Attributes.Add(("backend", "tensorflow"));
        weights.Attributes.Add(("layer_names", network.Members.Select(member => member.Name).ToArray()));
        foreach (SavedMember member in network.Members)
        {
            H5NewGroup layer = weights.Group(member.Name);
            (string Path, ModelWeight Weight)[] all = [.. Listed(member)];
            string[] count = member.ClassName == "Normalization" ? [$"{member.Name}/count"] : [];
            layer.Attributes.Add(("weight_names", (string[])[.. all.Select(weight => weight.Path), .. count]));
            foreach (string path in count) layer.Add(path, 0);
            foreach ((string path, ModelWeight weight) in all) layer.Add(path, weight.Shape.ToArray(), weight.Values.ToArray());
        }

        weights.Group("top_level_model_weights").Attributes.Add(("weight_names", Array.Empty<string>()));
        H5Writer.Write(root, stream);
    }

    /// <summary>What a network was compiled with in <c>.h5</c>, where the optimizer is one that Keras does not open there.</summary>
    public const string OwnTraining = "compilednets_training_config";

    /// <summary>Where the optimizer lies in <c>.h5</c>.</summary>
    public const string OwnOptimizer = "compilednets_optimizer";

    // Weights that train before others, those of a network in a network together.
    private static IEnumerable<(string Path, ModelWeight Weight)> Listed(SavedMember member)
    {
        IEnumerable<(string Path, ModelWeight Weight)> all = member.Network is { } network
            ? network.Leaves.SelectMany(leaf => leaf.Layer!.Weights, (leaf, weight) => (weight.Path, weight))
            : member.Layer?.Weights.Select(weight => ($"{member.Name}/{weight.Name}", weight)) ?? [];
        return [.. all.Where(pair => pair.Weight.Trainable), .. all.Where(pair => !pair.Weight.Trainable)];
    }

    private static H5NewGroup Tree(Model model, SavedNetwork network)
    {
        H5NewGroup root = new();
        AddMembers(root, network);
        if (model.GetTrainingState() is { } state) AddOptimizer(root.Group("optimizer"), model, network, state);
        return root;
    }

    private static void AddMembers(H5NewGroup group, SavedNetwork network)
    {
        group.Group("vars").Attributes.Add(("name", network.Name));
        H5NewGroup layers = group.Group("layers");
        foreach (SavedMember member in network.Members)
        {
            H5NewGroup own = layers.Group(member.Key);
            if (member.Network is { } inner)
            {
                AddMembers(own, inner);
                continue;
            }

            own.Group("vars").Attributes.Add(("name", member.Name));
            if (member.Layer is null) continue;
            foreach ((string path, ModelWeight weight) in WeightPlaces.Of(member))
                own.Add(path, weight.Shape.ToArray(), weight.Values.ToArray());

            // How many samples it has seen, which Keras counts.
            if (member.ClassName == "Normalization") own.Add("vars/2", 0);
        }
    }

    private static void AddOptimizer(H5NewGroup group, Model model, SavedNetwork network, TrainingState state)
    {
        H5NewGroup variables = group.Group("vars");
        variables.Attributes.Add(("name", model.Optimizer!.Name));
        variables.Add("0", state.Iteration);
        bool hasRate = model.Optimizer.Schedule is null;
        if (hasRate) variables.Add("1", [], new[] { (float)state.LearningRate });
        Dictionary<(string, string), OptimizerVariable> all = state.Variables.ToDictionary(variable => (variable.Name, variable.Weight));
        ModelWeight[] trained =
            [.. network.Leaves.DistinctBy(leaf => leaf.Layer).SelectMany(leaf => leaf.Layer!.Weights).Where(weight => weight.Trainable)];
        int place = hasRate ? 2 : 1;
        foreach (string[] block in OptimizerArrays.Blocks(state))
        {
            foreach (ModelWeight weight in trained)
            {
                foreach (string slot in block)
                {
                    OptimizerVariable variable = all[(slot, weight.Path)];
                    variables.Add(place++.ToString(CultureInfo.InvariantCulture), variable.Shape, variable.Values);
                }
            }
        }
    }

    private static byte[] Text(JsonObject json)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Plain)) json.WriteTo(writer);
        return stream.ToArray();
    }
}
