using CompiledNets.Generator.Diagnostics;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Tests;

/// <summary>Each mistake of the grammar: its id, its words, its squiggle, and nothing else, though other code uses the network.</summary>
public sealed class DiagnosticsTests
{
    /// <summary>Code that uses the network: it must show no error of its own.</summary>
    private const string User = """
        public static class User
        {
            public static void Use(System.Numerics.Tensors.Tensor<float> data)
            {
                var model = new Net(seed: 1);
                model.Compile("adam", "mse");
                model.Fit(data, data, epochs: 2);
                float answer = model.Predict(new float[3])[0];
                System.Console.WriteLine(answer);
            }
        }
        """;

    // Between bars stands what is underlined.
    [Theory]
    [InlineData("CN0006", "has no layers", "[Network] public sealed partial class |Net|;")]
    [InlineData("CN0006", "has no layers", "[Network, Input(3)] public sealed partial class |Net|;")]
    [InlineData("CN0007", "has no [Input]", "[Network, |Dense(3)|] public sealed partial class Net;")]
    [InlineData("CN0008", "Move [Input] to the top", "[Network, Dense(3), |Input(3)|] public sealed partial class Net;")]
    [InlineData("CN0009", "second [Input]", "[Network, Input(3), Dense(2), |Input(3)|] public sealed partial class Net;")]
    [InlineData("CN0010", "'Units' of 'dense' must be positive, but is 0", "[Network, Input(3), Dense(|0|)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Units' of 'dense' must be positive, but is -5", "[Network, Input(3), Dense(|units: -5|)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Shape' of 'Input' must be positive", "[Network, Input(|3|, 0), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0010", "'Shape' of 'Input' must be positive", "[Network, |Input|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "must be at least 0 and less than 1, but is 1", "[Network, Input(3), Dropout(|1|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "but is -0.5", "[Network, Input(3), Dropout(|-0.5|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Momentum' of 'batch_normalization' must be", "[Network, Input(3), BatchNormalization(|Momentum = 2|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0011", "'Axis' of 'batch_normalization'", "[Network, Input(3), BatchNormalization(|Axis = 4|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "but 'Input' gives (3)", "[Network, Input(3), Activation(|Activation.Glu|), Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0013", "'reshape' makes (2, 2) of 4 elements, but 'Input' gives (3) with 3 elements", "[Network, Input(3), |Reshape(2, 2)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0014", "Did you mean 'relu'?", "[Network, Input(3), Dense(1, |\"rellu\"|)] public sealed partial class Net;")]
    [InlineData("CN0014", "Did you mean 'he_normal'?", "[Network, Input(3), Dense(1, |KernelInitializer = \"he_norml\"|)] public sealed partial class Net;")]
    [InlineData("CN0016", "already the name of another layer", "[Network, Input(3), Dense(2, Name = \"a\"), Dense(1, |Name = \"a\"|)] public sealed partial class Net;")]
    [InlineData("CN0017", "it contains '/'", "[Network, Input(3), Dense(1, |Name = \"a/b\"|)] public sealed partial class Net;")]
    [InlineData("CN0017", "\"a?b\" cannot be the name of a layer: it contains a character that cannot be printed", "[Network, Input(3), Dense(1, |Name = \"a\\nb\"|)] public sealed partial class Net;")]
    [InlineData("CN0018", "has a member of that name", "[Network, Input(3), Dense(1, |Name = \"fit\"|)] public sealed partial class Net;")]
    [InlineData("CN0018", "has a member of that name", "[Network, Input(3), |Dense(1)|] public sealed partial class Net { public int Dense => 3; }")]
    [InlineData("CN0019", "on its member 'Extra'", "[Network, Input(3), Dense(1)] public sealed partial class |Net| { [Dense(2)] public int Extra => 3; }")]
    [InlineData("CN0020", "more than the 16777216 that an arena can hold", "[Network, |Input(2147483647)|, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0020", "'dense' would have 2147483647 elements", "[Network, Input(1), |Dense(2147483647)|] public sealed partial class Net;")]
    [InlineData("CN0020", "more than 500 million parameters", "[Network, Input(65536), Dense(65536)] public sealed partial class |Net|;")]
    [InlineData("CN0021", "'Net' declares 'ParameterCount'", "[Network, Input(3), Dense(1)] public sealed partial class Net { public int |ParameterCount| => 3; }")]
    public void A_mistake_is_one_error_in_its_place(string id, string words, string marked)
    {
        (string source, string underlined) = Unmark(marked);
        GeneratorFixture fixture = GeneratorFixture.Run(source, User);
        Diagnostic only = Assert.Single(fixture.Diagnostics);
        Assert.Equal(id, only.Id);
        Assert.Contains(words, only.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(underlined, source.Substring(only.Location.SourceSpan.Start, only.Location.SourceSpan.Length));
    }

    // Where the class cannot be added to, code that uses it has errors too; the one that names the cause is there.
    [Theory]
    [InlineData("CN0001", "must be partial", "[Network, Input(3), Dense(1)] public sealed class |Net|;")]
    [InlineData("CN0002", "is a record", "[Network, Input(3), Dense(1)] public sealed partial record |Net|;")]
    [InlineData("CN0002", "is static", "[Network, Input(3), Dense(1)] public static partial class |Net|;")]
    [InlineData("CN0002", "is local to its file", "[Network, Input(3), Dense(1)] file sealed partial class |Net|;")]
    [InlineData("CN0002", "has a primary constructor", "[Network, Input(3), Dense(1)] public sealed partial class |Net|(int x) { public int X => x; }")]
    [InlineData("CN0003", "is generic", "[Network, Input(3), Dense(1)] public sealed partial class |Net|<T>;")]
    [InlineData("CN0003", "Remove the type parameters of 'Outer'", "public partial class Outer<T> { [Network, Input(3), Dense(1)] public sealed partial class |Net|; }")]
    [InlineData("CN0004", "'Outer', which is not partial", "public class Outer { [Network, Input(3), Dense(1)] public sealed partial class |Net|; }")]
    [InlineData("CN0005", "derives from 'Base'", "public class Base; [Network, Input(3), Dense(1)] public sealed partial class |Net| : Base;")]
    public void A_class_that_cannot_be_a_network_is_told_so(string id, string words, string marked)
    {
        (string source, string underlined) = Unmark(marked);
        Diagnostic only = Assert.Single(GeneratorFixture.Run(source).Diagnostics);
        Assert.Equal(id, only.Id);
        Assert.Contains(words, only.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(underlined, source.Substring(only.Location.SourceSpan.Start, only.Location.SourceSpan.Length));
    }

    [Fact]
    public void Layers_in_several_declarations_are_refused()
    {
        const string second = "using CompiledNets;\n[Dense(1)] public sealed partial class Net;";
        GeneratorFixture fixture = GeneratorFixture.Run("using CompiledNets;\n[Network, Input(3), Dense(2)] public sealed partial class Net;", second, User);
        Diagnostic only = Assert.Single(fixture.Diagnostics);
        Assert.Equal("CN0015", only.Id);
        Assert.Equal("Source1.cs", only.Location.GetLineSpan().Path);
        Assert.Equal("Dense(1)", second.Substring(only.Location.SourceSpan.Start, only.Location.SourceSpan.Length));
    }

    [Fact]
    public void Every_id_has_its_heading_its_link_and_its_line_of_release()
    {
        string docs = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "diagnostics.md"));
        string releases = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "Generator", "AnalyzerReleases.Unshipped.md"));
        foreach (DiagnosticDescriptor descriptor in DiagnosticDescriptors.All())
        {
            Assert.Contains($"\n## {descriptor.Id}\n", docs, StringComparison.Ordinal);
            Assert.EndsWith("docs/diagnostics.md#" + descriptor.Id.ToLowerInvariant(), descriptor.HelpLinkUri, StringComparison.Ordinal);
            Assert.Contains(descriptor.Id, releases, StringComparison.Ordinal);
            Assert.Equal(descriptor.Id, Assert.Single(DiagnosticDescriptors.All(), other => other.Title.Equals(descriptor.Title)).Id);
        }
    }

    private static (string Source, string Underlined) Unmark(string marked)
    {
        string[] parts = marked.Split('|');
        return ("using CompiledNets;\n" + string.Concat(parts), parts[1]);
    }
}
