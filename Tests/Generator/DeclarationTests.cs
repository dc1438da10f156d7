using CompiledNets.Harness;
using CsCheck;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// What a declaration may look like: the order of attributes in the source counts, and where and how the class is declared does not.
/// </summary>
public sealed class DeclarationTests
{
    private const string Layers = "[Input(4)]\n[Dense(3, Activation.Relu)]\n[Dropout(0.2)]\n[Dense(2)]\n";

    [Theory]
    [InlineData("[Network]\n[Input(4)]\n[Dense(3, Activation.Relu)]\n[Dropout(0.2)]\n[Dense(2)]\npublic sealed partial class Net;")]
    [InlineData("[Network, Input(4), Dense(3, Activation.Relu), Dropout(0.2), Dense(2)] public sealed partial class Net;")]
    [InlineData("[Input(4)] // the features\n[Dense(3, \"relu\"), /* half of it */ Dropout(rate: 0.2)]\n[Dense(units: " +
        "2)]\n[Network]\n[System.Obsolete] public sealed partial class Net;")]
    [InlineData("[Network, InputAttribute(4), DenseAttribute(3, Activation.Relu)]\n[CompiledNets.Dropout(0.2), " +
        "global::CompiledNets.Dense(2)] public sealed partial class Net { private int other = 3; public int Other => other; }")]
    public void Is_read_in_the_order_of_the_source(string source)
    {
        GeneratorFixture expected = GeneratorFixture.Run($"using CompiledNets;\n[Network]\n{Layers}public sealed partial class Net;");
        Assert.Equal(expected.Generated, GeneratorFixture.Run("using CompiledNets;\n#pragma warning disable CS0612\n" + source).Generated);
    }

    [Theory]
    [InlineData("namespace Some.Where;\n", "public sealed partial class Net;", "", "Some.Where.Net")]
    [InlineData("", "internal partial class Net;", "", "Net")]
    [InlineData("", "public sealed partial class @class;", "", "class")]
    [InlineData("", "public sealed partial class Größe;", "", "Größe")]
    [InlineData("namespace A { public partial class Outer { internal partial record struct Middle { ", "private sealed partial class Net;",
        " } } }", "A.Outer+Middle+Net")]
    public void May_stand_anywhere(string before, string header, string after, string typeName)
    {
        string source = $"using CompiledNets;\n{before}[Network]\n{Layers}{header}{after}";
        Assert.Empty(GeneratorFixture.Run(source).Diagnostics);
        using CompiledNetworks compiled = CompiledNetworks.Compile(source);
        Assert.Equal(2, compiled.Create(typeName).Predict(new float[4]).Length);
    }

    [Fact]
    public void A_part_in_another_file_may_add_members()
    {
        GeneratorFixture fixture = GeneratorFixture.Run(
            $"using CompiledNets;\n[Network]\n[Input(4)]\n[Dense(3, KernelInitializer = nameof(Small))]\npublic sealed partial class Net;",
            "using CompiledNets;\nusing CompiledNets.Initializers;\npublic sealed partial class Net { private static Initializer Small " +
                "=> new RandomNormal(stddev: 0.01); }");
        Assert.Empty(fixture.Diagnostics);
    }

    [Theory]
    [InlineData("public sealed partial class Net; [Network, Input(3), Dense(1)] public sealed partial class NET;")]
    [InlineData("public sealed partial class A_B; namespace A { [Network, Input(3), Dense(1)] public sealed partial class B; }")]
    [InlineData("public sealed partial class @record;")]
    [InlineData("public sealed partial class @file;")]
    [InlineData("public sealed partial class @required;")]
    [InlineData("public sealed partial class @var;")]
    [InlineData("public sealed partial class @dynamic;")]
    [InlineData("public sealed partial class नेट;")]
    [InlineData("public sealed partial class Net : Model;")]
    [InlineData("public sealed partial class Net { public Net() : this(3) { } }")]
    [InlineData("public sealed partial class Net { public int DenseLayer => 3; }")]
    public void Any_name_and_members_of_ones_own_do(string declaration) =>
        Assert.Empty(GeneratorFixture.Run("using CompiledNets;\n[Network, Input(3), Dense(1)] " + declaration).Diagnostics);

    [Theory]
    [InlineData("Dense(2), Dense(1, Name = \"dense_layer\")")]
    [InlineData("Dense(1, Name = \"a\\\"<b>&\\\\ {{0}}\")")]
    [InlineData("Dense(1, Name = \"日本\")")]
    [InlineData("Dense(1, KernelInitializer = nameof(@class))")]
    public void Any_name_of_a_layer_does(string layers) =>
        Assert.Empty(
            GeneratorFixture.Run(
            $"using CompiledNets;\nusing CompiledNets.Initializers;\n[Network, Input(3), {layers}] public sealed partial class Net " +
            $"{{ private static Initializer @class => new RandomNormal(); }}").Diagnostics);

    [Theory]
    [InlineData("[Network, Input(4), Dense(")]
    [InlineData("[Network, Input(4), Dense(]\npublic partial class Net;")]
    [InlineData("[Network, Input(4), Dense(3, ]\npublic partial class Net {")]
    [InlineData("[Network, Input(\"four\"), Dense(3.5)] public partial class Net;")]
    [InlineData("[Network, Input(null), Dense(2, 7)] public partial class Net;")]
    [InlineData("[Network, Input(4), Dense(unknown: 3), Nothing(3)] public partial class Net;")]
    [InlineData("[Network, Input(4), Dense(int.MaxValue + 1)] public partial class Net;")]
    [InlineData("[Network, Input(4), Activation(null!), Dense(2, Name = null!)] public partial class Net;")]
    [InlineData("[Network, Input(4), Reshape(), Reshape(null!), Dropout(double.NaN), Rescaling(double.PositiveInfinity)] public partial " +
        "class Net;")]
    [InlineData("[Network] [Input(1000000, 1000000, 1000000)] [Dense(1)] public partial class Net;")]
    [InlineData("[Network, Input(65536), Dense(65536), Dense(65536)] public partial class Net;")]
    public void What_is_wrong_or_half_typed_never_breaks_the_generator(string source) => AssertSurvives("using CompiledNets;\n" + source);

    [Fact]
    public void Random_arguments_never_break_the_generator()
    {
        Gen<string> argument = Gen.OneOfConst("0", "-1", "1", "3", "int.MaxValue", "1.5", "double.NaN", "\"\"", "\"relu\"", "\"a/b\"",
            "null!", "true", "Name = \"x\"", "Axis = -9", "UseBias = false", "Units = 3");
        Gen<string> attribute = Gen.Select(
            Gen.OneOfConst("Input", "Dense", "Activation", "Dropout", "BatchNormalization", "Flatten", "Reshape", "Rescaling",
            "Normalization", "Identity"), argument.Array[0, 3])
            .Select((name, arguments) => $"[{name}({string.Join(", ", arguments)})]");
        attribute.Array[0, 6].Sample(attributes =>
            AssertSurvives($"using CompiledNets;\n[Network]\n{string.Join('\n', attributes)}\npublic partial class Net;"), iter: 150,
            threads: 1);
    }

    private static void AssertSurvives(string source)
    {
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(CompiledNetworks.Compilation([source]));
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id == "CN0099");
    }
}
