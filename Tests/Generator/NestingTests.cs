using System.Collections.Immutable;
using CompiledNets.Generator.Declaration;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CompiledNets.Generator.Tests;

/// <summary>Networks in networks: where they come from, what they are called, and what is wrong with them.</summary>
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
        foreach (MetadataReference reference in new MetadataReference[] { MetadataReference.CreateFromImage(stream.ToArray()), built.ToMetadataReference() })
        {
            CSharpCompilation user = CompiledNetworks.Compilation([User]).AddReferences(reference);
            GeneratorDriver driver = CompiledNetworks.Driver().RunGeneratorsAndUpdateCompilation(user, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
            Assert.Empty(diagnostics.Concat(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && !CompiledNetworks.IsUndocumentedSource(diagnostic))));
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
        static NetworkBody Plain(NetworkBody body) => body with { Nodes = body.Nodes.Select(node => node with { Header = null, Accessors = null, HasComment = false }).ToArray() };
    }

    [Theory]
    [InlineData("Dense(4)", "Dense(5)", IncrementalStepRunReason.Modified)]
    [InlineData("stddev: 0.1", "stddev: 0.2", IncrementalStepRunReason.Cached)]
    [InlineData("int Count => 3", "int Number => 4", IncrementalStepRunReason.Cached)]
    [InlineData("[Network, Input(3), Dense(4)", "\n[Network]\n[Input(3)]\n[Dense(units: 4)", IncrementalStepRunReason.Cached)]
    public void An_edit_of_a_nested_network_compiles_the_outer_one_again_where_it_means_something(string before, string after, IncrementalStepRunReason reason)
    {
        const string inner = Usings + "[Network, Input(3), Dense(4), Dense(4, KernelInitializer = nameof(Small))] public sealed partial class Inner "
            + "{ internal static Initializer Small => new RandomNormal(stddev: 0.1); public int Count => 3; }";
        const string outer = Usings + "[Network, Input(3), Apply<Inner>] public sealed partial class Net;";
        CSharpCompilation compilation = CompiledNetworks.Compilation([inner, outer]);
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(compilation);
        Assert.Contains(before, inner, StringComparison.Ordinal);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        GeneratorRunResult result = driver.RunGenerators(compilation.ReplaceSyntaxTree(
            tree, tree.WithChangedText(SourceText.From(inner.Replace(before, after, StringComparison.Ordinal), tree.Encoding)))).GetRunResult().Results[0];
        IncrementalStepRunReason[] outerRuns =
        [
            .. result.TrackedSteps[TrackingNames.Networks].SelectMany(run => run.Outputs)
                .Where(run => ((Passes.CompiledNetwork)run.Value).HintName == "Net").Select(run => run.Reason),
        ];
        Assert.Equal([reason], outerRuns);
    }

    [Theory]
    [InlineData("CN0043", "'Class' cannot be applied: it is no network", "public class Class; [Network, Input(3), {|#0:Apply<Class>|}, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0043", "'Int32' cannot be applied: it is no network", "[Network, Input(3), {|#0:Apply<int>|}, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0044", "'Net' would contain itself without end: Net applies Net", "[Network, Input(3), {|#0:Apply<Net>|}, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'encoder' takes (4), but 'dense' gives (5)", Encoder + "[Network, Input(3), Dense(5), {|#0:Apply<Encoder>|}] public sealed partial class Net;")]
    [InlineData("CN0012", "'encoder' takes (4), but 'Input' gives (2, 4)", Encoder + "[Network, Input(2, 4), {|#0:Apply<Encoder>|}] public sealed partial class Net;")]
    [InlineData("CN0012", "'encoder_1' takes (4), but 'encoder' gives (2)", Encoder + "[Network, Input(4), Apply<Encoder>, {|#0:Apply<Encoder>|}] public sealed partial class Net;")]
    [InlineData("CN0013", "'reshape' makes (3) of 3 elements, but 'encoder' gives (2) with 2", Encoder + "[Network, Input(4), Apply<Encoder>, {|#0:Reshape(3)|}] public sealed partial class Net;")]
    [InlineData("CN0016", "'encoder' is already the name of another layer", Encoder + "[Network, Input(4), Dense(4, Name = \"encoder\"), {|#0:Apply<Encoder>|}] public sealed partial class Net;")]
    [InlineData("CN0017", "it contains '/'", Encoder + "[Network, Input(4), Apply<Encoder>({|#0:Name = \"a/b\"|})] public sealed partial class Net;")]
    [InlineData("CN0018", "Layer 'encoder' would get the property 'Encoder'", Encoder + "[Network, Input(4), {|#0:Apply<Encoder>|}] public sealed partial class Net { public int Encoder => 3; }")]
    [InlineData("CN0045", "'Own' names its member 'Small', which 'Net' cannot read", Own + "[Network, Input(4), {|#0:Apply<Own>|}] public sealed partial class Net;")]
    [InlineData("CN0046", "'two' takes a value for each of its inputs ('A', 'B'), but gets 1", Two + "[Network, Input(4), {|#0:Apply<Two>|}] public sealed partial class Net;")]
    [InlineData("CN0046", "'encoder' takes a value for each of its inputs (one), but gets 2. Name fewer nodes", Encoder + "[Network] public sealed partial class Net { [Input(4)] public partial Node X { get; } [{|#0:Apply<Encoder>(nameof(X), nameof(X))|}, Output] public partial Node Y { get; } }")]
    [InlineData("CN0033", "Did you mean 'Xx'?", Encoder + "[Network] public sealed partial class Net { [Input(4), Output] public partial Node Xx { get; } [Apply<Encoder>({|#0:\"Xz\"|}), Output] public partial Node Y { get; } }")]
    [InlineData("CN0047", "'P' gives no output 'Third'. There are 'first', 'second'", Two + "[Network] public sealed partial class Net { [Input(4)] public partial Node X { get; } [Apply<Two>(nameof(X), nameof(X))] public partial Node P { get; } [From(nameof(P), {|#0:Output = \"Third\"|}), Output] public partial Node Y { get; } }")]
    [InlineData("CN0047", "Its chain does not end in a network", "[Network] public sealed partial class Net { [Input(4)] public partial Node X { get; } [From(nameof(X), {|#0:Output = \"First\"|}), Output] public partial Node Y { get; } }")]
    public async Task A_mistake_is_one_diagnostic_in_its_place(string id, string words, string source) => await NetworkTest.Single(id, words, Usings + source);

    [Theory]
    [InlineData("CN0044", "B would contain itself without end: B applies A applies B",
        "[Network, Input(3), Apply<A>, Dense(1)] public sealed partial class B; [Network, Input(3), Apply<B>, Dense(1)] public sealed partial class A;")]
    [InlineData("CN0043", "'A' cannot be applied: it has mistakes",
        "[Network, Input(3), Dense(0)] public sealed partial class A; [Network, Input(3), Apply<A>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0043", "'A' cannot be applied: it has mistakes",
        "[Network, Dense(1)] public sealed partial class A; [Network, Input(3), Apply<A>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0043", "'A' cannot be applied: it has mistakes",
        "[Network, Input(3), Dense(1)] public sealed class A; [Network, Input(3), Apply<A>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0043", "'A' cannot be applied: it has mistakes",
        "[Network, Input(3), Apply<A>] public sealed partial class A; [Network, Input(3), Apply<A>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0043", "'C' cannot be applied: it has mistakes",
        "[Network, Input(3), Dense(0)] public sealed partial class A; [Network, Input(3), Apply<A>] public sealed partial class C; [Network, Input(3), Apply<C>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0043", "'Missing' cannot be applied: it is not declared",
        "[Network, Input(3), Apply<Missing>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0048", "'B' would apply more than 10000 layers", Doubled + "[Network, Input(3), Apply<N13>] public sealed partial class B;")]
    [InlineData("CN0034", "'One' needs its own layers",
        "[Network] public sealed partial class B { [Input(3)] public partial Node X { get; } [From(nameof(X)), Shared(nameof(One)), Output] public partial Node Y { get; } "
        + "[From(nameof(X)), Shared(nameof(Two))] public partial Node One { get; } [From(nameof(X)), Shared(nameof(One))] public partial Node Two { get; } }")]
    public void Mistakes_of_several_networks_never_hang(string id, string words, string source)
    {
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(CompiledNetworks.Compilation([Usings + source]));
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id == "CN0099");
        string[] said = [.. result.Diagnostics.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")];
        Assert.True(said.Any(text => text.StartsWith(id, StringComparison.Ordinal) && text.Replace("'B' would contain", "B would contain", StringComparison.Ordinal).Contains(words, StringComparison.Ordinal)),
            string.Join('\n', said));
        // The outermost network says one thing.
        Assert.Single(result.GeneratedSources, file => file.HintName == "B.g.cs");
    }

    [Fact]
    public void A_library_without_a_manifest_is_told_of()
    {
        CSharpCompilation library = CompiledNetworks.Compilation([Usings + "[Network] public class Inner;"]).WithAssemblyName("Lib");
        CSharpCompilation user = CompiledNetworks.Compilation([Usings + "[Network, Input(3), Apply<Inner>] public sealed partial class Net;"]).AddReferences(library.ToMetadataReference());
        Diagnostic diagnostic = Assert.Single(CompiledNetworks.Driver().RunGenerators(user).GetRunResult().Diagnostics);
        Assert.Contains("'Lib' brings no manifest of it", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense(4, Name = \"inner_network\"), Dense(4, Name = \"inner_layer\"), Dense(2)] public sealed partial class Inner; [Network, Input(4), Apply<Inner>, Dense(3)] public sealed partial class Net;")]
    [InlineData("[Network, Input(4), Dense(4, Activation.Relu), Activation(Activation.Tanh)] public sealed partial class Activation2; [Network, Input(4), Apply<Activation2>(Name = \"activation\")] public sealed partial class Net;")]
    [InlineData("[Network, Input(4), Dense(1, Activation.Softmax)] public sealed partial class One; [Network, Input(4), Apply<One>] public sealed partial class Net;", "CN0030")]
    [InlineData("public partial class Outer { [Network, Input(4), Dense(1, KernelInitializer = nameof(Small))] private sealed partial class Inner { internal static Initializer Small => new RandomNormal(); } [Network, Input(4), Apply<Inner>] private sealed partial class Net; }")]
    [InlineData("[Network, Input(4), Dense(4), Dense(4, Name = \"model\"+\"s\")] public sealed partial class Inner; [Network, Input(4), Apply<Inner>, Dense(4, Name = \"inner_dense\"), Dense(1)] public sealed partial class Net { public class InnerNetwork; }")]
    public void Names_do_not_clash(string source, string? warning = null)
    {
        GeneratorFixture fixture = GeneratorFixture.Run(Usings + source);
        if (warning is null) Assert.Empty(fixture.Diagnostics);
        // What is warned of in a nested network is said once, where it is declared.
        else Assert.Equal(warning, Assert.Single(fixture.Diagnostics).Id);
    }

    private const string Encoder = "[Network, Input(4), Dense(3), Dense(2)] public sealed partial class Encoder; ";

    private const string Own = "[Network, Input(4), Dense(3, KernelInitializer = nameof(Small))] public sealed partial class Own { private static Initializer Small => new RandomNormal(); } ";

    private const string Two = "[Network] public sealed partial class Two { [Input(4)] public partial Node A { get; } [Input(4)] public partial Node B { get; } "
        + "[Add(nameof(A), nameof(B)), Dense(2), Output] public partial Node First { get; } [From(nameof(A)), Dense(3), Output] public partial Node Second { get; } } ";

    private const string Doubled = "[Network, Input(3), Dense(3)] public sealed partial class N0; "
        + D + "0>, Apply<N0>] public sealed partial class N1; " + D + "1>, Apply<N1>] public sealed partial class N2; " + D + "2>, Apply<N2>] public sealed partial class N3; "
        + D + "3>, Apply<N3>] public sealed partial class N4; " + D + "4>, Apply<N4>] public sealed partial class N5; " + D + "5>, Apply<N5>] public sealed partial class N6; "
        + D + "6>, Apply<N6>, Apply<N6>, Apply<N6>, Apply<N6>, Apply<N6>, Apply<N6>, Apply<N6>] public sealed partial class N7; "
        + D + "7>, Apply<N7>, Apply<N7>, Apply<N7>, Apply<N7>, Apply<N7>, Apply<N7>, Apply<N7>] public sealed partial class N13; ";

    private const string D = "[Network, Input(3), Apply<N";

    private static NetworkDeclaration[] Declarations(params string[] sources) =>
    [
        .. CompiledNetworks.Driver().RunGenerators(CompiledNetworks.Compilation(sources)).GetRunResult().Results[0].TrackedSteps[TrackingNames.Declarations]
            .SelectMany(run => run.Outputs).Select(output => (NetworkDeclaration)output.Value),
    ];
}
