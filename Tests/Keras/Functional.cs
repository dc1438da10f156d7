using System.Text.Json;

namespace CompiledNets.Keras.Tests;

/// <summary>Writes Functional networks as Keras 3 does, and as Keras 2 did.</summary>
internal static class Functional
{
    /// <summary>A network with layers, inputs and outputs, each as JSON.</summary>
    public static JsonElement Of(string inputs, string outputs, params string[] layers) =>
        JsonDocument.Parse($$"""{"class_name": "Functional", "config": {{Config("net", inputs, outputs, layers)}} }""").RootElement;

    /// <summary>A network that joins two inputs, a and b, of four features.</summary>
    public static JsonElement Of(string config, string merge) => Of("""[["a", 0, 0], ["b", 0, 0]]""", """["join", 0, 0]""",
        Input("a", 4), Input("b", 4), Layer(merge, "join", config, """{"args": [[TENSOR(a), TENSOR(b)]], "kwargs": {}}"""));

    /// <summary>The config of a network.</summary>
    public static string Config(string name, string inputs, string outputs, params string[] layers) =>
        $$"""{"name": "{{name}}", "trainable": true, "layers": [{{string.Join(", ", layers)}}], "input_layers": {{inputs}}, "output_layers": {{outputs}} }""";

    /// <summary>An input.</summary>
    public static string Input(string name, int features) =>
        Layer("InputLayer", name, $$"""{"name": "{{name}}", "batch_shape": [null, {{features}}]}""");

    /// <summary>A dense layer of Keras 3, called with a result each time.</summary>
    public static string Dense(string name, int units, params string[] takes) =>
        Layer("Dense", name, $$"""{"name": "{{name}}", "units": {{units}} }""",
            [.. takes.Select(tensor => $$"""{"args": [TENSOR({{tensor}})], "kwargs": {} }""")]);

    /// <summary>A layer that joins results, in the form of Keras 3.</summary>
    public static string Merge(string className, string name, params string[] takes) =>
        Layer(className, name, $$"""{"name": "{{name}}"}""",
            $$"""{"args": [[{{string.Join(", ", takes.Select(tensor => $"TENSOR({tensor})"))}}]], "kwargs": {} }""");

    /// <summary>
    /// A layer with its calls, in which <c>TENSOR(name 1)</c> stands for the result of a layer's second call in the form of Keras 3.
    /// </summary>
    public static string Layer(string className, string name, string config, params string[] calls) =>
        $$"""{"class_name": "{{className}}", "name": "{{name}}", "config": {{config}}, "inbound_nodes": [{{string.Join(", ", calls.Select(Expand))}}]}""";

    private static string Expand(string call) =>
        System.Text.RegularExpressions.Regex.Replace(call, @"TENSOR\(([^ )]+)(?: (\d+))?(?: (\d+))?\)", match =>
        $$"""{"class_name": "__keras_tensor__", "config": {"shape": [null, 4], "keras_history": ["{{match.Groups[1].Value}}", {{Number(match.Groups[2])}}, {{Number(match.Groups[3])}}] } }""");

    private static string Number(System.Text.RegularExpressions.Group group) => group.Success ? group.Value : "0";
}
