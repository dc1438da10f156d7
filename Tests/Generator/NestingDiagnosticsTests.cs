using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>Mistakes with networks in networks: each is one diagnostic in its place, and none is a hang.</summary>
public sealed class NestingDiagnosticsTests
{
    private const string Usings = "using CompiledNets;\nusing CompiledNets.Initializers;\n";

    private const string Encoder = "[Network, Input(4), Dense(3), Dense(2)] public sealed partial class Encoder; ";

    private const string Own = "[Network, Input(4), Dense(3, KernelInitializer = nameof(Small))] public sealed partial class Own { " +
        "private static Initializer Small => new RandomNormal(); } ";

    private const string Two =
        "[Network] public sealed partial class Two { [Input(4)] public partial Node A { get; } [Input(4)] public partial Node B { get; } "
        + "[Add(nameof(A), nameof(B)), Dense(2), Output] public partial Node First { get; } [From(nameof(A)), Dense(3), Output] public " +
            "partial Node Second { get; } } ";

    private const string Doubled = "[Network, Input(3), Dense(3)] public sealed partial class N0; "
        + D + "0>, Apply<N0>] public sealed partial class N1; " + D + "1>, Apply<N1>] public sealed partial class N2; " + D
            + "2>, Apply<N2>] public sealed partial class N3; "
        + D + "3>, Apply<N3>] public sealed partial class N4; " + D + "4>, Apply<N4>] public sealed partial class N5; " + D
            + "5>, Apply<N5>] public sealed partial class N6; "
        + D + "6>, Apply<N6>, Apply<N6>, Apply<N6>, Apply<N6>, Apply<N6>, Apply<N6>, Apply<N6>] public sealed partial class N7; "
        + D + "7>, Apply<N7>, Apply<N7>, Apply<N7>, Apply<N7>, Apply<N7>, Apply<N7>, Apply<N7>] public sealed partial class N13; ";

    private const string D = "[Network, Input(3), Apply<N";

    [Theory]
    [InlineData("CN0043", "'Class' cannot be applied: it is no network",
        "public class Class; [Network, Input(3), {|#0:Apply<Class>|}, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0043", "'Int32' cannot be applied: it is no network",
        "[Network, Input(3), {|#0:Apply<int>|}, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0044", "'Net' would contain itself without end: Net applies Net",
        "[Network, Input(3), {|#0:Apply<Net>|}, Dense(1)] public sealed partial class Net;")]
    [InlineData("CN0012", "'encoder' takes (4), but 'dense' gives (5)",
        Encoder + "[Network, Input(3), Dense(5), {|#0:Apply<Encoder>|}] public sealed partial class Net;")]
    [InlineData("CN0012", "'encoder' takes (4), but 'Input' gives (2, 4)",
        Encoder + "[Network, Input(2, 4), {|#0:Apply<Encoder>|}] public sealed partial class Net;")]
    [InlineData("CN0012", "'encoder_1' takes (4), but 'encoder' gives (2)",
        Encoder + "[Network, Input(4), Apply<Encoder>, {|#0:Apply<Encoder>|}] public sealed partial class Net;")]
    [InlineData("CN0012", "'base' takes (8, 8, 3), but 'Input' gives (9, 9, 1)",
        "[Network, Input(8, 8, 3, AnySize = true), Conv2D(2, 3)] public sealed partial class Base; "
            + "[Network, Input(9, 9, 1), {|#0:Apply<Base>|}] public sealed partial class Net;")]
    [InlineData("CN0013", "'reshape' makes (3) of 3 elements, but 'encoder' gives (2) with 2",
        Encoder + "[Network, Input(4), Apply<Encoder>, {|#0:Reshape(3)|}] public sealed partial class Net;")]
    [InlineData("CN0016", "'encoder' is already the name of another layer",
        Encoder + "[Network, Input(4), Dense(4, Name = \"encoder\"), {|#0:Apply<Encoder>|}] public sealed partial class Net;")]
    [InlineData("CN0017", "it contains '/'",
        Encoder + "[Network, Input(4), Apply<Encoder>({|#0:Name = \"a/b\"|})] public sealed partial class Net;")]
    [InlineData("CN0018", "Layer 'encoder' would get the property 'Encoder'",
        Encoder + "[Network, Input(4), {|#0:Apply<Encoder>|}] public sealed partial class Net { public int Encoder => 3; }")]
    [InlineData("CN0045", "'Own' names its member 'Small', which 'Net' cannot read",
        Own + "[Network, Input(4), {|#0:Apply<Own>|}] public sealed partial class Net;")]
    [InlineData("CN0046", "'two' takes a value for each of its inputs ('A', 'B'), but gets 1",
        Two + "[Network, Input(4), {|#0:Apply<Two>|}] public sealed partial class Net;")]
    [InlineData("CN0046", "'encoder' takes a value for each of its inputs (one), but gets 2. Name fewer nodes", Encoder
        + "[Network] public sealed partial class Net { [Input(4)] public partial Node X { get; } [{|#0:Apply<Encoder>(nameof(X), " +
        "nameof(X))|}, Output] public partial Node Y { get; } }")]
    [InlineData("CN0033", "Did you mean 'Xx'?", Encoder
        + "[Network] public sealed partial class Net { [Input(4), Output] public partial Node Xx { get; } " +
        "[Apply<Encoder>({|#0:\"Xz\"|}), Output] public partial Node Y { get; } }")]
    [InlineData("CN0047", "'P' gives no output 'Third'. There are 'first', 'second'", Two
        + "[Network] public sealed partial class Net { [Input(4)] public partial Node X { get; } [Apply<Two>(nameof(X), nameof(X))] " +
        "public partial Node P { get; } [From(nameof(P), {|#0:Output = \"Third\"|}), Output] public partial Node Y { get; } }")]
    [InlineData("CN0047", "Its chain does not end in a network",
        "[Network] public sealed partial class Net { [Input(4)] public partial Node X { get; } [From(nameof(X), {|#0:Output = " +
        "\"First\"|}), Output] public partial Node Y { get; } }")]
    public async Task A_mistake_is_one_diagnostic_in_its_place(string id, string words, string source) =>
        await NetworkTest.Single(id, words, Usings + source);

    [Theory]
    [InlineData("CN0044", "B would contain itself without end: B applies A applies B",
        "[Network, Input(3), Apply<A>, Dense(1)] public sealed partial class B; [Network, Input(3), Apply<B>, Dense(1)] public sealed " +
            "partial class A;")]
    [InlineData("CN0043", "'A' cannot be applied: it has mistakes",
        "[Network, Input(3), Dense(0)] public sealed partial class A; [Network, Input(3), Apply<A>, Dense(1)] public sealed partial " +
            "class B;")]
    [InlineData("CN0043", "'A' cannot be applied: it has mistakes",
        "[Network, Dense(1)] public sealed partial class A; [Network, Input(3), Apply<A>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0043", "'A' cannot be applied: it has mistakes",
        "[Network, Input(3), Dense(1)] public sealed class A; [Network, Input(3), Apply<A>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0043", "'A' cannot be applied: it has mistakes",
        "[Network, Input(3), Apply<A>] public sealed partial class A; [Network, Input(3), Apply<A>, Dense(1)] public sealed partial " +
            "class B;")]
    [InlineData("CN0043", "'C' cannot be applied: it has mistakes",
        "[Network, Input(3), Dense(0)] public sealed partial class A; [Network, Input(3), Apply<A>] public sealed partial class C; " +
            "[Network, Input(3), Apply<C>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0043", "'Missing' cannot be applied: it is not declared",
        "[Network, Input(3), Apply<Missing>, Dense(1)] public sealed partial class B;")]
    [InlineData("CN0048", "'B' would apply more than 10000 layers",
        Doubled + "[Network, Input(3), Apply<N13>] public sealed partial class B;")]
    [InlineData("CN0034", "'One' needs its own layers",
        "[Network] public sealed partial class B { [Input(3)] public partial Node X { get; } [From(nameof(X)), Shared(nameof(One)), " +
            "Output] public partial Node Y { get; } "
        + "[From(nameof(X)), Shared(nameof(Two))] public partial Node One { get; } [From(nameof(X)), Shared(nameof(One))] public " +
            "partial Node Two { get; } }")]
    public void Mistakes_of_several_networks_never_hang(string id, string words, string source)
    {
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(CompiledNetworks.Compilation([Usings + source]));
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id == "CN0099");
        string[] said = [.. result.Diagnostics.Select(
            diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")];
        Assert.True(said.Any(text => text.StartsWith(id, StringComparison.Ordinal)
            && text.Replace("'B' would contain", "B would contain", StringComparison.Ordinal).Contains(words, StringComparison.Ordinal)),
            string.Join('\n', said));
        // The outermost network says one thing.
        Assert.Single(result.GeneratedSources, file => file.HintName == "B.g.cs");
    }

    [Fact]
    public void A_library_without_a_manifest_is_told_of()
    {
        CSharpCompilation library = CompiledNetworks.Compilation([Usings + "[Network] public class Inner;"]).WithAssemblyName("Lib");
        CSharpCompilation user = CompiledNetworks.Compilation(
            [Usings + "[Network, Input(3), Apply<Inner>] public sealed partial class Net;"]).AddReferences(library.ToMetadataReference());
        Diagnostic diagnostic = Assert.Single(CompiledNetworks.Driver().RunGenerators(user).GetRunResult().Diagnostics);
        Assert.Contains("'Lib' brings no manifest of it", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }
}
