using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Files;
using CompiledNets.Keras;
using CompiledNets.Keras.Files;

namespace CompiledNets.Tool;

/// <summary>A file of Keras becomes a class with its weights and a test of both.</summary>
internal static class Import
{
    /// <summary>Imports a file. All files are written elsewhere and tried before one is in its place.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="output">Takes what is said.</param>
    /// <exception cref="ImportException">It cannot be imported; nothing was written.</exception>
    public static void Run(ImportOptions options, TextWriter output)
    {
        WrittenNames names = new(options.Name);
        string folder = Path.GetFullPath(options.Output);
        if (File.Exists(folder)) throw new ImportException($"'{options.Output}' is a file; --output takes a folder.");
        string[] there = [.. names.All.Where(name => File.Exists(Path.Combine(folder, name)))];
        if (there.Length > 0 && !options.Force)
            throw new ImportException($"{string.Join(", ", there)} in '{options.Output}' would be replaced; --force does so.");

        using KerasFile file = options.Architecture is { } architecture ? KerasFile.Open(options.File, architecture)
            : KerasFile.Open(options.File);
        if (file.Architecture is null)
        {
            throw new ImportException($"{options.File} has weights alone, no network. --architecture takes the network, as " +
                "`model.to_json()` gives it; `model.save(\"model.keras\")` writes both.");
        }

        if (Of(options, file.MissingLayers) is { Count: > 0 } missing)
        {
            throw new ImportException($"{options.File} has layers that CompiledNets has not:\n" + string.Join('\n',
                missing.Select(layer => $"  {layer.Name}: {layer.Reason}")));
        }

        string kerasName = Path.GetFileName(options.File);
        string network = WrittenSources.Network(names, options.Namespace, kerasName, Of(options, () => Source(options, file, names)));
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        // Beside its place: moving from another disk would be writing once more.
        string beside = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        bool isDone = false;
        try
        {
            Directory.CreateDirectory(beside);
            string summary = Write(options, names, file, network, beside);
            MoveAll(names.All, beside, folder);
            isDone = true;
            output.WriteLine(summary);
            foreach (string name in names.All.Reverse()) output.WriteLine($"  {Path.Combine(options.Output, name)}");
            output.WriteLine("With this line in its project, a program has the weights and the numbers of the test beside it:");
            output.WriteLine($"  {names.ProjectLine}");
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
            if (isNew && !isDone && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
    }

    private static string Source(ImportOptions options, KerasFile file, WrittenNames names)
    {
        try
        {
            return file.WriteSource(names.ClassName, options.InputShapes);
        }
        catch (KerasUnsupportedException exception) when (exception.Message.StartsWith("input of shape", StringComparison.Ordinal))
        {
            throw new ImportException($"{options.File} has an {exception.Message}; --input-shape tells its length: 10,3, for one input.");
        }
    }

    // Reads of the file, with its name where something is wrong with it.
    private static T Of<T>(ImportOptions options, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (KerasUnsupportedException exception)
        {
            throw new ImportException($"{options.File} has what CompiledNets has not: {exception.Message}");
        }
        catch (InvalidDataException exception)
        {
            throw new ImportException($"{options.File}: {exception.Message}");
        }
    }

    // All or none: what was there goes back where one cannot take its place.
    private static void MoveAll(IReadOnlyList<string> names, string from, string to)
    {
        string old = Path.Combine(from, "old");
        Directory.CreateDirectory(old);
        List<string> moved = [];
        try
        {
            foreach (string name in names)
            {
                if (File.Exists(Path.Combine(to, name))) File.Move(Path.Combine(to, name), Path.Combine(old, name));
                File.Move(Path.Combine(from, name), Path.Combine(to, name));
                moved.Add(name);
            }
        }
        catch
        {
            foreach (string name in moved) File.Delete(Path.Combine(to, name));
            foreach (string path in Directory.GetFiles(old)) File.Move(path, Path.Combine(to, Path.GetFileName(path)));
            throw;
        }
    }

    private static string Write(ImportOptions options, WrittenNames names, KerasFile file, string network, string folder)
    {
        string test = WrittenSources.SelfTest(names, options.Namespace);
        File.WriteAllText(Path.Combine(folder, names.Source), network);
        File.WriteAllText(Path.Combine(folder, names.TestSource), test);

        using CompiledImport compiled = CompiledImport.Compile(options.Namespace, network, test);
        Model model = compiled.Create(names.ClassName);
        Of(options, () => file.LoadWeights(model));
        model.SaveWeights(Path.Combine(folder, names.Weights));
        Dictionary<string, Tensor<float>> numbers = options.Expected is { } expected
            ? TestNumbers.Read(expected, model) : TestNumbers.Predicted(model);
        NpzFile.Write(Path.Combine(folder, names.TestData), numbers);
        string compared = options.Expected is null ? "the test expects what it predicts here" : string.Create(CultureInfo.InvariantCulture,
            $"{TestNumbers.LargestDifference(model, numbers):0.0e+00} at most away from the outputs in {options.Expected}");
        try
        {
            compiled.RunTest(names.TestClass, folder);
        }
        catch (InvalidDataException exception)
        {
            throw new ImportException($"The class does not predict what is expected. {exception.Message}");
        }

        int parameters = model.Layers.Sum(layer => layer.Weights.Sum(weight => weight.Values.Length));
        return string.Create(CultureInfo.InvariantCulture,
            $"{options.File} is {names.ClassName}: {model.Layers.Count} layers, {parameters} parameters; {compared}.");
    }
}
