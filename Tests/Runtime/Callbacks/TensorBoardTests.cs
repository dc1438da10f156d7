using System.Text.Json;
using CompiledNets.Harness.Goldens;
using CompiledNets.Tests.Summary;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Callbacks;

/// <summary>Event files have the records that those of Keras have.</summary>
public sealed class TensorBoardTests
{
    private static readonly string[] Listing = DescribedNetworks.Golden("tensorboard/defaults_listing.txt").Split('\n');

    [Fact]
    public void The_reader_reads_a_file_of_keras()
    {
        List<EventReader.Entry> entries = EventReader.Read(Path.Combine(GoldenFolder.FullPath, "text", "tensorboard", "train.tfevents"));
        Assert.Equal("brain.Event:2", entries[0].Version);
        Assert.Equal(7, entries.Count);
        Assert.Equal(0.843355f, (float)entries[5].Numbers[0], 5);
    }

    [Fact]
    public void Records_are_those_of_keras_byte_for_byte_but_for_times_and_values()
    {
        using Scripted.Folder folder = new();
        Fit(folder, new TensorBoard(folder.Path, writeGraph: false), epochs: 2);
        byte[] ours = File.ReadAllBytes(Directory.GetFiles(folder.File("train"))[0]);
        byte[] keras = File.ReadAllBytes(Path.Combine(GoldenFolder.FullPath, "text", "tensorboard", "train.tfevents"));
        // The first record names the program.
        ours = ours[(ours[0] + 16)..];
        keras = keras[(keras[0] + 16)..];
        Assert.Equal(keras.Length, ours.Length);
        for (int at = 0; at < keras.Length; at += keras[at] + 16)
        {
            Assert.Equal(keras[at], ours[at]);
            int value = keras.AsSpan(at, keras[at] + 12).IndexOf((ReadOnlySpan<byte>)[0x22, 0x04]);
            Assert.Equal(keras[(at + 21)..(at + value + 2)], ours[(at + 21)..(at + value + 2)]);
            Assert.Equal(keras[(at + value + 6)..(at + keras[at] + 12)], ours[(at + value + 6)..(at + keras[at] + 12)]);
        }
    }

    [Fact]
    public void Defaults_write_figures_and_the_graph()
    {
        using Scripted.Folder folder = new();
        Fit(folder, new TensorBoard(folder.Path), epochs: 2);
        Assert.Equal(Expected("defaults", "train", 0), Tags(folder, "train"));
        Assert.Equal(Expected("defaults", "validation", 0), Tags(folder, "validation"));
        EventReader.Entry rate = Records(folder, "train").First(entry => entry.Tag == "epoch_learning_rate");
        Assert.Equal(0.001f, (float)rate.Numbers[0]);
        string json = Records(folder, "train").First(entry => entry.Tag == "keras").Text!;
        Assert.Equal("MlpNet", JsonDocument.Parse(json).RootElement.GetProperty("config").GetProperty("name").GetString());
    }

    [Fact]
    public void Histograms_of_all_weights_are_written()
    {
        using Scripted.Folder folder = new();
        MlpNet model = Fit(folder, new TensorBoard(folder.Path, histogramFreq: 1, writeGraph: false), epochs: 2);
        Assert.Equal(
            [.. Expected("histograms", "train", 0).Select(line => line.Replace("sequential/", "MlpNet/", StringComparison.Ordinal))],
            Tags(folder, "train"));
        EventReader.Entry last = Records(folder, "train").Last(entry => entry.Tag == "MlpNet/dense/kernel/histogram");
        Assert.Equal([30, 3], last.Shape);
        float[] weights = model.Dense.Kernel.Values.ToArray();
        double[][] buckets = [.. last.Numbers.Chunk(3)];
        Assert.Equal(weights.Min(), buckets[0][0]);
        Assert.Equal(weights.Max(), buckets[^1][1]);
        foreach (double[] bucket in buckets[..^1])
            Assert.Equal(weights.Count(weight => weight >= bucket[0] && weight < bucket[1]), bucket[2], tolerance: 1);
        Assert.Equal(weights.Length, buckets.Sum(bucket => bucket[2]));
    }

    [Fact]
    public void Numbers_that_are_all_the_same_are_in_the_last_bucket()
    {
        double[][] buckets = [.. Histograms.Buckets([2, 2, 2, float.NaN]).Chunk(3)];
        Assert.Equal([2, 2, 3], buckets[^1]);
        Assert.All(buckets[..^1], bucket => Assert.Equal([2, 2, 0], bucket));
    }

    [Fact]
    public void Figures_of_batches_are_written_each_so_many()
    {
        using Scripted.Folder folder = new();
        Fit(folder, new TensorBoard(folder.Path, updateFreq: "2", writeGraph: false), epochs: 2);
        Assert.Equal(Expected("update_freq batch", "train", 0), Tags(folder, "train"));
        Assert.Equal(Expected("update_freq batch", "validation", 12), Tags(folder, "validation"));
    }

    [Fact]
    public void Steps_a_second_are_figures_too()
    {
        using Scripted.Folder folder = new();
        Fit(folder, new TensorBoard(folder.Path, updateFreq: "batch", writeStepsPerSecond: true, writeGraph: false), epochs: 1);
        Assert.Contains("step 3 batch_steps_per_second scalars", Tags(folder, "train"));
        Assert.True(Records(folder, "train").First(entry => entry.Tag == "epoch_steps_per_second").Numbers[0] > 0);
    }

    [Fact]
    public void The_graph_names_what_is_connected_to_what()
    {
        JsonElement config = JsonDocument.Parse(GraphJson.Write(new PairNet(seed: 1).Description)).RootElement.GetProperty("config");
        JsonElement encoder = config.GetProperty("layers")[2];
        Assert.Equal("Sequential", encoder.GetProperty("class_name").GetString());
        Assert.Equal("code", encoder.GetProperty("config").GetProperty("layers")[1].GetProperty("name").GetString());
        Assert.Equal("""[[["left",0,0,{}]],[["right",0,0,{}]]]""", encoder.GetProperty("inbound_nodes").GetRawText());
        Assert.Equal("""[[["encoder",0,0,{}],["encoder",1,0,{}]]]""", config.GetProperty("layers")[3].GetProperty("inbound_nodes")
            .GetRawText());
        Assert.Equal("""[["same",0,0]]""", config.GetProperty("output_layers").GetRawText());
    }

    [Fact]
    public void A_frequency_is_a_word_or_a_number() =>
        Assert.Contains("\"sometimes\"", Assert.Throws<ArgumentException>(() => new TensorBoard(updateFreq: "sometimes")).Message,
            StringComparison.Ordinal);

    private static MlpNet Fit(Scripted.Folder folder, TensorBoard board, int epochs)
    {
        MlpNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy", "accuracy");
        model.Fit(Examples.Features(100, 34), new float[100], epochs: epochs, validationSplit: 0.2, verbose: Verbose.Silent,
            callbacks: [board]);
        return model;
    }

    private static List<EventReader.Entry> Records(Scripted.Folder folder, string part) =>
        EventReader.Read(Assert.Single(Directory.GetFiles(folder.File(part), "events.out.tfevents.*.v2")));

    private static string[] Tags(Scripted.Folder folder, string part) =>
        [.. Records(folder, part).Skip(1).Select(entry => entry.ToString())];

    // The listing has several trainings of one network, whose steps of validation go on.
    private static string[] Expected(string section, string part, int stepsBefore)
    {
        IEnumerable<string> lines = Listing.SkipWhile(line => line != section).Skip(1).TakeWhile(line => line.StartsWith(' '));
        return
        [
            .. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words[0] == part)
                .Select(words => $"step {(words[3].EndsWith("_vs_iterations", StringComparison.Ordinal) ? int.Parse(words[2], null) - stepsBefore : words[2])} {words[3]} {words[4]}"),
        ];
    }
}
