using System.Text.Json;
using CompiledNets.Harness;
using CompiledNets.Keras;
using CompiledNets.Tests;

namespace CompiledNets.Keras.Tests;

/// <summary>Networks as the versions of Keras write them.</summary>
public sealed class LayerChainTests
{
    private const string Dense = """{"name": "dense", "units": 2}""";

    [SharedFact("keras-goldens/files-old")]
    public void Every_version_of_Keras_writes_the_same_network()
    {
        const string ionosphere =
            """
            [Network]
            [Input(34)]
            [Dense(4, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
            [Dense(3, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
            [Dense(1, Activation.Sigmoid)]
            public sealed partial class Ionosphere;

            """;
        string[] files = Directory.GetFiles(SharedFolder.Find("keras-goldens/files-old")!, "ionosphere.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            Assert.Equal(ionosphere, NetworkSource.Write("Ionosphere", document.RootElement.GetProperty("architecture"), keepNames: false));
        });
    }

    [Theory]
    [InlineData("""[{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 3], "keras_history": ["x", 0, 0]}}], "kwargs": {"mask": null}}]""", """["dense", 0, 0]""")]
    [InlineData("""[[["x", 0, 0, {}]]]""", """[["dense", 0, 0]]""")]
    public void A_functional_network_that_is_a_chain_is_one(string nodes, string outputs)
    {
        // Layers stand in any order.
        LayerChain chain = LayerChain.Read(Functional(outputs, Entry("Dense", "dense", Dense, nodes), Input));
        Assert.Equal([3], chain.InputShape);
        Assert.Equal("Dense", Assert.Single(chain.Layers).ClassName);
    }

    [Theory]
    [InlineData("""[[["x", 0, 0, {}]], [["x", 0, 0, {}]]]""", """[["dense", 0, 0]]""")]
    [InlineData("""[[["x", 0, 0, {}], ["x", 0, 0, {}]]]""", """[["dense", 0, 0]]""")]
    [InlineData("""[[["x", 0, 0, {"training": true}]]]""", """[["dense", 0, 0]]""")]
    [InlineData("""[[["x", 0, 0, {}]]]""", """[["dense", 0, 0], ["x", 0, 0]]""")]
    [InlineData("""[[["x", 0, 0, {}]]]""", """[["x", 0, 0]]""")]
    [InlineData("""[[["elsewhere", 0, 0, {}]]]""", """[["dense", 0, 0]]""")]
    public void Others_are_none(string nodes, string outputs) =>
        Assert.Equal("Functional network that is no chain",
            Assert.Throws<KerasUnsupportedException>(() => LayerChain.Read(Functional(outputs, Input, Entry("Dense", "dense", Dense, nodes)))).Message);

    [Theory]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 2}}]}}""", "Sequential network without an input shape")]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": []}}""", "Sequential network without layers")]
    [InlineData("""{"class_name": "Sequential", "config": {"build_input_shape": [null, null, 3], "layers": [{"class_name": "Dense", "config": {"units": 2}}]}}""", "input of shape [null,null,3]")]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, 3], "sparse": true}}]}}""", "InputLayer with sparse True")]
    [InlineData("""{"class_name": "MyModel", "config": {}}""", "MyModel network")]
    public void What_is_missing_is_named(string model, string message) =>
        Assert.Equal(message, Assert.Throws<KerasUnsupportedException>(() => LayerChain.Read(JsonDocument.Parse(model).RootElement)).Message);

    private static string Input => Entry("InputLayer", "x", """{"name": "x", "batch_shape": [null, 3]}""", "[]");

    private static string Entry(string className, string name, string config, string nodes) =>
        $$"""{"class_name": "{{className}}", "name": "{{name}}", "config": {{config}}, "inbound_nodes": {{nodes}}}""";

    private static JsonElement Functional(string outputs, params string[] layers) => JsonDocument.Parse(
        $$"""{"class_name": "Functional", "config": {"layers": [{{string.Join(", ", layers)}}], "input_layers": [["x", 0, 0]], "output_layers": {{outputs}} } }""").RootElement;
}
