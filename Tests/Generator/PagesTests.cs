using System.Text;
using System.Text.RegularExpressions;
using CompiledNets.Data;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// What docs/data.md, docs/attention.md, docs/files.md, docs/nesting.md, docs/sequences.md and docs/watching.md show is what happens:
/// snippets run, and code within their sentences compiles.
/// </summary>
public sealed partial class PagesTests
{
    private static readonly IReadOnlyList<string> Data = ReadmeSnippets.CSharpOf("docs/data.md");
    private static readonly IReadOnlyList<string> Attention = ReadmeSnippets.CSharpOf("docs/attention.md");
    private static readonly IReadOnlyList<string> Files = ReadmeSnippets.CSharpOf("docs/files.md");
    private static readonly IReadOnlyList<string> Nesting = ReadmeSnippets.CSharpOf("docs/nesting.md");
    private static readonly IReadOnlyList<string> Sequences = ReadmeSnippets.CSharpOf("docs/sequences.md");
    private static readonly IReadOnlyList<string> Watching = ReadmeSnippets.CSharpOf("docs/watching.md");

    [Fact]
    public void Arrays_make_a_dataset() =>
        Assert.Equal(new Dataset(new float[3, 2], new float[3]).ToString(), SnippetProgram.Run(Data[0]).Trim());

    [Fact]
    public void A_table_of_people_becomes_features()
    {
        byte[] people = Encoding.Latin1.GetBytes(
            "# asked in May\nage;height;city;group\n31,5;1,80;M\u00e1laga;a\n?;1,62;;b\n40;NA;Lyon;a\n");
        // Age, height, and a column each for two cities and for none.
        Assert.Equal(new Dataset(new float[3, 5], new float[3]).ToString(), SnippetProgram.Run(Data[1], ("people.csv", people)).Trim());
    }

    [Fact]
    public void Sentences_become_numbers() => Assert.Equal("2 3 1 10 8 0\n11", SnippetProgram.Run(Data[2]).ReplaceLineEndings("\n").Trim());

    [Fact]
    public void Digits_are_read_from_a_folder()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3, .. new byte[24]], labels = [0, 0, 8, 1, 0, 0, 0, 4, 1, 2, 3, 4];
        string printed = SnippetProgram.Run(
            Data[3], ("mnist/train-images-idx3-ubyte", images), ("mnist/train-labels-idx1-ubyte", labels),
            ("mnist/t10k-images-idx3-ubyte", images), ("mnist/t10k-labels-idx1-ubyte", labels));
        Assert.Equal("(4, 2, 3) -> (4,), (4, 2, 3) -> (4,)", printed.Trim());
    }

    [Fact]
    public void A_network_that_scales_its_inputs_sorts_radar_returns()
    {
        Assert.Equal(5, Data.Count);
        // What training printed stands before it.
        string[] matrix = SnippetProgram.Run(Data[4]).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2..];
        int[][] rows = [.. matrix.Select(line => Number().Matches(line).Select(number => int.Parse(number.Value, null)).ToArray()[1..3])];
        Assert.True(rows[0][0] + rows[1][1] > 0.85 * rows.Sum(row => row.Sum()), string.Join('\n', matrix));
    }

    [Fact]
    public void A_transformer_compiles()
    {
        Assert.Equal(2, Attention.Count);
        SnippetProgram.Compile(Attention[0], OutputKind.DynamicallyLinkedLibrary);
        string nodes = "[Input(9, 8)] public partial Node Question { get; }\n[Input(20, 8)] public partial Node Text { get; }\n"
            + "[From(nameof(Found)), Dense(1), Output] public partial Node Answer { get; }\n" + Attention[1];
        SnippetProgram.Compile($"using CompiledNets;\n[Network]\npublic sealed partial class Net\n{{\n{nodes}\n}}\n",
            OutputKind.DynamicallyLinkedLibrary);
    }

    [Fact]
    public void A_series_goes_on()
    {
        Assert.Equal(4, Sequences.Count);
        string[] words = SnippetProgram.Run(Sequences[0]).Trim().Split(", error ");
        Assert.Equal(new Dataset(new float[195, 5, 1], new float[195]).ToString(), words[0]);
        Assert.InRange(double.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), 0, 0.1);
    }

    [Fact]
    public void Texts_praise_or_not() =>
        Assert.Equal("good\nbad", SnippetProgram.Run(Sequences[1]).ReplaceLineEndings("\n").Trim());

    [Fact]
    public void A_stream_of_steps_comes_to_what_a_run_does() => Assert.Equal("True", SnippetProgram.Run(Sequences[2]).Trim());

    [Fact]
    public void A_decoder_begins_with_the_states_of_an_encoder() =>
        SnippetProgram.Compile(Sequences[3], OutputKind.DynamicallyLinkedLibrary);

    [Theory]
    [InlineData("[RNN, LSTMCell(32), GRUCell(16)]", "[Input(7, 3), {0}, Dense(1)]")]
    [InlineData("[TimeDistributed, Conv2D(8, 3)]", "[Input(4, 6, 6, 1), {0}, GlobalAveragePooling3D, Dense(1)]")]
    [InlineData("[Bidirectional, LSTM(64)]", "[Input(7, 3), {0}, Dense(1)]")]
    [InlineData("[Input(20, 4), Masking, LSTM(16)]", "{0}")]
    public void What_the_page_on_sequences_names_compiles(string code, string frame)
    {
        Assert.Contains($"`{code}`", ReadmeSnippets.Read("docs/sequences.md"), StringComparison.Ordinal);
        string layers = string.Format(null, frame, frame == "{0}" ? code : code[1..^1]);
        SnippetProgram.Compile($"using CompiledNets;\n[Network]\n{layers}\npublic sealed partial class Net;\n",
            OutputKind.DynamicallyLinkedLibrary);
    }

    [Fact]
    public void A_network_that_was_saved_is_the_same() => Assert.Equal("True", SnippetProgram.Run(Assert.Single(Files)).Trim());

    [Fact]
    public void Nested_networks_compile() =>
        SnippetProgram.Compile("using CompiledNets;\n" + Nesting[0], OutputKind.DynamicallyLinkedLibrary);

    [Fact]
    public void A_trained_network_gives_its_weights()
    {
        Assert.Equal(2, Nesting.Count);
        Assert.Equal("4 weights taken over, 0 not", SnippetProgram.Run(Nesting[1]).Trim());
    }

    [Fact]
    public void Summaries_are_printed()
    {
        string output = SnippetProgram.Run(Watching[0]);
        Assert.Equal(3, Regex.Count(output, "Model: \"PairNet\""));
        Assert.Contains("└ dense_1", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv = CsvData.Read(\"a\", {0});", "separator: ';'", "encoding: Encoding.Latin1", "decimalComma: true", "skipLines: 2",
        "comment: '#'", "hasHeader: true", "missingTexts: [\"-999\"]")]
    [InlineData("_ = csv.{0};", "Features([\"age\", \"height\"])", "Numbers(\"age\")", "OneHot([\"city\"])", "Strings(\"city\")")]
    [InlineData("_ = csv.Features(.., {0});", "Missing.Mean", "Missing.Median", "Missing.NaN", "Missing.Number(0)")]
    [InlineData("_ = {0};", "csv.DropMissing()", "Samples.Join(a.Features(..), b.Features(..))",
        "encoder.InverseTransform(model.PredictClasses(x))", "data.Split(testSize: 0.33, seed: 1)",
        "data.Split(testSize: 0.2, validationSize: 0.1, seed: 1)",
        "model.Fit(train, classWeight: ClassWeights.Balanced(train.Targets))",
        "new ConfusionMatrix(test.Targets, model.Predict(test.Features), encoder.Classes)")]
    [InlineData("_ = data.Split({0});", "testRows: 100", "stratify: true")]
    [InlineData("{0} {{ }}", "foreach ((Dataset train, Dataset test) in new StratifiedKFold(10, shuffle: true, seed: 1).Split(data))")]
    [InlineData("Other({0});", "new KFold(2)", "new RepeatedKFold()", "new RepeatedStratifiedKFold()", "new StandardScaler()",
        "new MinMaxScaler()", "new LabelEncoder<int>()", "new LabelEncoder<float>()", "new TextVectorization()", "new StringLookup()",
        "new IntegerLookup()", "new CategoryEncoding(2)", "new Discretization([1])", "new Hashing(2)", "new HashedCrossing(2)")]
    [InlineData("_ = {0};", "ImageResizing.Resize(images, 32, 32, Interpolation.Bicubic, antialias: true)",
        "ImageResizing.SmartResize(images, 32, 32)", "ImageResizing.CenterCrop(images, 24, 24)",
        "DataFile.Get(\"set.zip\", new Uri(\"https://example.org/set.zip\"), hash)", "DataFile.DefaultFolder")]
    [InlineData("_ = {0};", "TimeSeries.SplitSequence(series, steps: 5)", "Differencing.Difference(series)",
        "Differencing.Invert(predicted, last)", "Sequences.Pad(sequences, maxlen: 100)", "VectorNorm.Normalize(x)")]
    public void What_the_page_on_data_names_is_there(string frame, params string[] codes)
    {
        string page = ReadmeSnippets.Read("docs/data.md");
        Assert.All(codes, code =>
        {
            // Classes are named there without their arguments.
            bool isClass = frame.StartsWith("Other", StringComparison.Ordinal);
            string named = isClass ? $"`{code[4..code.IndexOf('(', StringComparison.Ordinal)]}`" : $"`{code}";
            Assert.Contains(named, page, StringComparison.Ordinal);
            string parameters = "CsvData csv, CsvData a, CsvData b, Dataset data, LabelEncoder encoder, Model model, Tensor<float> x, "
                + "float[] series, Tensor<float> predicted, Tensor<float> last, int[][] sequences, Tensor<float> images, string hash"
                + (frame.StartsWith('{') ? "" : ", Dataset train, Dataset test");
            SnippetProgram.Compile($$"""
                using System.Numerics.Tensors;
                using System.Text;
                using CompiledNets;
                using CompiledNets.Data;
                internal static class Reader
                {
                    public static void Other(object it) => it.ToString();
                    public static void Read({{parameters}})
                    {
                        {{string.Format(null, frame, code)}}
                    }
                }
                """, OutputKind.DynamicallyLinkedLibrary);
        });
    }

    [Theory]
    [InlineData("model.Encoder.Dense1.Kernel", "_ = {0};")]
    [InlineData("model.Encoder.Trainable = false", "{0};")]
    [InlineData("model.Encoder.Dense.Trainable", "_ = {0};")]
    [InlineData("model.Encoder.Layers", "_ = {0};")]
    [InlineData("encoder.CopyWeightsFrom(model.Encoder)", "_ = {0};")]
    [InlineData("model.CopyWeightsFrom(other, LayerMatch.Name)", "_ = {0};")]
    [InlineData("skipMismatch: true", "model.Encoder.CopyWeightsFrom(encoder, {0});")]
    public void What_the_page_on_nesting_names_is_there(string code, string frame)
    {
        Assert.Contains($"`{code}`", ReadmeSnippets.Read("docs/nesting.md"), StringComparison.Ordinal);
        SnippetProgram.Compile($$"""
            using CompiledNets;
            {{Nesting[0]}}
            public static class Reader
            {
                public static void Read(Classifier model, Encoder encoder, Model other)
                {
                    {{string.Format(null, frame, code)}}
                }
            }
            """, OutputKind.DynamicallyLinkedLibrary);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
