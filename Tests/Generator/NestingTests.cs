using System.Collections.Immutable;
using CompiledNets.Generator.Declaration;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CompiledNets.Generator.Tests;

/// <summary>Networks in networks: where they come from, what they are called, and when they are compiled again.</summary>
public sealed class NestingTests
{
    private const string Usings = "using CompiledNets;\nusing CompiledNets.Initializers;\n";

    private const string Library = Usings + """
        namespace Lib
        {
            [Network, Input(3), Dense(4, Activation.Relu, KernelInitializer = nameof(Small)), Rescaling(0.1, offset: -1e-7)]
            public sealed partial class Inner { public static Initializer Small() => new RandomNormal(stddev: 0.1); }

            public partial class Space
            {
                [Network]
                public sealed partial class @class
                {
                    [Input(3)] public partial Node X { get; }
                    [Input(2)] public partial Node Z { get; }
                    [From(nameof(X)), Apply<Inner>(Name = "the \"\"\" inner"), Reshape(2, 2), Flatten] public partial Node A { get; }
                    [Concatenate(nameof(A), nameof(Z), Axis = 1), Dense(2, UseBias = false, Trainable = false), Output] public partial Node Y { get; }
                }
            }
        }
        """;

    private const string User = Usings + """
        namespace App
        {
            [Network]
            public sealed partial class Net
            {
                [Input(3)] public partial Node X { get; }
                [Input(2)] public partial Node Z { get; }
                [Apply<Lib.Space.@class>(nameof(X), nameof(Z)), Dense(1), Output] public partial Node Y { get; }
                [From(nameof(X)), Apply<Lib.Inner>, Output] public partial Node W { get; }
            }
        }
        """;

    [Fact]
    public void A_network_of_another_assembly_nests_as_one_of_the_own_does()
    {
        GeneratorFixture together = GeneratorFixture.Run(Library, User);
        Assert.Empty(together.Diagnostics);
        CSharpCompilation library = CompiledNetworks.Compilation([Library]).WithAssemblyName("Lib");
        CompiledNetworks.Driver().RunGeneratorsAndUpdateCompilation(library, out Compilation built, out _);
        using var stream = new MemoryStream();
        Assert.True(built.Emit(stream).Success);
        // As a compiler has it, and as an editor has it.
        foreach (MetadataReference reference in new MetadataReference[] { MetadataReference.CreateFromImage(stream.ToArray()),
            built.ToMetadataReference() })
        {
            CSharpCompilation user = CompiledNetworks.Compilation([User]).AddReferences(reference);
            GeneratorDriver driver = CompiledNetworks.Driver()
                .RunGeneratorsAndUpdateCompilation(user, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
            Assert.Empty(diagnostics.Concat(output.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden
                && !CompiledNetworks.IsUndocumentedSource(diagnostic))));
            foreach (GeneratedSourceResult source in driver.GetRunResult().Results[0].GeneratedSources)
                Assert.Equal(together.Generated[source.HintName], source.SourceText.ToString());
        }
    }

    [Fact]
    public void A_manifest_is_read_as_it_was_written()
    {
        NetworkDeclaration[] declarations = Declarations(Library, User);
        foreach (NetworkDeclaration declaration in declarations)
        {
            NetworkBody[] networks = [declaration.Body, .. declaration.Networks];
            string text = NetworkManifest.Write(networks);
            IReadOnlyList<NetworkBody> read = NetworkManifest.Read(text.Replace("\n", "\r\n", StringComparison.Ordinal));
            Assert.Equal(networks.Select(Plain), read.Select(Plain));
            Assert.Equal(text, NetworkManifest.Write(read));
            for (int i = 0; i < text.Length; i += 7) NetworkManifest.Read(text[..i]);
            Assert.Empty(NetworkManifest.Read(text.Replace("CompiledNets 1", "CompiledNets 2", StringComparison.Ordinal)));
        }

        Assert.Equal(3, declarations.Length);
        static NetworkBody Plain(NetworkBody body) =>
            body with { Nodes = body.Nodes.Select(node => node with { Header = null, Accessors = null, HasComment = false }).ToArray() };
    }

    [Theory]
    [InlineData("Dense(4)", "Dense(5)", IncrementalStepRunReason.Modified)]
    [InlineData("stddev: 0.1", "stddev: 0.2", IncrementalStepRunReason.Cached)]
    [InlineData("int Count => 3", "int Number => 4", IncrementalStepRunReason.Cached)]
    [InlineData("[Network, Input(3), Dense(4)", "\n[Network]\n[Input(3)]\n[Dense(units: 4)", IncrementalStepRunReason.Cached)]
    public void An_edit_of_a_nested_network_compiles_the_outer_one_again_where_it_means_something(string before, string after,
        IncrementalStepRunReason reason)
    {
        const string inner = Usings
            + "[Network, Input(3), Dense(4), Dense(4, KernelInitializer = nameof(Small))] public sealed partial class Inner "
            + "{ internal static Initializer Small => new RandomNormal(stddev: 0.1); public int Count => 3; }";
        const string outer = Usings + "[Network, Input(3), Apply<Inner>] public sealed partial class Net;";
        CSharpCompilation compilation = CompiledNetworks.Compilation([inner, outer]);
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(compilation);
        Assert.Contains(before, inner, StringComparison.Ordinal);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        GeneratorRunResult result = driver.RunGenerators(compilation.ReplaceSyntaxTree(
            tree, tree.WithChangedText(SourceText.From(inner.Replace(before, after, StringComparison.Ordinal), tree.Encoding))))
                .GetRunResult().Results[0];
        IncrementalStepRunReason[] outerRuns =
        [
            .. result.TrackedSteps[TrackingNames.Networks].SelectMany(run => run.Outputs)
                .Where(run => ((Passes.CompiledNetwork)run.Value).HintName == "Net").Select(run => run.Reason),
        ];
        Assert.Equal([reason], outerRuns);
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense(4, Name = \"inner_network\"), Dense(4, Name = \"inner_layer\"), Dense(2)] public sealed " +
        "partial class Inner; [Network, Input(4), Apply<Inner>, Dense(3)] public sealed partial class Net;")]
    [InlineData("[Network, Input(4), Dense(4, Activation.Relu), Activation(Activation.Tanh)] public sealed partial class Activation2; " +
        "[Network, Input(4), Apply<Activation2>(Name = \"activation\")] public sealed partial class Net;")]
    [InlineData("[Network, Input(4), Dense(1, Activation.Softmax)] public sealed partial class One; [Network, Input(4), Apply<One>] " +
        "public sealed partial class Net;", "CN0030")]
    [InlineData("public partial class Outer { [Network, Input(4), Dense(1, KernelInitializer = nameof(Small))] private sealed partial " +
        "class Inner { internal static Initializer Small => new RandomNormal(); } [Network, Input(4), Apply<Inner>] private sealed " +
        "partial class Net; }")]
    [InlineData("[Network, Input(4), Dense(4), Dense(4, Name = \"model\"+\"s\")] public sealed partial class Inner; [Network, Input(4), " +
        "Apply<Inner>, Dense(4, Name = \"inner_dense\"), Dense(1)] public sealed partial class Net { public class InnerNetwork; }")]
    public void Names_do_not_clash(string source, string? warning = null)
    {
        GeneratorFixture fixture = GeneratorFixture.Run(Usings + source);
        if (warning is null) Assert.Empty(fixture.Diagnostics);
        // What is warned of in a nested network is said once, where it is declared.
        else Assert.Equal(warning, Assert.Single(fixture.Diagnostics).Id);
    }

    private static NetworkDeclaration[] Declarations(params string[] sources) =>
    [
        .. CompiledNetworks.Driver().RunGenerators(CompiledNetworks.Compilation(sources))
            .GetRunResult().Results[0].TrackedSteps[TrackingNames.Declarations]
            .SelectMany(run => run.Outputs).Select(output => (NetworkDeclaration)output.Value),
    ];
}
