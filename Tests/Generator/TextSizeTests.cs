using System.Text;
using System.Text.RegularExpressions;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// What is generated for deep networks compiles and does not grow unnoticed: a budget of text for each, in kilobytes. Those of VGG16 and
/// MobileNetV2 are within their goals of 400 and 700; ResNet50 is over its 700 by what Winograd's kernels and convolutions of single images
/// add, each a phase that threads share; four blocks, whose goal is 150, have some 70 of register tiles of as many shapes as their layers.
/// </summary>
public sealed partial class TextSizeTests
{
    private const string FourBlocks = """
        using CompiledNets;

        [Network, Input(32, 32, 3)]
        [Conv2D(16, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, MaxPooling2D, Dropout(0.25)]
        [Conv2D(32, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, MaxPooling2D, Dropout(0.25)]
        [Conv2D(64, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, MaxPooling2D, Dropout(0.25)]
        [Conv2D(128, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, MaxPooling2D, Dropout(0.25)]
        [Flatten, Dense(128, Activation.Relu), Dense(10, Activation.Softmax)]
        public sealed partial class Net;
        """;

    [Fact]
    public void Four_blocks() => Check(FourBlocks, "Net", 218);

    // Layers, the input included, and parameters as summary() of Keras says them.
    [Theory]
    [InlineData("VGG16", 251, 23, 138_357_544)]
    [InlineData("VGG16Base", 215, 19, 14_714_688)]
    [InlineData("VGG19", 265, 26, 143_667_240)]
    [InlineData("VGG19Base", 235, 22, 20_024_384)]
    [InlineData("ResNet50", 729, 177, 25_636_712)]
    [InlineData("ResNet50Base", 705, 175, 23_587_712)]
    [InlineData("MobileNetV2", 655, 156, 3_538_984)]
    [InlineData("MobileNetV2Base", 625, 154, 2_257_984)]
    public void Known_networks(string name, int kilobytes, int layers, int parameters)
    {
        string source = Known(name);
        Type network = Check(source, "CompiledNets.Applications." + name, kilobytes);
        Assert.Equal(parameters, Assert.IsType<int>(network.GetField("ParameterCount")!.GetRawConstantValue()));
        Assert.Equal(layers, LayerAttributes().Count(source));
    }

    [Fact]
    public void Kernels_that_differ_in_sizes_alone_are_written_once()
    {
        const string blocks = "Dense(20), BatchNormalization, Dense(24), BatchNormalization, Dense(28), BatchNormalization, ";
        string program = Program($"Input(9), {blocks}Dense(4)");
        Assert.Contains(
            "batch_normalization and 2 more of its kind: mean[c] and variance[c] of the batch for channels;", program,
            StringComparison.Ordinal);
        Assert.Contains("!step.IsTraining || step.Frozen[3], channels: 24);", program, StringComparison.Ordinal);
    }

    [Fact]
    public void Phases_of_repeated_blocks_are_written_once()
    {
        string blocks = string.Concat(Enumerable.Repeat("Conv2D(4, 3, Padding = Padding.Same), BatchNormalization, ReLU, ", 7));
        Assert.Contains("if (phase == 2) ForwardAs1(step, first, last, TrainingBlock.conv2d_1, ",
            Program($"Input(6, 5, 3), {blocks}Flatten, Dense(3)"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_network_takes_a_known_one_as_the_package_s_page_shows() => SnippetProgram.Compile(
        Assert.Single(ReadmeSnippets.CSharpOf("Runtime/CompiledNets.Applications/README.md")), beside: Known("VGG16Base"));

    private static string Known(string name)
    {
        string file = Path.Combine(SharedFolder.RepositoryRoot, "Runtime", "CompiledNets.Applications", name + ".cs");
        // Comments name other networks.
        return "using CompiledNets;\n\n"
            + string.Join('\n', File.ReadLines(file).Where(line => !line.StartsWith("///", StringComparison.Ordinal)));
    }

    private static string Program(string stack)
    {
        using CompiledNetworks networks =
            CompiledNetworks.Compile($"using CompiledNets;\n[Network, {stack}] public sealed partial class Net;");
        return networks.Generated["Net.Program.g.cs"];
    }

    private static Type Check(string source, string network, int kilobytes)
    {
        using CompiledNetworks networks = CompiledNetworks.Compile(source);
        int bytes = networks.Generated.Values.Sum(Encoding.UTF8.GetByteCount);
        Assert.InRange(bytes / 1024.0, 1, kilobytes);
        return networks.Assembly.GetType(network, throwOnError: true)!;
    }

    // Lines that begin with an attribute of a layer.
    [GeneratedRegex(@"^\s*\[(?!Network|From|Output)", RegexOptions.Multiline)]
    private static partial Regex LayerAttributes();
}
