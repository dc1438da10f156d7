using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CompiledNets.Files;
using CompiledNets.Keras.Graphs;
using CompiledNets.Keras.Hdf5;
using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras.Files;

/// <summary>
/// A file of Keras, 2.0 to 3.x: a whole network (<c>.keras</c>, <c>.h5</c>, <c>.hdf5</c>) or weights alone (<c>.weights.h5</c>, and
/// <c>.weights.json</c> with its shards). What it is the first bytes tell, not the ending.
/// </summary>
/// <remarks>Weights are read when they are asked for, so that the file stays open until it is disposed of.</remarks>
public sealed class KerasFile : IDisposable
{
    private readonly Stream? owned;
    private readonly IReadOnlyList<Stream> shards = [];
    private readonly H5Node root;
    private readonly IReadOnlyList<H5Node> roots;
    private JsonDocument? model;
    private readonly JsonDocument? training;
    private readonly string? version;
    private GraphPart? part;

    private KerasFile(Stream stream, Stream? owned)
    {
        this.owned = owned;
        byte[] start = new byte[Architectures.StartSize];
        long at = stream.Position;
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = at;
        if (ShardList.Recognizes(start.AsSpan(0, length)))
        {
            shards = ShardList.Open(stream);
            try
            {
                roots = [.. shards.Select(shard => H5File.Open(shard).Root)];
            }
            catch
            {
                foreach (Stream shard in shards) shard.Dispose();
                throw;
            }

            root = roots[0];
            return;
        }

        if (length >= 4 && start.AsSpan().StartsWith("PK"u8))
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            Stream weights =
                new MemoryStream(Member(zip, "model.weights.h5") ?? throw new InvalidDataException("it has no member 'model.weights.h5'."));
            root = H5File.Open(weights).Root;
            roots = [root];
            using JsonDocument? metadata = Member(zip, "metadata.json") is { } text ? Architectures.Json(text, "metadata.json") : null;
            version = metadata is { RootElement.ValueKind: JsonValueKind.Object }
                && metadata.RootElement.TryGetProperty("keras_version", out JsonElement named) ? named.ToString() : null;
            model = Architectures.Read(
                Member(zip, "config.json") ?? throw new InvalidDataException("it has no member 'config.json'."), version, "config.json");
            Random = RandomText.Read(metadata?.RootElement);
            return;
        }

        root = H5File.Open(stream).Root;
        roots = [root];
        version = root.Text("keras_version") ?? root.Find("model_weights")?.Text("keras_version");
        if (root.Text("model_config") is { } config) model = Architectures.Read(Encoding.UTF8.GetBytes(config), version, "model_config");
        if ((root.Text("training_config") ?? root.Text(KerasWriter.OwnTraining)) is { } compile)
            training = Architectures.Json(Encoding.UTF8.GetBytes(compile), "training_config");
        Random = root.Text(RandomText.Attribute) is { } state ? RandomText.Read(state) : null;
    }

    /// <summary>The version of Keras that wrote it; null where it does not say.</summary>
    public string? Version => version;

    /// <summary>Keras's JSON of the network (<c>model.to_json()</c>); null where the file has weights alone.</summary>
    public JsonElement? Architecture => model?.RootElement;

    /// <summary>Where random numbers were; null in files that Keras wrote.</summary>
    internal RandomState? Random { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is none of Keras, damaged, or cut off.</exception>
    public static KerasFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return Read(path, () => new KerasFile(stream, stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file with the network of another: a file of weights alone has none.</summary>
    /// <param name="path">The file with the weights.</param>
    /// <param name="architecture">The network: Keras's JSON (<c>model.to_json()</c>, <c>config.json</c>), or a whole model.</param>
    /// <exception cref="IOException">One is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">One is none of Keras, damaged, or cut off; or the other has no network.</exception>
    public static KerasFile Open(string path, string architecture)
    {
        ArgumentException.ThrowIfNullOrEmpty(architecture);
        JsonDocument network = Read(architecture, () => Architectures.Open(architecture));
        try
        {
            KerasFile file = Open(path);
            file.model?.Dispose();
            file.model = network;
            return file;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Takes a file that is a resource of the program, say.</summary>
    /// <param name="stream">The file, which can seek; it stays open, and must until all is read.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is none of Keras, damaged, or cut off.</exception>
    public static KerasFile Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(null, () => new KerasFile(stream, null));
    }

    /// <summary>The network as a class with attributes, as a user would write it.</summary>
    /// <param name="className">What to call the class.</param>
    /// <param name="inputShapes">
    /// Shapes of samples, one for each input, for axes of which the file does not tell the length (<c>None</c>); null where it tells all.
    /// </param>
    /// <returns>
    /// C# source without usings and namespace. It means names of <c>CompiledNets</c> and <c>CompiledNets.Initializers</c>.
    /// </returns>
    /// <exception cref="InvalidDataException">The file has weights alone, or its inputs have other shapes.</exception>
    /// <exception cref="KerasUnsupportedException">
    /// Something in the network is not there; the message has each layer that is not.
    /// </exception>
    public string WriteSource(string className, IReadOnlyList<int[]>? inputShapes = null)
    {
        GraphPart network = Part(null);
        try
        {
            return NetworkSource.Write(
                className, LayerGraph.Of(network, inputShapes), keepNames: true, new Dictionary<GraphLayer, string>());
        }
        catch (KerasUnsupportedException)
        {
            string[] missing = [.. MissingLayers().Select(layer => layer.Reason).Distinct()];
            if (missing.Length > 0) throw new KerasUnsupportedException(string.Join("; ", missing));
            throw;
        }
    }

    /// <summary>The layers that are not there, with what of each is not.</summary>
    internal IReadOnlyList<(string Name, string Reason)> MissingLayers()
    {
        List<(string, string)> missing = [];
        foreach (GraphLayer layer in FileLayer.Of(Part(null)).Leaves.Select(leaf => leaf.Graph).OfType<GraphLayer>())
        {
            if (Missing(layer) is not { } reason) continue;
            missing.Add((string.Join('/', layer.Models.Append(layer.Name ?? layer.Config.ClassName)), reason));
        }

        return missing;
    }

    /// <summary>
    /// Reads weights into a network: layer by layer, by the names that they have in its class, else in their order. Where the network is
    /// compiled with the optimizer that the file is of, training goes on from the file.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="skipMismatch">Whether weights that do not fit are left as they are; else nothing is changed, and all are named.</param>
    /// <param name="architecture">Keras's JSON of the network, for files of weights alone; null for none.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or weights do not fit.</exception>
    /// <exception cref="KerasUnsupportedException">Something in the file's network is not there.</exception>
    public WeightReport LoadWeights(Model network, bool skipMismatch = false, JsonElement? architecture = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Read(null, () =>
        {
            FileLayer file = Layers(network, architecture);
            Assign(file);
            return Put(network, file, skipMismatch);
        });
    }

    /// <summary>Compiles a network as the one of the file was.</summary>
    /// <param name="network">The network.</param>
    /// <returns>Whether the file says how.</returns>
    /// <exception cref="KerasUnsupportedException">The optimizer or a loss is not there.</exception>
    public bool Compile(Model network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return TrainingConfig.Compile(network, training?.RootElement
            ?? (Architecture is { } config && config.TryGetProperty("compile_config", out JsonElement compile) ? compile : default));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        model?.Dispose();
        training?.Dispose();
        owned?.Dispose();
        foreach (Stream shard in shards) shard.Dispose();
    }

    /// <summary>Reads all that there is, the network aside: every group, every attribute of layers, every number.</summary>
    internal void ReadEverything() => Read(null, () =>
    {
        H5Node weights = root.Find("model_weights") ?? root;
        if (weights.Has("layer_names") || weights.Has("layer_names0")) _ = new LayerList(weights);
        foreach (H5Node shard in roots) ReadBelow(shard, 0);
        return OptimizerArraysOf();
    });

    private static void ReadBelow(H5Node node, int depth)
    {
        if (depth > 40) throw new InvalidDataException("it is damaged: groups in groups without end.");
        if (!node.IsData)
        {
            foreach (H5Node child in node.Children.Values) ReadBelow(child, depth + 1);
            return;
        }

        // Weights have the numbers of a network's, which are not made up by a file.
        long count = node.Shape().Aggregate(1L, (product, axis) => product * axis);
        if (count > 10_000_000) throw new InvalidDataException("more numbers than any of these files has.");
        node.CopyTo(new float[count]);
    }

    /// <summary>Refuses a network whose architecture is another one than the file's.</summary>
    /// <exception cref="InvalidDataException">It is; the message has every difference.</exception>
    internal void CheckArchitecture(Model network)
    {
        if (Architecture is null) return;
        IReadOnlyList<string> differences =
            Read(null, () => ArchitectureComparison.Differences(network, Part(null), Layers(network, null)));
        if (differences.Count == 0) return;
        throw new InvalidDataException(
            $"Expected a file with the network '{network.Name}'. Received one with another network; `LoadWeights` takes weights " +
                $"alone.\n{string.Join('\n', differences)}");
    }

    /// <summary>The network of the file, each layer with the one of the class that it belongs to.</summary>
    internal FileLayer Layers(Model network, JsonElement? architecture)
    {
        if (architecture is null && Architecture is null) return FileLayer.Of(network);
        GraphPart read = Part(architecture);
        FileLayer file = FileLayer.Of(read);
        Dictionary<GraphLayer, string> names = [];
        NetworkSource.Write(network.GetType().Name, LayerGraph.Of(read, ShapesOf(network)), keepNames: true, names);
        Dictionary<string, ModelLayer> byName = network.Layers.ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        FileLayer[] leaves = [.. file.Leaves.Where(leaf => leaf.Graph is not null)];
        foreach (FileLayer leaf in leaves)
            leaf.Target = names.TryGetValue(leaf.Graph!, out string? name) && byName.TryGetValue(name, out ModelLayer? layer)
                && layer.Type == leaf.ClassName ? layer : null;
        // The rest: layers of a class in their order.
        HashSet<ModelLayer> found = [.. leaves.Where(leaf => leaf.Target is not null).Select(leaf => leaf.Target!)];
        foreach (IGrouping<string, FileLayer> kind in leaves.Where(leaf => leaf.Target is null).GroupBy(leaf => leaf.ClassName))
        {
            ModelLayer[] own = [.. network.Layers.Where(layer => layer.Type == kind.Key && !found.Contains(layer))];
            foreach ((FileLayer leaf, ModelLayer layer) in kind.Zip(own)) leaf.Target = layer;
        }

        return file;
    }

    /// <summary>Shapes of what a class takes, for axes that a file tells nothing of.</summary>
    internal static IReadOnlyList<int[]> ShapesOf(Model network) => [.. network.GetDescription().Inputs.Select(input => input.Shape)];

    // What of a layer is not there; null where it is.
    private static string? Missing(GraphLayer layer)
    {
        try
        {
            LayerSources.Of(layer, "layer", isWritten: false);
            return null;
        }
        catch (KerasUnsupportedException unsupported)
        {
            return unsupported.Message;
        }
    }

    private GraphPart Part(JsonElement? architecture)
    {
        if (architecture is { } given) return LayerGraph.Part(given);
        return part ??= LayerGraph.Part(Architecture ?? throw new InvalidDataException("the file has weights alone, no network."));
    }

    private void Assign(FileLayer file)
    {
        H5Node weights = root.Find("model_weights") ?? root;
        if (weights.Has("layer_names") || weights.Has("layer_names0")) new LayerList(weights).Assign(file.Members);
        else if (roots.Any(ObjectTree.IsIn)) ObjectTree.Read(roots).Assign(file.Members);
        else throw new InvalidDataException("it holds neither a list of layers nor a tree of objects, as Keras writes them.");
    }

    private WeightReport Put(Model network, FileLayer file, bool skipMismatch)
    {
        List<(ModelWeight Weight, NumberFiller Fill)> fitting = [];
        List<WeightMismatch> mismatches = [];
        List<string> unused = [];
        Dictionary<ModelLayer, FileLayer> byTarget = [];
        foreach (FileLayer leaf in file.Leaves)
        {
            if (leaf.Target is not null) byTarget.TryAdd(leaf.Target, leaf);
            else unused.AddRange(leaf.Arrays.Select(array => array.Path));
        }

        foreach (ModelLayer layer in network.Layers)
        {
            IReadOnlyList<H5Node> arrays = byTarget.TryGetValue(layer, out FileLayer? leaf) ? leaf.Arrays : [];
            for (int i = 0; i < layer.Weights.Count; i++)
            {
                ModelWeight weight = layer.Weights[i];
                if (i >= arrays.Count)
                {
                    mismatches.Add(
                        new(weight.Path, arrays.Count == 0 ? "the file has no weights for its layer."
                        : $"the file has {arrays.Count} weights for its layer, which has {layer.Weights.Count}."));
                    continue;
                }

                int[] shape = arrays[i].Shape();
                if (!weight.Shape.SequenceEqual(shape))
                    mismatches.Add(
                        new(weight.Path, $"its shape is {Shape(weight.Shape)}, but the file has {Shape(shape)} at {arrays[i].Path}."));
                else fitting.Add((weight, Values(arrays[i], weight)));
            }

            // How often a normalization saw data is of no use without Keras.
            if (layer.Type != "Normalization") unused.AddRange(arrays.Skip(layer.Weights.Count).Select(array => array.Path));
        }

        if (!skipMismatch && mismatches.Count + unused.Count > 0)
        {
            IEnumerable<string> lines = [.. mismatches.Select(mismatch => mismatch.ToString()),
                .. unused.Select(path => $"'{path}' of the file belongs to no weight.")];
            throw new InvalidDataException(
                $"Expected a file with the weights of '{network.Name}'. Received one in which {fitting.Count} of " +
                    $"{fitting.Count + mismatches.Count} fit. " +
                $"Pass `skipMismatch: true` to take over those.\n{string.Join('\n', lines)}");
        }

        TrainingState? state = mismatches.Count > 0 ? null : State(network, file);
        KerasFormat.PutAll(network, fitting, state);
        return new([.. fitting.Select(pair => pair.Weight.Path)], mismatches, unused) { HasTrainingState = state is not null };
    }

    private TrainingState? State(Model network, FileLayer file)
    {
        if (network.Optimizer is null || OptimizerArraysOf() is not { } optimizer) return null;
        ModelWeight[] trained = [.. file.Leaves.Where(leaf => leaf.Target is not null).Select(leaf => leaf.Target!).Distinct()
            .SelectMany(layer => layer.Weights).Where(weight => weight.Trainable)];
        TrainingState? state = optimizer.For(network, trained);
        return state is null ? null : state with { Random = Random };
    }

    private OptimizerArrays? OptimizerArraysOf()
    {
        if (root.Find("optimizer_weights") is { } list && list.Texts("weight_names") is { } names)
            return new([.. names.Select(name => list.Find(name)).OfType<H5Node>()], IsBefore211(names));
        H5Node[] trees = [.. roots.Select(shard => shard.Find("optimizer") ?? shard.Find(KerasWriter.OwnOptimizer)).OfType<H5Node>()];
        return trees.Length > 0 ? new(ObjectTree.Read(trees).Variables, false) : null;
    }

    // The optimizers of before 2.11 live on under that name, and count steps as "iter" or "iterations".
    private static bool IsBefore211(string[] names) =>
        names.Length > 0 && !names[0].Split('/')[^1].StartsWith("iteration:", StringComparison.Ordinal) && !names[0]
            .EndsWith("iteration", StringComparison.Ordinal);

    // Read before anything is changed, so that a damaged array changes nothing.
    private static NumberFiller Values(H5Node array, ModelWeight weight)
    {
        float[] values = new float[weight.Values.Length];
        array.CopyTo(values);
        return numbers => values.CopyTo(numbers);
    }

    private static string Shape(ReadOnlySpan<int> shape) => $"({string.Join(", ", shape.ToArray())}{(shape.Length == 1 ? "," : "")})";

    private static byte[]? Member(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } entry) return null;
        ZipMembers.CheckSize(entry);
        if (entry.Length > Array.MaxLength)
            throw new InvalidDataException($"member '{name}' has {entry.Length} bytes, more than memory takes at once.");
        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : throw new InvalidDataException($"member '{name}' is cut off.");
    }

    private static T Read<T>(string? path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception) when (path is not null)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is EndOfStreamException or OverflowException or IndexOutOfRangeException
            or ArgumentOutOfRangeException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{(path is null ? "" : path + ": ")}it is damaged: {exception.Message}", exception);
        }
    }
}
