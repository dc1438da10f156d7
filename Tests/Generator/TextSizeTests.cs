using System.Text;
using System.Text.RegularExpressions;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// What is generated for deep networks compiles and does not grow unnoticed: a budget of text for each, in kilobytes. The goals are 150 for
/// four blocks and 700 for ResNet50 and MobileNetV2, which repeat a call of batch normalization's kernels for each of its layers.
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
    public void Four_blocks() => Check(FourBlocks, "Net", 320);

    // Layers, the input included, and parameters as summary() of Keras says them.
    [Theory]
    [InlineData("VGG16", 400, 23, 138_357_544)]
    [InlineData("VGG16Base", 300, 19, 14_714_688)]
    [InlineData("VGG19", 450, 26, 143_667_240)]
    [InlineData("VGG19Base", 350, 22, 20_024_384)]
    [InlineData("ResNet50", 1420, 177, 25_636_712)]
    [InlineData("ResNet50Base", 1390, 175, 23_587_712)]
    [InlineData("MobileNetV2", 1550, 156, 3_538_984)]
    [InlineData("MobileNetV2Base", 1510, 154, 2_257_984)]
    public void Known_networks(string name, int kilobytes, int layers, int parameters)
    {
        string source = Known(name);
        Type network = Check(source, "CompiledNets.Applications." + name, kilobytes);
        Assert.Equal(parameters, Assert.IsType<int>(network.GetField("ParameterCount")!.GetRawConstantValue()));
        Assert.Equal(layers, LayerAttributes().Count(source));
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
