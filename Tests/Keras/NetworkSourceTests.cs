using System.Text.Json;
using CompiledNets.Harness;
using CompiledNets.Keras;

namespace CompiledNets.Keras.Tests;

/// <summary>Keras configs become classes that a user would have written.</summary>
public sealed class NetworkSourceTests
{
    [Fact]
    public void A_sequential_network_is_a_class_with_an_attribute_a_layer()
    {
        string source = NetworkSource.Write("IonosphereNet", Sequential(
            """{"class_name": "InputLayer", "config": {"batch_shape": [null, 34], "name": "input_layer"}}""",
            """{"class_name": "Dense", "config": {"name": "dense", "units": 10, "activation": "relu", "use_bias": true, "kernel_initializer": {"class_name": "HeNormal", "config": {"seed": null}}}}""",
            """{"class_name": "Dropout", "config": {"name": "dropout", "rate": 0.25, "seed": null, "noise_shape": null}}""",
            """{"class_name": "Dense", "config": {"name": "dense_1", "units": 8, "activation": "linear", "use_bias": false, "kernel_regularizer": null}}""",
            """{"class_name": "Dense", "config": {"name": "answer", "units": 1, "activation": "sigmoid"}}"""));
        Assert.Equal(
            """
            [Network]
            [Input(34)]
            [Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
            [Dropout(0.25)]
            [Dense(8, UseBias = false)]
            [Dense(1, Activation.Sigmoid, Name = "answer")]
            public sealed partial class IonosphereNet;

            """, source);
        using CompiledNetworks compiled = CompiledNetworks.Compile("using CompiledNets;\nusing CompiledNets.Initializers;\n\n" + source);
        Assert.Equal("answer", compiled.Create("IonosphereNet").Layers[^1].Name);
    }

    [Fact]
    public void An_initializer_goes_by_the_names_that_versions_of_Keras_give_it()
    {
        string source = NetworkSource.Write("Net", [3], [Layer("Dense", """{"name": "dense", "units": 2, "kernel_initializer": {"class_name": "OrthogonalInitializer", "config": {"gain": 1.0, "seed": null}}}""")]);
        Assert.Contains("[Dense(2, KernelInitializer = Initializer.Orthogonal)]", source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_of_older_versions_becomes_what_does_the_same() => Assert.Contains("[ReLU(Threshold = 0.7, Name = \"act\")]",
        NetworkSource.Write("Net", [3], [Layer("ThresholdedReLU", """{"name": "act", "theta": 0.7}""")]), StringComparison.Ordinal);

    [Fact]
    public void An_initializer_with_arguments_becomes_a_member()
    {
        string source = NetworkSource.Write("Net", [3], [Layer("Dense", """{"name": "dense", "units": 2, "kernel_initializer": {"class_name": "RandomNormal", "config": {"mean": 0.0, "stddev": 0.01, "seed": 7}}}""")]);
        Assert.Equal(
            """
            [Network]
            [Input(3)]
            [Dense(2, KernelInitializer = nameof(DenseKernelInitializer))]
            public sealed partial class Net
            {
                private static Initializer DenseKernelInitializer => new RandomNormal(stddev: 0.01, seed: 7);
            }

            """, source);
        using CompiledNetworks compiled = CompiledNetworks.Compile("using CompiledNets;\nusing CompiledNets.Initializers;\n\n" + source);
        Assert.True(compiled.Create("Net").Weights[0].Values.ToArray().All(value => Math.Abs(value) < 0.1f));
    }

    [Fact]
    public void Options_of_normalization_are_kept_where_they_differ()
    {
        string source = NetworkSource.Write("Net", [4, 6], [Layer("BatchNormalization", """{"axis": [1], "momentum": 0.9, "epsilon": 1e-05, "center": true, "scale": false, "renorm": false, "renorm_momentum": 0.99}""")]);
        Assert.Contains("[BatchNormalization(Axis = 1, Momentum = 0.9, Epsilon = 1e-5, Scale = false)]", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_layers_would_not_get_by_themselves_are_written()
    {
        string source = NetworkSource.Write("Net", [3], [
            Layer("Dense", """{"name": "hidden", "units": 3}"""), Layer("Dense", """{"name": "dense_1", "units": 3}"""),
                Layer("Dense", """{"name": "dense", "units": 3}""")]);
        Assert.Contains("[Dense(3, Name = \"hidden\")]\n[Dense(3, Name = \"dense_1\")]\n[Dense(3)]\n", source, StringComparison.Ordinal);
        using CompiledNetworks compiled = CompiledNetworks.Compile("using CompiledNets;\nusing CompiledNets.Initializers;\n\n" + source);
        Assert.Equal(["hidden", "dense_1", "dense"], compiled.Create("Net").Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void Members_are_called_after_layers_whatever_those_are_called()
    {
        const string constant = """ "bias_initializer": {"class_name": "Constant", "config": {"value": 0.5}}""";
        string source = NetworkSource.Write("Net", [3], [
            Layer("Dense", """{"name": "my layer-1", "units": 3,""" + constant + "}"), Layer("Dense", """{"units": 3,""" + constant + "}"),
                Layer("Dense", """{"units": 3,""" + constant + "}")]);
        Assert.Contains("private static Initializer MyLayer1BiasInitializer => new Constant(value: 0.5);", source,
            StringComparison.Ordinal);
        using CompiledNetworks compiled = CompiledNetworks.Compile("using CompiledNets;\nusing CompiledNets.Initializers;\n\n" + source);
        Assert.All(compiled.Create("Net").Weights.Where(weight => weight.Name == "bias"),
            bias => Assert.Equal([0.5f, 0.5f, 0.5f], bias.Values.ToArray()));
    }

    [Theory]
    [InlineData("""{"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": null}""", "[Dense(2)]")]
    [InlineData("""{"scale": 2.0, "mode": "fan_in", "distribution": "normal", "seed": null}""",
        "[Dense(2, KernelInitializer = Initializer.HeNormal)]")]
    [InlineData("""{"scale": 2.0, "mode": "fan_in", "distribution": "normal", "seed": 4}""", "=> new HeNormal(seed: 4);")]
    [InlineData("""{"scale": 0.5, "mode": "fan_out", "distribution": "untruncated_normal"}""",
        "=> new VarianceScaling(scale: 0.5, mode: FanMode.FanOut, distribution: Distribution.UntruncatedNormal);")]
    public void Scalings_of_the_variance_get_their_names(string config, string expected)
    {
        string source = NetworkSource.Write("Net", [3],
            [Layer("Dense", """{"units": 2, "kernel_initializer": {"class_name": "VarianceScaling", "config": """ + config + "}}")]);
        Assert.Contains(expected, source, StringComparison.Ordinal);
        CompiledNetworks.Compile("using CompiledNets;\nusing CompiledNets.Initializers;\n\n" + source).Dispose();
    }

    [Theory]
    [InlineData("STFTSpectrogram", """{"mode": "log"}""", "layer STFTSpectrogram")]
    [InlineData("Dense", """{"units": 3, "activation": "wobble"}""", "activation wobble")]
    [InlineData("Dense", """{"units": 3, "lora_rank": 4}""", "Dense with lora_rank 4")]
    [InlineData("Flatten", """{"data_format": "channels_first"}""", "Flatten with data_format channels_first")]
    [InlineData("Normalization", """{"axis": null}""", "Normalization with axis None")]
    [InlineData("Normalization", """{"axis": [1, 2]}""", "Normalization with axis [1,2]")]
    [InlineData("Reshape", """{"target_shape": [null, 3]}""", "Reshape with target_shape [null,3]")]
    [InlineData("Rescaling", """{"scale": [0.5, 2.0]}""", "Rescaling with scale [0.5,2.0]")]
    [InlineData("Dense", """{"units": 3, "kernel_initializer": {"config": {}}}""", """{"config":{}}, which is no object of Keras""")]
    [InlineData("BatchNormalization", """{"renorm": true}""", "BatchNormalization with renorm")]
    [InlineData("Dense", """{"units": "three"}""", "Dense with units three")]
    public void What_is_not_there_is_named(string layer, string config, string message) =>
        Assert.StartsWith(message, Assert.Throws<KerasUnsupportedException>(
            () => NetworkSource.Write("Net", [3], [Layer(layer, config)])).Message, StringComparison.Ordinal);

    private static KerasObject Layer(string name, string config) => new(name, JsonDocument.Parse(config).RootElement);

    private static JsonElement Sequential(params string[] layers) =>
        JsonDocument.Parse("""{"class_name": "Sequential", "config": {"name": "sequential", "layers": [""" + string.Join(", ", layers)
            + "]}}").RootElement;
}
