using System.Globalization;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// Sources as Roslyn's testing library judges them: everything that the generator, its analyzers and C# say, each in its place, and nothing
/// else. Places are marked in the source: <c>{|#0:Dense(0)|}</c>.
/// </summary>
internal sealed class NetworkTest : CSharpSourceGeneratorTest<NetworkGenerator, DefaultVerifier>
{
    private readonly LanguageVersion language;

    /// <summary>Makes the test of some sources, a file each.</summary>
    public NetworkTest(LanguageVersion language, params string[] sources)
    {
        this.language = language;
        // The references of this process: no package of reference assemblies is needed.
        ReferenceAssemblies = new("net10.0");
        TestState.AdditionalReferences.AddRange(CompiledNetworks.References);
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck;
        CompilerDiagnostics = CompilerDiagnostics.Warnings;
        // Sources of tests need no comments; other tests see that generated ones have theirs.
        DisabledDiagnostics.Add("CS1591");
        for (int i = 0; i < sources.Length; i++) TestState.Sources.Add(($"/0/Source{i}.cs", sources[i]));
    }

    /// <summary>Expects one diagnostic at the place that is marked 0.</summary>
    public static async Task Single(string id, string words, params string[] sources) =>
        await Single(LanguageVersion.Latest, id, words, sources);

    /// <summary>Expects one diagnostic at the place that is marked 0.</summary>
    public static async Task Single(LanguageVersion language, string id, string words, params string[] sources)
    {
        var test = new NetworkTest(language, sources);
        DiagnosticDescriptor descriptor = DiagnosticDescriptors.Get(id);
        test.ExpectedDiagnostics.Add(new DiagnosticResult(id, descriptor.DefaultSeverity).WithLocation(0));
        test.DiagnosticVerifier = (diagnostic, _, _) =>
            Assert.Contains(words, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await test.RunAsync();
    }

    /// <summary>Expects nothing.</summary>
    public static Task None(params string[] sources) => new NetworkTest(LanguageVersion.Latest, sources).RunAsync();

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(language, DocumentationMode.Diagnose);

    protected override CompilationOptions CreateCompilationOptions() =>
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, checkOverflow: true, warningLevel: 9999,
            nullableContextOptions: language < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : NullableContextOptions.Enable);

    // What a suppressor of ours takes back, nobody sees.
    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        !diagnostic.IsSuppressed && base.IsCompilerDiagnosticIncluded(diagnostic, compilerDiagnostics);

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() =>
        [new LayersWithoutNetworkAnalyzer(), new ClsArraySuppressor()];
}
