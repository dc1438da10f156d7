using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using CompiledNets.Data;
using CompiledNets.Harness;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras;
using CompiledNets.Keras.Files;

namespace CompiledNets.Conformance;

/// <summary>
/// Judges model files: each is read, turned into a class in memory, filled and run. What is expected lies in the other folder, as
/// <c>PATH__WITH__UNDERSCORES.npz</c> with inputs <c>x0, ...</c> and outputs <c>y0, ...</c>, or beside the file as <c>NAME.npz</c> with
/// <c>predict0, ...</c> and what else a saved training has.
/// </summary>
public static class FileRunner
{
    /// <summary>What files are called in results, as families are.</summary>
    private const string Family = "files";

    private const double Tolerance = 1e-5;
    private const double TrainingTolerance = 2e-5;

    // So many networks make one assembly.
    private const int BatchSize = 16;

    private static readonly string[] Endings = [".h5", ".hdf5", ".keras", ".weights.json"];

    /// <summary>Judges the files below a folder for which something is expected.</summary>
    public static IEnumerable<CaseResult> Run(string files, string expected)
    {
        List<FileCase> cases = [];
        foreach (string path in Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.Ordinal))) continue;
            string relative = Path.GetRelativePath(files, path).Replace('\\', '/');
            string named = Path.Combine(expected, relative.Replace("/", "__", StringComparison.Ordinal) + ".npz");
            string name = Path.GetFileName(path)[..Path.GetFileName(path).IndexOf('.', StringComparison.Ordinal)];
            string beside = Path.Combine(Path.GetDirectoryName(path)!, name + ".npz");
            if (File.Exists(named)) cases.Add(new(path, relative, named, null));
            else if (File.Exists(beside)) cases.Add(new(path, relative, beside, Path.ChangeExtension(beside, ".json")));
        }

        // Files of one network in several forms and versions are one class.
        Dictionary<string, (CompiledNetworks Networks, string ClassName)?> compiled = new(StringComparer.Ordinal);
        try
        {
            foreach (FileCase[] batch in cases.Chunk(BatchSize))
            {
                foreach (FileCase one in batch) one.Prepare();
                CompileTogether(batch, compiled);
                foreach (FileCase one in batch)
                {
                    using (one)
                    {
                        yield return one.Result ?? Judge(one, compiled);
                    }
                }
            }
        }
        finally
        {
            foreach (CompiledNetworks networks in compiled.Values.Where(entry => entry is not null).Select(entry => entry!.Value.Networks)
                .Distinct()) networks.Dispose();
        }
    }

    private static void CompileTogether(FileCase[] batch, Dictionary<string, (CompiledNetworks Networks, string ClassName)?> compiled)
    {
        string[] sources = [.. batch.Where(one => one.Source is not null).Select(one => one.Source!(Placeholder)).Distinct()
            .Where(source => !compiled.ContainsKey(source))];
        if (sources.Length == 0) return;
        try
        {
            var networks = CompiledNetworks.Compile([NetworkSource.Usings + string.Join('\n', sources.Select((source, i) => Named(source, i)))]);
            for (int i = 0; i < sources.Length; i++) compiled[sources[i]] = (networks, Name(i));
        }
        catch (InvalidOperationException)
        {
            // One of them is at fault: each is compiled alone where its file is judged, so that the others are judged.
            foreach (string source in sources) compiled[source] = null;
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"File{number}");

    private static string Named(string source, int number) => source.Replace(Placeholder, Name(number), StringComparison.Ordinal);

    private static Model Create(FileCase one, Dictionary<string, (CompiledNetworks Networks, string ClassName)?> compiled)
    {
        string source = one.Source!(Placeholder);
        (CompiledNetworks networks, string className) = compiled[source] ?? (Compile(source), Name(0));
        compiled[source] = (networks, className);
        return networks.Create(className);
    }

    private static CompiledNetworks Compile(string source)
    {
        try
        {
            return CompiledNetworks.Compile([NetworkSource.Usings + Named(source, 0)]);
        }
        catch (InvalidOperationException refused) when (refused.Message.Contains("CN0085", StringComparison.Ordinal))
        {
            // Values of one axis attend to each other in Keras, sample to sample.
            throw new KerasUnsupportedException("Attention with samples of one axis");
        }
    }

    // No layer is called so.
    private const string Placeholder = "ClassOfTheFile";

    private static CaseResult Judge(FileCase one, Dictionary<string, (CompiledNetworks Networks, string ClassName)?> compiled)
    {
        try
        {
            Model network = Create(one, compiled);
            string? problem = null;
            if (one.Expected.ContainsKey("after0"))
            {
                try
                {
                    one.File!.Compile(network);
                }
                catch (KerasUnsupportedException unsupported)
                {
                    problem = unsupported.Message;
                }
            }

            WeightReport report = one.File!.LoadWeights(network, architecture: one.Architecture);
            GoldenCase golden = one.Golden();
            Comparison comparison = new(golden, Tolerance);
            Samples[] x = [.. golden.Numbered("x").Select(array => new Samples(array.ToTensor()))];
            if (golden.Arrays.ContainsKey("weight0") && network.Weights.Count == golden.Numbered("weight").Count())
                CompareWeights(network, comparison, golden);
            Tensor<float>[] outputs = network.Predict(x);
            bool hasPredictions = golden.Arrays.ContainsKey("predict0");
            for (int i = 0; i < outputs.Length; i++)
                comparison.Add((hasPredictions ? "predict" : "y") + i.ToString(CultureInfo.InvariantCulture), outputs[i]);
            if (comparison.Faults.Length == 0 && golden.Arrays.ContainsKey("after0") && problem is null && network.Optimizer is not null
                && report.HasTrainingState)
                return GoOn(one, network, golden, comparison, x);
            return Result(one, comparison);
        }
        catch (KerasUnsupportedException unsupported)
        {
            return new(Family, one.Name, CaseStatus.NotSupported, Reason: unsupported.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new(Family, one.Name, CaseStatus.Failed, Reason: $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    // Three epochs more from the state in the file, as make_files.py goes on.
    private static CaseResult GoOn(FileCase one, Model network, GoldenCase golden, Comparison before, Samples[] x)
    {
        Comparison comparison = new(golden, TrainingTolerance);
        Samples[] y = [.. golden.Numbered("y").Select(array => new Samples(array.ToTensor()))];
        History history = network.Fit(x, y, 16, 3, Verbose.Silent, shuffle: false);
        comparison.Add("history/loss", history["loss"]);
        NamedArray[] after = [.. golden.Numbered("after")];
        foreach ((ModelWeight weight, NamedArray array) in InKerasOrder(network, after)) comparison.Add(array.Name, weight.Values);
        return comparison.Faults.Length > 0 || comparison.Largest > before.Largest ? Result(one, comparison) : Result(one, before);
    }

    private static void CompareWeights(Model network, Comparison comparison, GoldenCase golden)
    {
        foreach ((ModelWeight weight, NamedArray array) in InKerasOrder(network, [.. golden.Numbered("weight")]))
            comparison.Add(array.Name, weight.Values);
    }

    // What trains stands before the rest in networks in networks; where shapes differ, nothing is told by an order.
    private static IEnumerable<(ModelWeight Weight, NamedArray Array)> InKerasOrder(Model network, NamedArray[] arrays)
    {
        bool fits = network.Weights.Count == arrays.Length && network.Weights.Zip(arrays)
            .All(pair => pair.First.Shape.SequenceEqual(pair.Second.Shape));
        return fits ? network.Weights.Zip(arrays) : [];
    }

    private static CaseResult Result(FileCase one, Comparison comparison)
    {
        bool hasPassed = comparison.Faults.Length == 0 && comparison.Largest >= 0;
        string? reason = hasPassed ? null : comparison.Faults.Length > 0 ? comparison.Faults : "nothing was compared";
        return new(Family, one.Name, hasPassed ? CaseStatus.Passed : CaseStatus.Failed, comparison.Largest < 0 ? null : comparison.Largest,
            comparison.Tensor, reason);
    }

    /// <summary>A file with what is expected of it.</summary>
    private sealed class FileCase(string path, string name, string expectedPath, string? architecturePath) : IDisposable
    {
        private JsonDocument? architecture;

        public string Name => name;

        public KerasFile? File { get; private set; }

        public Dictionary<string, NamedArray> Expected { get; private set; } = [];

        /// <summary>The network of a file that has weights alone.</summary>
        public JsonElement? Architecture { get; private set; }

        public Func<string, string>? Source { get; private set; }

        /// <summary>The judgement, where there is nothing to run.</summary>
        public CaseResult? Result { get; private set; }

        public void Prepare()
        {
            try
            {
                Expected = NpzArchive.Read(expectedPath);
                File = KerasFile.Open(path);
                if (File.Architecture is null) ReadArchitecture();
                // Where the network takes any length, it is that of what is expected.
                int[][] shapes = [.. Golden().Numbered("x").Select(array => array.Shape.Skip(1).ToArray())];
                Func<string, string> source = Architecture is { } given ? className =>
                    NetworkSource.Write(className, given) : className => File.WriteSource(className, shapes);
                source(Placeholder);
                Source = source;
            }
            catch (KerasUnsupportedException unsupported)
            {
                Result = new(Family, name, CaseStatus.NotSupported, Reason: unsupported.Message);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Result = new(Family, name, CaseStatus.Failed, Reason: $"{exception.GetType().Name}: {exception.Message}");
            }
        }

        public GoldenCase Golden() => new(name, default, Expected);

        public void Dispose()
        {
            File?.Dispose();
            architecture?.Dispose();
        }

        private void ReadArchitecture()
        {
            if (architecturePath is null || !System.IO.File.Exists(architecturePath))
                throw new InvalidDataException("the file has weights alone, and no network lies beside it.");
            string text = System.IO.File.ReadAllText(architecturePath);
            architecture = JsonDocument.Parse(text);
            if (architecture.RootElement.TryGetProperty("keras", out JsonElement version))
            {
                string asKeras3 = Keras2Config.AsKeras3(text, version.GetString());
                architecture.Dispose();
                architecture = JsonDocument.Parse(asKeras3);
            }

            JsonElement root = architecture.RootElement;
            Architecture = root.TryGetProperty("architecture", out JsonElement inner) ? inner : root;
        }
    }
}
