using System.Text.Json;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Passes;
using CompiledNets.Harness;
using CompiledNets.Harness.Goldens;
using CompiledNets.Keras.Graphs;
using CompiledNets.Tests;

namespace CompiledNets.Keras.Tests;

/// <summary>
/// Networks of the versions of Keras, and those whose layers form a graph, become classes that a user would have written.
/// </summary>
public sealed class FunctionalTests
{
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

    [SharedFact("keras-goldens/files-old")]
    public void Every_version_s_networks_are_written()
    {
        string[] files = Directory.GetFiles(SharedFolder.Find("keras-goldens/files-old")!, "*.json", SearchOption.AllDirectories);
        Assert.All(files, file =>
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            if (!document.RootElement.TryGetProperty("architecture", out JsonElement model) || model.ValueKind == JsonValueKind.Null)
                return;
            CompiledNetworks.Compile(Usings + NetworkSource.Write("Net", model)).Dispose();
        });
    }

    [Fact]
    public void An_activation_that_is_a_layer_stands_after_the_other()
    {
        JsonElement network = Functional.Of("""[["a", 0, 0]]""", """["second", 0, 0]""", Functional.Input("a", 4),
            Functional.Layer("Dense", "first",
                """
                {"name": "first", "units": 3,
                 "activation": {"module": "keras.layers", "class_name": "LeakyReLU", "config": {"name": "leaky", "negative_slope": 0.1} } }
                """,
                """{"args": [TENSOR(a)], "kwargs": {} }"""),
            Functional.Dense("second", 1, "first"));
        Assert.Equal(
            """
            [Network]
            [Input(4)]
            [Dense(3)]
            [LeakyReLU(0.1)]
            [Dense(1)]
            public sealed partial class Net;

            """, NetworkSource.Write("Net", network, keepNames: false));
    }

    [Fact]
    public void An_activation_of_a_layer_that_has_none_is_refused()
    {
        JsonElement network = Functional.Of("""[["a", 0, 0]]""", """["flat", 0, 0]""", Functional.Input("a", 4),
            Functional.Layer("Flatten", "flat", """{"name": "flat", "activation": "relu"}""", """{"args": [TENSOR(a)], "kwargs": {} }"""));
        Assert.Equal("Flatten with activation relu",
            Assert.Throws<KerasUnsupportedException>(() => NetworkSource.Write("Net", network)).Message);
    }

    [Theory]
    [InlineData("""{"args": [TENSOR(b)], "kwargs": {"initial_state": [TENSOR(first 0 1), TENSOR(first 0 2)]} }""")]
    [InlineData("""[["b", 0, 0, {}], ["first", 0, 1, {}], ["first", 0, 2, {}]]""")]
    public void States_go_from_layer_to_layer(string call)
    {
        static string Steps(string name) => Functional.Layer("InputLayer", name, $$"""{"name": "{{name}}", "batch_shape": [null, 5, 2]}""");
        JsonElement network = Functional.Of("""[["a", 0, 0], ["b", 0, 0]]""", """["second", 0, 0]""", Steps("a"), Steps("b"),
            Functional.Layer("LSTM", "first", """{"name": "first", "units": 3, "return_state": true}""",
                """{"args": [TENSOR(a)], "kwargs": {} }"""),
            Functional.Layer("LSTM", "second", """{"name": "second", "units": 3}""", call));
        string source = NetworkSource.Write("Net", network, keepNames: false);
        Assert.Contains("Output = \"state_c\"", source, StringComparison.Ordinal);
        Assert.Matches(@"LSTM\(3, InitialState = \[nameof\(\w+\), nameof\(\w+\)\]\)", source);
        CompiledNetworks.Compile(Usings + source).Dispose();
    }

    [Fact]
    public void Calls_that_one_version_numbers_alike_are_told_apart()
    {
        JsonElement network = Functional.Of("""[["a", 0, 0], ["b", 0, 0]]""", """["join", 0, 0]""", Functional.Input("a", 4),
            Functional.Input("b", 4), Functional.Dense("both", 3, "a", "b"), Functional.Merge("Concatenate", "join", "both", "both"));
        string source = NetworkSource.Write("Net", network, keepNames: false);
        Assert.Contains("Shared(", source, StringComparison.Ordinal);
        CompiledNetworks.Compile(Usings + source).Dispose();
    }

    [Theory]
    [InlineData("""{"args": [TENSOR(x)], "kwargs": {"mask": null}}""", """["dense", 0, 0]""")]
    [InlineData("""[["x", 0, 0, {}]]""", """[["dense", 0, 0]]""")]
    [InlineData("""["x", 0, 0]""", """[["dense", 0, 0]]""")]
    public void A_functional_network_that_is_a_chain_is_one(string call, string outputs) =>
        // Layers stand in any order.
        Assert.Equal("[Network]\n[Input(3)]\n[Dense(2)]\npublic sealed partial class Net;\n", NetworkSource.Write("Net", Functional.Of(
            """["x", 0, 0]""", outputs, Functional.Layer("Dense", "dense", """{"name": "dense", "units": 2}""", call),
                Functional.Input("x", 3))));

    [Fact]
    public void Inputs_branches_and_outputs_keep_the_names_and_the_order_of_Keras() => Check(
        """
        [Network]
        public sealed partial class Net
        {
            [Input(6)] public partial Node Numbers { get; }
            [Input(8, Name = "input_1")] public partial Node Input1 { get; }
            [From(nameof(Input1)), Dense(3, Name = "conv"), Flatten(Name = "flat")] public partial Node FlatValue { get; }
            [From(nameof(Numbers)), Dense(5, Name = "left"), Concatenate(nameof(FlatValue), Name = "both")] public partial Node BothValue { get; }
            [From(nameof(BothValue)), Dense(1, Name = "price"), Output] public partial Node Price { get; }
            [From(nameof(BothValue)), Dense(3, Name = "kind"), Output] public partial Node Kind { get; }
        }

        """, ["numbers", "input_1"], ["price", "kind"], ["conv", "flat", "left", "both", "price", "kind"], Functional.Of(
            """[["numbers", 0, 0], ["input_1", 0, 0]]""", """[["price", 0, 0], ["kind", 0, 0]]""",
            Functional.Input("input_1", 8), Functional.Input("numbers", 6), Functional.Dense("conv", 3, "input_1"),
                Functional.Dense("left", 5, "numbers"),
            Functional.Layer("Flatten", "flat", """{"name": "flat"}""", """{"args": [TENSOR(conv)]}"""),
                Functional.Merge("Concatenate", "both", "left", "flat"),
            Functional.Dense("price", 1, "both"), Functional.Dense("kind", 3, "both")));

    [Fact]
    public void Keras_2_writes_the_same_graph() => Check(
        """
        [Network]
        public sealed partial class Net
        {
            [Input(3)] public partial Node A { get; }
            [Input(3)] public partial Node B { get; }
            [From(nameof(A)), Dense(3, Name = "shared")] public partial Node SharedValue { get; }
            [From(nameof(B)), Shared(nameof(SharedValue))] public partial Node SharedValue2 { get; }
            [Subtract(nameof(SharedValue), nameof(SharedValue2), Name = "subtract_1")]
            [Output(Name = "subtract_1")]
            public partial Node Subtract1 { get; }
        }

        """, ["a", "b"], ["subtract_1"], ["shared", "subtract_1"], Functional.Of(
            """[["a", 0, 0], ["b", 0, 0]]""", """[["subtract_1", 0, 0]]""",
            Functional.Input("a", 3), Functional.Input("b", 3),
                Functional.Layer("Dense", "shared", """{"name": "shared", "units": 3}""", """[["a", 0, 0, {}]]""", """[["b", 0, 0, {}]]"""),
            Functional.Layer("Subtract", "subtract_1", """{"name": "subtract_1"}""", """[["shared", 0, 0, {}], ["shared", 1, 0, {}]]""")));

    [Fact]
    public void A_residual_block_is_one_chain() => Check(
        """
        [Network]
        public sealed partial class Net
        {
            [Input(6)] public partial Node X { get; }
            [From(nameof(X)), Dense(6), Dense(6), Add(nameof(X)), Dense(1), Output(Name = "dense_2")] public partial Node Dense2 { get; }
        }

        """, ["x"], ["dense_2"], ["dense", "dense_1", "add", "dense_2"], Functional.Of(
            """["x", 0, 0]""", """["dense_2", 0, 0]""",
            Functional.Input("x", 6), Functional.Dense("dense", 6, "x"), Functional.Dense("dense_1", 6, "dense"),
                Functional.Merge("Add", "add", "x", "dense_1"),
            Functional.Dense("dense_2", 1, "add")));

    [Fact]
    public void Weights_stay_in_the_order_of_Keras_where_branches_are_equally_long() => Check(
        """
        [Network]
        public sealed partial class Net
        {
            [Input(4)] public partial Node X { get; }
            [From(nameof(X)), Dense(4, Name = "a1")] public partial Node A1Value { get; }
            [From(nameof(X)), Dense(4, Name = "b1")] public partial Node B1Value { get; }
            [From(nameof(A1Value)), Dense(4, Name = "a2")] public partial Node A2Value { get; }
            [From(nameof(B1Value)), Dense(4, Name = "b2"), Multiply(nameof(A2Value)), Output] public partial Node Multiply { get; }
        }

        """, ["x"], ["multiply"], ["a1", "b1", "a2", "b2", "multiply"], Functional.Of(
            """["x", 0, 0]""", """["multiply", 0, 0]""",
            Functional.Input("x", 4), Functional.Dense("a1", 4, "x"), Functional.Dense("b1", 4, "x"), Functional.Dense("a2", 4, "a1"),
                Functional.Dense("b2", 4, "b1"),
            Functional.Merge("Multiply", "multiply", "a2", "b2")));

    [Fact]
    public void Outputs_of_another_order_than_their_layers_are_nodes_of_their_own() => Check(
        """
        [Network]
        public sealed partial class Net
        {
            [Input(4)] public partial Node XInput { get; }
            [From(nameof(XInput)), Dense(2, Name = "first")] public partial Node FirstValue { get; }
            [From(nameof(FirstValue)), Dense(2, Name = "last")] public partial Node LastValue { get; }
            [From(nameof(LastValue)), Output] public partial Node Last { get; }
            [From(nameof(FirstValue)), Output] public partial Node First { get; }
            [From(nameof(FirstValue)), Output(Name = "first_1")] public partial Node First1 { get; }
            [From(nameof(XInput)), Output] public partial Node X { get; }
        }

        """, ["x_input"], ["last", "first", "first_1", "x"], ["first", "last"], Functional.Of(
            """["x", 0, 0]""", """[["last", 0, 0], ["first", 0, 0], ["first", 0, 0], ["x", 0, 0]]""",
            Functional.Input("x", 4), Functional.Dense("first", 2, "x"), Functional.Dense("last", 2, "first")));

    [Fact]
    public void Dictionaries_name_inputs_and_outputs() => Check(
        """
        [Network]
        public sealed partial class Net
        {
            [Input(4, Name = "Age")] public partial Node Age { get; }
            [Input(3)] public partial Node Place { get; }
            [Concatenate(nameof(Age), nameof(Place), Name = "join")] public partial Node JoinValue { get; }
            [From(nameof(JoinValue)), Dense(2), Output(Name = "Answer")] public partial Node Answer { get; }
            [From(nameof(JoinValue)), Dense(2), Output(Name = "Other")] public partial Node Other { get; }
        }

        """, ["Age", "place"], ["Answer", "Other"], ["join", "dense", "dense_1"], Functional.Of(
            """{"place": ["place", 0, 0], "Age": ["years", 0, 0]}""", """{"Other": ["dense_1", 0, 0], "Answer": ["dense", 0, 0]}""",
            Functional.Input("place", 3), Functional.Input("years", 4), Functional.Merge("Concatenate", "join", "years", "place"),
                Functional.Dense("dense", 2, "join"),
            Functional.Dense("dense_1", 2, "join")));

    [Fact]
    public void A_nested_network_that_is_called_twice_is_shared()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(GoldenFolder.FullPath, "text", "config", "nested_to_json.json")));
        Check(
            """
            [Network]
            public sealed partial class Net
            {
                [Input(16)] public partial Node Left { get; }
                [Input(16)] public partial Node Right { get; }
                [From(nameof(Left)), Dense(8, Activation.Relu, Name = "squeeze"), Dense(4, Name = "code")] public partial Node CodeValue { get; }
                [From(nameof(Right)), Shared(nameof(CodeValue))] public partial Node CodeValue2 { get; }
                [Subtract(nameof(CodeValue), nameof(CodeValue2), Name = "distance"), Dense(1, Name = "same"), Output] public partial Node Same { get; }
            }

            """, ["left", "right"], ["same"], ["squeeze", "code", "distance", "same"], document.RootElement);
    }

    // The nested network has two inputs and two outputs, a layer named as one outside, and is frozen; its making counts as its first call.
    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_nested_network_may_have_branches(int first)
    {
        string inner = Functional.Config("base", """[["p", 0, 0], ["q", 0, 0]]""", """[["dense", 0, 0], ["product", 0, 0]]""",
            Functional.Input("p", 4), Functional.Input("q", 4), Functional.Dense("dense", 4, "p"),
                Functional.Merge("Multiply", "product", "p", "q"))
            .Replace("\"trainable\": true", "\"trainable\": false", StringComparison.Ordinal);
        Check(
            """
            [Network]
            public sealed partial class Net
            {
                [Input(4)] public partial Node A { get; }
                [Input(4)] public partial Node B { get; }
                [From(nameof(A)), Dense(4, Trainable = false, Name = "base_dense")] public partial Node BaseDenseValue { get; }
                [Multiply(nameof(A), nameof(B), Name = "product")] public partial Node ProductValue { get; }
                [From(nameof(BaseDenseValue)), Dense(4)] public partial Node DenseValue { get; }
                [From(nameof(B)), Shared(nameof(BaseDenseValue))] public partial Node BaseDenseValue2 { get; }
                [Multiply(nameof(B), nameof(A), Name = "base_product")] public partial Node BaseProductValue { get; }
                [Add(nameof(DenseValue), nameof(ProductValue), nameof(BaseDenseValue2), nameof(BaseProductValue), Name = "sum")]
                [Output]
                public partial Node Sum { get; }
            }

            """, ["a", "b"], ["sum"], ["base_dense", "product", "dense", "base_product", "sum"], Functional.Of(
                """[["a", 0, 0], ["b", 0, 0]]""", """["sum", 0, 0]""",
                Functional.Input("a", 4), Functional.Input("b", 4),
                Functional.Layer("Functional", "base", inner, """{"args": [[TENSOR(a), TENSOR(b)]]}""",
                    """{"args": [[TENSOR(b), TENSOR(a)]]}"""),
                Functional.Dense("dense", 4, $"base {first}"),
                    Functional.Merge("Add", "sum", "dense", $"base {first} 1", $"base {first + 1}", $"base {first + 1} 1")));
    }

    [Fact]
    public void Names_are_made_usable() => Check(
        """
        [Network]
        public sealed partial class Net
        {
            [Input(4, Name = "weights")] public partial Node WeightsNode { get; }
            [From(nameof(WeightsNode)), Dense(4, Name = "my_layer_1"), Output(Name = "my_layer/1")] public partial Node MyLayer1 { get; }
            [From(nameof(MyLayer1))]
            [Dense(4, Name = "dense_0")]
            [Activation(Activation.Tanh)]
            [Add(nameof(MyLayer1), Name = "net_1")]
            [Output(Name = "net")]
            public partial Node NetNode { get; }
        }

        """, ["weights"], ["my_layer/1", "net"], ["my_layer_1", "dense_0", "activation", "net_1"], Functional.Of(
            """["weights", 0, 0]""", """[["my_layer/1", 0, 0], ["net", 0, 0]]""",
            Functional.Input("weights", 4), Functional.Dense("my_layer/1", 4, "weights"), Functional.Dense("0", 4, "my_layer/1"),
            Functional.Layer("Activation", "activation", """{"name": "activation", "activation": "tanh"}""", """{"args": [TENSOR(0)]}"""),
                Functional.Merge("Add", "net", "activation", "my_layer/1")));

    [Fact]
    public void A_long_chain_has_a_line_for_each_layer()
    {
        string[] layers = [.. Enumerable.Range(1, 12)
            .Select(i => Functional.Dense($"layer_number_{i}", 4, i == 1 ? "x" : $"layer_number_{i - 1}"))];
        string source = NetworkSource.Write("Net",
            Functional.Of("""["x", 0, 0]""", """[["layer_number_12", 0, 0], ["x", 0, 0]]""", [Functional.Input("x", 4), .. layers]));
        Assert.All(source.Split('\n'), line => Assert.True(line.Length <= 140, line));
        CompiledNetworks.Compile(Usings + source).Dispose();
    }

    [Theory]
    [InlineData("""[["x", 0, 0, {"training": true}]]""", "dropout", "Dropout called with training True")]
    [InlineData("""[["x", 0, 0, {"training": false}]]""", "dropout", "Dropout called with training False")]
    [InlineData("""{"args": [TENSOR(x)], "kwargs": {"training": true}}""", "dropout", "Dropout called with training True")]
    [InlineData("""{"args": [TENSOR(x)], "kwargs": {"mask": TENSOR(x)}}""", "dropout", "Dropout called with mask")]
    [InlineData("""{"args": [TENSOR(x), 2]}""", "dropout", "Dropout called with 2")]
    [InlineData("""[["_CONSTANT_VALUE", -1, 2, {}]]""", "dropout", """Dropout called with ["_CONSTANT_VALUE",-1,2,{}]""")]
    [InlineData("""{"args": [TENSOR(x), TENSOR(x)]}""", "dropout", "Dropout called with 2 values")]
    [InlineData("""{"args": []}""", "dropout", """Dropout called with {"args":[]}""")]
    [InlineData("""{"args": [TENSOR(dropout)]}""", "dropout", "Functional network in which 'dropout' takes its own result")]
    [InlineData("""{"args": [TENSOR(elsewhere)]}""", "dropout",
        "Functional network that takes the result of 'elsewhere', which is none of its layers")]
    [InlineData("""{"args": [TENSOR(x 3)]}""", "dropout", "Functional network that takes the result of call 3 of 'x', which is not there")]
    [InlineData("""{"args": [TENSOR(x 0 1)]}""", "dropout", "result 1 of 'x', which gives 1")]
    [InlineData("""{"args": [TENSOR(x)]}""", "x", "layer 'dropout', whose result nobody takes")]
    public void What_cannot_be_had_is_named(string call, string output, string message) =>
        Assert.Equal(message, Assert.Throws<KerasUnsupportedException>(() => NetworkSource.Write("Net", Functional.Of(
        """["x", 0, 0]""", $"""["{output}", 0, 0]""", Functional.Input("x", 3),
            Functional.Layer("Dropout", "dropout", """{"name": "dropout", "rate": 0.5}""", call)))).Message);

    [Theory]
    [InlineData("""{"args": [TENSOR(x)], "kwargs": {"training": false}}""")]
    [InlineData("""[["x", 0, 0, {"training": false, "mask": null}]]""")]
    public void A_mode_that_changes_nothing_may_be_given(string call) =>
        Assert.Contains("[Dense(2)]", NetworkSource.Write("Net", Functional.Of(
        """["x", 0, 0]""", """["dense", 0, 0]""", Functional.Input("x", 3),
            Functional.Layer("Dense", "dense", """{"name": "dense", "units": 2}""", call))), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 2}}]}}""",
        "Sequential network without an input shape")]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": []}}""", "Sequential network without layers")]
    [InlineData("""{"class_name": "Sequential", "config": {"build_input_shape": [null, null, 3], "layers": [{"class_name": "Dense", "config": {"units": 2}}]}}""", "input of shape [null,null,3]")]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, 3], "sparse": true}}]}}""", "InputLayer with sparse True")]
    [InlineData("""{"class_name": "MyModel", "config": {}}""", "MyModel network")]
    [InlineData("""{"class_name": "Functional", "config": {"layers": [], "input_layers": [], "output_layers": []}}""",
        "Functional network without inputs")]
    public void What_is_missing_is_named(string model, string message) =>
        Assert.Equal(message, Assert.Throws<KerasUnsupportedException>(
            () => NetworkSource.Write("Net", JsonDocument.Parse(model).RootElement)).Message);

    private const string Usings = "using CompiledNets;\nusing CompiledNets.Initializers;\n\n";

    private static void Check(string source, string[] inputs, string[] outputs, string[] layers, JsonElement model)
    {
        string written = NetworkSource.Write("Net", model);
        Assert.Equal(source, written);
        using CompiledNetworks compiled = CompiledNetworks.Compile(Usings + written);
        Model network = compiled.Create("Net");
        Assert.Equal(inputs, network.Description.Inputs.Select(port => port.Name));
        Assert.Equal(outputs, network.Description.Outputs.Select(port => port.Name));
        Assert.Equal(layers, network.Layers.Select(layer => layer.Name));

        // Without the names of layers, the names of ports stay.
        using CompiledNetworks unnamed = CompiledNetworks.Compile(Usings + NetworkSource.Write("Net", model, keepNames: false));
        Assert.Equal(outputs, unnamed.Create("Net").Description.Outputs.Select(port => port.Name));
    }
}
