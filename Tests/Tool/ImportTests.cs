using System.IO.Compression;
using System.Numerics.Tensors;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CompiledNets.Files;
using CompiledNets.Harness;
using CompiledNets.Tests;

namespace CompiledNets.Tool.Tests;

/// <summary>Files of Keras become files of a project, which is compiled as a user's would be.</summary>
public sealed class ImportTests : IDisposable
{
    private static readonly string Goldens = Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Goldens", "files");

    private readonly string folder = Directory.CreateTempSubdirectory("import").FullName;

    [Theory]
    [InlineData("iris.keras", "IrisNet")]
    [InlineData("cnn.h5", "CnnNet")]
    [InlineData("two_branches.keras", "TwoBranchesNet")]
    [InlineData("gru_bidirectional.keras", "GruBidirectionalNet")]
    [InlineData("nested_frozen.h5", "NestedFrozenNet")]
    [InlineData("embedding.keras", "EmbeddingNet")]
    [InlineData("transformer.h5", "TransformerNet")]
    public void A_file_becomes_a_class_that_passes_its_test(string file, string className)
    {
        string said = Succeeds("import", Path.Combine(Goldens, file), "--output", folder);
        Assert.Contains(className, said, StringComparison.Ordinal);
        Assert.Equal([$"{className}.cs", $"{className}.safetensors", $"{className}.selftest.npz", $"{className}SelfTest.cs"], FileNames());
        RunTest(className);
    }

    [SharedTheory("keras-files")]
    [InlineData("dl4j/cnn_batch_norm/cnn_batch_norm.h5")]
    [InlineData("dl4j/tfkeras/cnn2d_76.h5")]
    [InlineData("dl4j/tfkeras/issue_9349.hdf5")]
    [InlineData("dl4j/weights/bidirectional_lstm_tensorflow_2.h5")]
    [InlineData("dl4j/tfkeras/rnn_94.h5")]
    public void Files_from_elsewhere_pass_a_test_of_what_Keras_predicts(string file)
    {
        string shared = SharedFolder.Find("keras-files")!;
        string said = Succeeds("import", Path.Combine(shared, file), "--output", folder, "--name", "Imported", "--namespace", "My.Networks",
            "--expected", Path.Combine(shared, "expected-keras", file.Replace("/", "__", StringComparison.Ordinal) + ".npz"));
        Assert.Contains("away from the outputs in", said, StringComparison.Ordinal);
        RunTest("My.Networks.Imported");
    }

    [Theory]
    [InlineData("cnn.weights.h5", "cnn.json", "CnnNet")]
    [InlineData("gru_bidirectional.weights.h5", "gru_bidirectional.keras", "GruBidirectionalNet")]
    [InlineData("nested_frozen.weights.h5", "nested_frozen.h5", "NestedFrozenNet")]
    [InlineData("iris.h5", "iris.json", "IrisNet")]
    public void Weights_alone_take_the_network_of_another_file(string file, string architecture, string className)
    {
        string said = Succeeds("import", Path.Combine(Goldens, file), "--architecture", Path.Combine(Goldens, architecture),
            "--output", folder);
        Assert.Contains(className, said, StringComparison.Ordinal);
        RunTest(className);
        string whole = Path.Combine(folder, "whole");
        Succeeds("import", Path.Combine(Goldens, Path.GetFileName(file).Split('.')[0] + ".keras"), "--output", whole);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, className + ".safetensors")),
            File.ReadAllBytes(Path.Combine(folder, className + ".safetensors")));
    }

    [Fact]
    public void A_network_that_the_weights_do_not_fit_is_refused_by_name()
    {
        string weights = Path.Combine(Goldens, "cnn.weights.h5"), output = Path.Combine(folder, "out");
        string said = Fails("import", weights, "--architecture", Path.Combine(Goldens, "iris.json"), "--output", output);
        Assert.Contains("cnn.weights.h5", said, StringComparison.Ordinal);
        Assert.Contains("dense_3/kernel", said, StringComparison.Ordinal);
        Assert.Contains("weights alone", Fails("import", weights, "--architecture", weights, "--output", output), StringComparison.Ordinal);
        Assert.Contains("iris.npz", Fails("import", weights, "--architecture", Path.Combine(Goldens, "iris.npz"), "--output", output),
            StringComparison.Ordinal);
        string json = Path.Combine(folder, "other.json");
        File.WriteAllText(json, "{\"units\": 3}");
        Assert.Contains("it is no network", Fails("import", weights, "--architecture", json, "--output", output), StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void An_input_of_any_length_gets_the_one_that_is_told()
    {
        string path = Path.Combine(folder, "changed.keras"), output = Path.Combine(folder, "out");
        File.Copy(Path.Combine(Goldens, "lstm.keras"), path);
        ChangeConfig(path, config => Regex.Replace(config, "\"batch_shape\": \\[\\s*null,\\s*[0-9]+", "\"batch_shape\": [null, null"));
        Assert.Contains("--input-shape tells its length", Fails("import", path, "--output", output), StringComparison.Ordinal);
        Assert.Contains("input of shape", Fails("import", path, "--output", output, "--input-shape", "5"), StringComparison.Ordinal);
        Succeeds("import", path, "--output", output, "--input-shape", "9,77");
        Assert.Matches(@"Input\(9, [0-9]+\)", File.ReadAllText(Path.Combine(output, "ChangedNet.cs")));
    }

    [Fact]
    public void Another_weight_fails_the_test()
    {
        Succeeds("import", Path.Combine(Goldens, "iris.keras"), "--output", folder);
        string path = Path.Combine(folder, "IrisNet.safetensors");
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(bytes.AsSpan(^4), 3f);
        File.WriteAllBytes(path, bytes);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => RunTest("IrisNet"));
        Assert.StartsWith("Output 0, number ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_numbers_than_those_of_Keras_are_refused()
    {
        string path = Path.Combine(folder, "expected.npz");
        NpzFile.Write(path,
        [
            new("x0", Tensor.Create(new float[8], [2, 4])),
            new("y0", Tensor.Create(new float[6], [2, 3])),
        ]);
        string iris = Path.Combine(Goldens, "iris.keras"), output = Path.Combine(folder, "out");
        Assert.Contains("Output 0, number 0: expected 0", Fails("import", iris, "--output", output, "--expected", path),
            StringComparison.Ordinal);
        string other = Path.Combine(Goldens, "two_branches.keras");
        Assert.Contains("no 'x1', but x0, y0", Fails("import", other, "--output", output, "--expected", path), StringComparison.Ordinal);
        Assert.Contains("do not fit", Fails("import", Path.Combine(Goldens, "cnn.keras"), "--output", output, "--expected", path),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Each_layer_that_is_not_there_is_named()
    {
        string path = Path.Combine(folder, "changed.keras"), output = Path.Combine(folder, "out");
        File.Copy(Path.Combine(Goldens, "iris.keras"), path);
        ChangeConfig(path, config => ReplaceTwice(config, "\"class_name\": \"Dense\"", "\"class_name\": \"Sparse\""));
        string said = Fails("import", path, "--output", output);
        Assert.Contains("  dense_3: layer Sparse\n  dense_4: layer Sparse\n", said.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("dense_5", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void What_is_no_whole_model_is_refused()
    {
        string cut = Path.Combine(folder, "cut.h5"), output = Path.Combine(folder, "out");
        byte[] bytes = File.ReadAllBytes(Path.Combine(Goldens, "cnn.h5"));
        File.WriteAllBytes(cut, bytes[..^1000]);
        Assert.Contains("cut.h5", Fails("import", cut, "--output", output), StringComparison.Ordinal);
        string weights = Path.Combine(Goldens, "cnn.weights.h5");
        Assert.Contains("weights alone", Fails("import", weights, "--output", output), StringComparison.Ordinal);
        Assert.Contains("cnn.json", Fails("import", Path.Combine(Goldens, "cnn.json"), "--output", output), StringComparison.Ordinal);
        Assert.Contains("no-such", Fails("import", "no-such.keras", "--output", output), StringComparison.Ordinal);
        Assert.Contains("is a file", Fails("import", weights, "--output", cut), StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_named_and_nothing_is_written()
    {
        string path = Path.Combine(folder, "changed.keras"), output = Path.Combine(folder, "out");
        File.Copy(Path.Combine(Goldens, "iris.keras"), path);
        ChangeConfig(path, config => config.Replace("\"units\": 8", "\"units\": 9", StringComparison.Ordinal));
        string said = Fails("import", path, "--output", output);
        Assert.Contains("dense_4/kernel", said, StringComparison.Ordinal);
        Assert.Contains("changed.keras", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Files_are_replaced_only_where_that_is_asked_for()
    {
        string[] line = ["import", Path.Combine(Goldens, "iris.keras"), "--output", folder];
        Succeeds(line);
        string source = Path.Combine(folder, "IrisNet.cs"), first = File.ReadAllText(source);
        byte[] numbers = File.ReadAllBytes(Path.Combine(folder, "IrisNet.selftest.npz"));
        File.WriteAllText(source, "// mine");
        Assert.Contains("--force", Fails(line), StringComparison.Ordinal);
        Assert.Equal("// mine", File.ReadAllText(source));
        Succeeds([.. line, "--force"]);
        Assert.Equal(first, File.ReadAllText(source));
        Assert.Equal(numbers, File.ReadAllBytes(Path.Combine(folder, "IrisNet.selftest.npz")));
    }

    [Fact]
    public void All_files_take_their_places_or_none()
    {
        string[] line = ["import", Path.Combine(Goldens, "iris.keras"), "--output", folder, "--force"];
        File.WriteAllText(Path.Combine(folder, "IrisNet.safetensors"), "old");
        Directory.CreateDirectory(Path.Combine(folder, "IrisNet.cs"));
        Fails(line);
        Assert.Equal(["IrisNet.safetensors"], FileNames());
        Assert.Equal("old", File.ReadAllText(Path.Combine(folder, "IrisNet.safetensors")));
        Assert.Single(Directory.GetDirectories(folder));
    }

    [Theory]
    [InlineData("my-iris_2.keras", "MyIris2Net")]
    [InlineData("2.h5", "Net2")]
    [InlineData("folder/wordnet.best.keras", "WordnetNet")]
    [InlineData("SmallNet.hdf5", "SmallNet")]
    public void A_class_is_called_after_its_file(string file, string className) =>
        Assert.Equal(className, ImportOptions.Parse(["import", file]).Name);

    [Theory]
    [InlineData("convert a.keras", "no command 'convert'")]
    [InlineData("import", "No file")]
    [InlineData("import a.keras b.keras", "One file")]
    [InlineData("import a.keras --name", "takes a value")]
    [InlineData("import a.keras --name a.b", "no name for a class")]
    [InlineData("import a.keras --name class", "no name for a class")]
    [InlineData("import a.keras --namespace My..App", "no name for a namespace")]
    [InlineData("import a.keras --name A --name B", "twice")]
    [InlineData("import a.keras --architecture", "takes a value")]
    [InlineData("import a.keras --input-shape 3,a", "'3,a' is no shape")]
    [InlineData("import a.keras --input-shape 3,0", "'3,0' is no shape")]
    [InlineData("import a.keras --outptu x", "no option '--outptu'")]
    public void A_wrong_command_line_is_told(string line, string reason)
    {
        StringWriter error = new();
        Assert.Equal(2, CommandLine.Run(line.Split(' '), TextWriter.Null, error));
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Usage:", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_a_class_cannot_have_is_refused()
    {
        string output = Path.Combine(folder, "out");
        string said = Fails("import", Path.Combine(Goldens, "iris.keras"), "--output", output, "--name", "DenseAttribute");
        Assert.StartsWith("The network cannot be declared as a class:", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Whatever_a_file_is_called_its_class_compiles()
    {
        string path = Path.Combine(folder, "a & b's \u00e9.keras");
        File.Copy(Path.Combine(Goldens, "iris.keras"), path);
        Succeeds("import", path, "--output", folder);
        RunTest("ABS\u00c9Net");
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string[] FileNames() => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    // As a project with the strictest settings compiles it.
    private void RunTest(string className)
    {
        using var networks = CompiledNetworks.Compile([.. Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText)]);
        MethodInfo run = networks.Assembly.GetType(className + "SelfTest", throwOnError: true)!.GetMethod("Run")!;
        run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [folder], null);
    }

    private static string Succeeds(params string[] line)
    {
        StringWriter output = new(), error = new();
        int code = CommandLine.Run(line, output, error);
        Assert.True(code == 0, error.ToString());
        Assert.Empty(error.ToString());
        return output.ToString();
    }

    private static string Fails(params string[] line)
    {
        StringWriter output = new(), error = new();
        Assert.Equal(1, CommandLine.Run(line, output, error));
        Assert.Empty(output.ToString());
        return error.ToString();
    }

    private static void ChangeConfig(string path, Func<string, string> change)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        ZipArchiveEntry entry = zip.GetEntry("config.json")!;
        string text;
        using (StreamReader reader = new(entry.Open())) text = reader.ReadToEnd();
        string changed = change(text);
        Assert.NotEqual(text, changed);
        entry.Delete();
        using Stream stream = zip.CreateEntry("config.json").Open();
        stream.Write(Encoding.UTF8.GetBytes(changed));
    }

    private static string ReplaceTwice(string text, string old, string replacement)
    {
        for (int i = 0; i < 2; i++)
        {
            int at = text.IndexOf(old, StringComparison.Ordinal);
            text = text[..at] + replacement + text[(at + old.Length)..];
        }

        return text;
    }
}
