using CompiledNets.Data;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// Names that users give classes and layers become names in generated code, whatever they are: keywords, those of other names' parts, other
/// scripts, very long ones.
/// </summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("BatchNormalization(Name = \"x\"), Normalization(Name = \"x_moving\"), Dense(1)")]
    [InlineData("Dense(2, Name = \"a\"), Dense(2, Name = \"a_kernel\"), Dense(1, Name = \"a_kernel_gradient\")")]
    [InlineData(
        "Dense(2, Name = \"lane_width\"), Dense(2, Name = \"Lanes512\"), Dense(2, Name = \"network_program\"), Dense(1, Name = \"step\")")]
    [InlineData("Dense(2, Name = \"a.b\"), Dense(2, \"tanh\", Name = \"a-c\"), Dense(1, Name = \"1st\")")]
    [InlineData("Dense(2, Name = \"日本\"), Dense(2, Name = \"東京\"), Dense(2, Name = \"größe\"), Dense(1, Name = \"ελ\")")]
    [InlineData("Dense(2, Name = \"नेट\"), Dense(1, Name = \"e\\u0301\")")]
    [InlineData("Dense(2, Name = \"system\"), Dense(1, Name = \"compiled_nets\")")]
    [InlineData("Dense(2, Name = \"conv1\"), Dense(2, Name = \"Conv_1\"), Dense(1, Name = \"Conv1Layer\")")]
    public void Any_names_of_layers_do(string layers) =>
        AssertRuns($"[Network, Input(3), {layers}] public sealed partial class Net;", "Net");

    [Theory]
    [InlineData("TrainingBlock")]
    [InlineData("InferenceBlock")]
    [InlineData("Parameter")]
    [InlineData("SharedValue")]
    [InlineData("RowScratch")]
    [InlineData("Size")]
    [InlineData("Program")]
    [InlineData("Row")]
    [InlineData("blocks")]
    [InlineData("T")]
    public void A_layer_may_be_called_as_a_part_of_generated_code(string name) =>
        AssertRuns($"[Network, Input(3), BatchNormalization(Name = \"{name}\"), Dense(2, Activation.Sigmoid, Name = \"{name}1\"), " +
            $"Activation(Activation.Softmax, Name = \"{name}2\")] public sealed partial class Net;", "Net");

    [Theory]
    [InlineData("Port", "")]
    [InlineData("", "Port")]
    public void Inputs_and_outputs_may_be_called_as_what_stands_in_generated_methods(string beforeInput, string beforeOutput)
    {
        string[] names =
        [
            "Outputs", "Gradients", "Data", "Value", "Loss", "BatchSize", "Epochs", "Verbose", "Shuffle", "Steps", "Training", "Accumulate",
            "Penalties", "CancellationToken", "StepsPerEpoch", "ValidationFrequency", "ValidationSampleWeight",
            "Rest", "RestPort", "Item1", "Item7", "CompareTo", "Deconstruct",
        ];
        string inputs = string.Join("\n", names.Select(name => $"[Input(2)] public partial Node {beforeInput}{name} {{ get; }}"));
        string outputs = string.Join("\n", names.Select((name, i) =>
            $"[From(nameof({beforeInput}{names[i]})), Dense(1), Output] public partial Node {beforeOutput}{name} {{ get; }}"));
        using CompiledNetworks compiled = CompiledNetworks.Compile(
            $"using CompiledNets;\n[Network] public sealed partial class Net {{ {inputs}\n{outputs} }}");
        Assert.Equal(names.Length, compiled.Create("Net").Predict([.. names.Select(_ => (Samples)new float[3, 2])]).Length);
    }

    [Fact]
    public void A_layer_may_be_called_as_a_keyword()
    {
        IEnumerable<string> keywords = SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText)
            .Where(text => char.IsAsciiLetter(text[0]) && text != "equals");
        string layers = string.Join(", ", keywords.Select(keyword => $"Dense(1, Activation.Sigmoid, Name = \"{keyword}\")"));
        AssertRuns($"[Network, Input(3), {layers}] public sealed partial class Net;", "Net");
    }

    [Theory]
    [InlineData("public sealed partial class Program;")]
    [InlineData("public sealed partial class Net { [Network] public sealed partial class Program; }")]
    [InlineData("public sealed partial class Net { [Network] public sealed partial class program; }")]
    [InlineData("public sealed partial class Network;")]
    [InlineData("public sealed partial class Unsafe;")]
    [InlineData("public sealed partial class LaneWidth;")]
    [InlineData("public sealed partial class Model;")]
    [InlineData("public sealed partial class System;")]
    public void A_class_may_be_called_as_a_part_of_generated_code(string declaration)
    {
        const string network = "[global::CompiledNets.Network, global::CompiledNets.Input(3), global::CompiledNets.Dense(1)]";
        string source = $"namespace App {{ {network} {declaration.Replace("[Network]", network, StringComparison.Ordinal)} }}";
        Assert.DoesNotContain(GeneratorFixture.Run(source).Diagnostics, diagnostic => diagnostic.Id != "CS8981");
    }

    [Fact]
    public void Long_names_stay_within_what_files_and_metadata_take()
    {
        string space = string.Join('.', Enumerable.Repeat("Abcdefghi", 46)), name = new('n', 300);
        GeneratorFixture fixture = GeneratorFixture.Run(
            $"using CompiledNets;\nnamespace {space} {{ [Network, Input(3), Dense(1)] public sealed partial class N{name}; [Network, Input(3), Dense(2)] public sealed partial class M{name}; }}");
        Assert.Empty(fixture.Diagnostics);
        Assert.Equal(4, fixture.Generated.Count);
        Assert.All(fixture.Generated.Keys, file => Assert.InRange(file.Length, 1, 120));
        AssertRuns($"namespace {space} {{ [Network, Input(3), Dense(1)] public sealed partial class N{name}; }}", $"{space}.N{name}");
    }

    // C# calls these errors; the generator goes on, and the other networks of the project stay.
    [Theory]
    [InlineData("[Network, Input(3), Dense(1)] public partial class Twin; [Network, Input(3), Dense(1)] public partial record Twin;")]
    [InlineData("namespace A { [Network, Input(3), Dense(1)] public partial class B { [Network, Input(3), Dense(1)] public partial " +
        "class C; } } namespace A.B { [Network, Input(3), Dense(1)] public partial class C; [Network, Input(3), Dense(1)] public " +
        "partial class Program; }")]
    [InlineData("[Network, Input(3), Dense(1)] public partial class Twin; [Network, Input(3), Dense(1)] public partial class Twin<T>;")]
    public void Two_types_of_one_name_leave_the_other_networks_alone(string source)
    {
        GeneratorFixture fixture = GeneratorFixture.Run("using CompiledNets;\n" + source,
            "using CompiledNets;\n[Network, Input(3), Dense(1)] public sealed partial class Other;");
        Assert.Contains("Other.Program.g.cs", fixture.Generated.Keys);
    }

    private static void AssertRuns(string source, string typeName)
    {
        using CompiledNetworks compiled = CompiledNetworks.Compile("using CompiledNets;\n" + source);
        Assert.NotEmpty(compiled.Create(typeName).Predict(new float[3]));
    }
}
