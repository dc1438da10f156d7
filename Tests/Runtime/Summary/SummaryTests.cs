using System.Numerics.Tensors;

namespace CompiledNets.Tests.Summary;

/// <summary>
/// Summaries are those that Keras prints, byte for byte. What differs: the name of the network is that of its class, and a network always
/// knows its shapes, so that none is unbuilt.
/// </summary>
public sealed class SummaryTests
{
    [Theory]
    [InlineData("mlp", 80)]
    [InlineData("mlp_120_columns", 120)]
    [InlineData("mlp_ansi", 80)]
    public void A_chain(string golden, int columns) =>
        Check(golden, "sequential", new MlpNet(seed: 1), columns, hasColors: golden == "mlp_ansi");

    [Fact]
    public void A_narrow_table() => Check("line_length_60", "sequential", new MlpNet(seed: 1), lineLength: 60);

    [Fact]
    public void What_the_optimizer_keeps_counts_from_the_first_step_on()
    {
        MlpNet model = new(seed: 1);
        model.Compile("adam", "binary_crossentropy");
        Check("compiled_only", "sequential", model);
        model.TrainOnBatch(new float[34], new float[1]);
        Check("trained", "sequential", model);
    }

    [Fact]
    public void A_chain_of_nodes_shows_its_input() => Check("chain_functional", "functional", new ChainOfNodes(seed: 1));

    [Theory]
    [InlineData("two_inputs", 80)]
    [InlineData("two_inputs_120_columns", 120)]
    public void A_graph(string golden, int columns) => Check(golden, "digit_in_context", new DigitInContext(seed: 1), columns);

    [Theory]
    [InlineData("nested", false)]
    [InlineData("nested_expanded", true)]
    public void A_network_in_a_network(string golden, bool expandNested) =>
        Check(golden, "siamese", new PairNet(seed: 1), expandNested: expandNested);

    [Fact]
    public void Long_rows_wrap_and_long_words_are_cut() => Check("long_names", "functional", DescribedNetworks.LongNames());

    [Fact]
    public void Layers_of_every_kind()
    {
        Check("cnn", "cnn", DescribedNetworks.Cnn());
        Check("lstm", "sentiment", DescribedNetworks.Lstm());
    }

    [Fact]
    public void What_is_frozen_does_not_train() => Check("frozen", "cnn", DescribedNetworks.Cnn(0, 1), showTrainable: true);

    [Fact]
    public void A_part_of_a_network() => Check("layer_range", "cnn", DescribedNetworks.Cnn(), layerRange: ("conv2d_1", "flatten"));

    [Fact]
    public void It_goes_to_a_writer_and_comes_as_text()
    {
        MlpNet model = new(seed: 1);
        StringWriter writer = new() { NewLine = "\n" };
        model.Summary(writer: writer, lineLength: 60);
        Assert.Equal(model.SummaryText(lineLength: 60), writer.ToString());
    }

    [Fact]
    public void Positions_may_be_chosen()
    {
        string text = new MlpNet(seed: 1).SummaryText(lineLength: 50, positions: [0.4, 0.6, 0.8]);
        Assert.Contains("┃ Layer (type)         ┃ Output     ┃    Param # ┃", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_arguments_are_told()
    {
        MlpNet model = new(seed: 1);
        ArgumentException narrow = Assert.Throws<ArgumentException>(() => model.SummaryText(lineLength: 10));
        Assert.Contains("Insufficient console width", narrow.Message, StringComparison.Ordinal);
        ArgumentException positions = Assert.Throws<ArgumentException>(() => model.SummaryText(positions: [0.5, 1]));
        Assert.Contains("2 positions", positions.Message, StringComparison.Ordinal);
        ArgumentException range = Assert.Throws<ArgumentException>(() => model.SummaryText(layerRange: ("dense", "conv")));
        Assert.Contains("'conv'. It has: dense, dense_1, dense_2.", range.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.SummaryText(lineLength: 0));
    }

    [Fact]
    public void A_nested_graph_shows_its_inputs_and_a_shared_layer_makes_a_graph()
    {
        string text = new SharedDense(seed: 1).SummaryText(lineLength: 108);
        Assert.Contains("dense[0][0], dense[1][0]", text, StringComparison.Ordinal);
    }

    private static void Check(
        string golden, string name, Model model, int columns = 80, bool hasColors = false, int? lineLength = null,
        bool expandNested = false, bool showTrainable = false, (string, string)? layerRange = null)
    {
        var summary = new ModelSummary(model)
        {
            LineLength = lineLength,
            ExpandNested = expandNested,
            ShowTrainable = showTrainable,
            LayerRange = layerRange,
        };
        string expected = DescribedNetworks.Golden($"summary/{golden}.txt")
            .Replace($"Model: \"{name}\"", $"Model: \"{model.Name}\"", StringComparison.Ordinal);
        Assert.Equal(expected, summary.Write(columns, hasColors));
    }
}

[Network]
internal sealed partial class SharedDense
{
    [Input(3)] public partial Node A { get; }

    [Input(3)] public partial Node B { get; }

    [From(nameof(A)), Dense(2)] public partial Node OfA { get; }

    [From(nameof(B)), Shared(nameof(OfA))] public partial Node OfB { get; }

    [Concatenate(nameof(OfA), nameof(OfB)), Output] public partial Node Both { get; }
}
