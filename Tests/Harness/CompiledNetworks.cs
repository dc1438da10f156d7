using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using CompiledNets.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace CompiledNets.Harness;

/// <summary>
/// Networks compiled in memory: all sources in one compilation, under the strictest settings a user's project may have (checked arithmetic,
/// nullable, highest warning level) and a culture with a strange minus sign; anything the compiler says about it fails with the source
/// printed, and so does a method that the JIT would not optimize (<see cref="JitBudget"/>).
/// </summary>
public sealed class CompiledNetworks : IDisposable
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private readonly AssemblyLoadContext context;

    private CompiledNetworks(AssemblyLoadContext context, Assembly assembly, IReadOnlyDictionary<string, string> generated)
    {
        this.context = context;
        Assembly = assembly;
        Generated = generated;
    }

    /// <summary>The assembly with the networks.</summary>
    public Assembly Assembly { get; }

    /// <summary>The generated files, by hint name.</summary>
    public IReadOnlyDictionary<string, string> Generated { get; }

    /// <summary>Compiles sources that declare networks.</summary>
    public static CompiledNetworks Compile(params IReadOnlyList<string> sources)
    {
        CSharpCompilation compilation = Compilation(sources);
        CultureInfo culture = CultureInfo.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NegativeSign = "\u2212";
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        GeneratorDriver driver;
        Compilation output;
        ImmutableArray<Diagnostic> diagnostics;
        try
        {
            CultureInfo.CurrentCulture = hostile;
            driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out output, out diagnostics);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Dictionary<string, string> generated = driver.GetRunResult().Results.SelectMany(result => result.GeneratedSources)
            .ToDictionary(source => source.HintName, source => source.SourceText.ToString());
        using var stream = new MemoryStream();
        EmitResult emitted = output.Emit(stream);
        Diagnostic[] problems = [.. diagnostics.Concat(emitted.Diagnostics).Concat(output.GetDiagnostics())
            .Where(d => d.Severity > DiagnosticSeverity.Hidden && !IsUndocumentedSource(d)).Distinct()];
        if (problems.Length > 0) throw new InvalidOperationException(Explain(problems));
        stream.Position = 0;
        IReadOnlyList<string> excesses = JitBudget.Excesses(stream);
        if (excesses.Count > 0) throw new InvalidOperationException(string.Join('\n', excesses));
        stream.Position = 0;
        var context = new AssemblyLoadContext("networks", isCollectible: true);
        context.Resolving += static (_, name) =>
            AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == name.Name);
        return new(context, context.LoadFromStream(stream), generated);
    }

    /// <summary>A compilation of sources that may declare networks, without the generator's output.</summary>
    public static CSharpCompilation Compilation(IReadOnlyList<string> sources)
    {
        SyntaxTree[] trees = [.. sources.Select(
            (source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, path: $"Source{i}.cs", encoding: Encoding.UTF8))];
        return CSharpCompilation.Create("Networks", trees, References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
                checkOverflow: true, warningLevel: 9999, optimizationLevel: OptimizationLevel.Release));
    }

    /// <summary>A driver with the generator.</summary>
    /// <param name="tracksSteps">Whether it keeps what each step did, which compilers and editors do not ask for.</param>
    public static GeneratorDriver Driver(bool tracksSteps = true) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()], parseOptions: ParseOptions,
            driverOptions: new(IncrementalGeneratorOutputKind.None, tracksSteps));

    /// <summary>Makes a network of the assembly.</summary>
    public Model Create(string typeName, int seed = 0) =>
        (Model)Activator.CreateInstance(Assembly.GetType(typeName) ?? throw new InvalidOperationException($"No class {typeName}."), seed)!;

    /// <inheritdoc/>
    public void Dispose() => context.Unload();

    /// <summary>What a project references: .NET and the runtime.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file
                && (file.StartsWith("System.", StringComparison.Ordinal)
                || file is "netstandard.dll" or "mscorlib.dll" or "CompiledNets.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Whether it is but a missing comment in a source of a test; generated files have to have theirs.</summary>
    public static bool IsUndocumentedSource(Diagnostic diagnostic) => diagnostic.Id == "CS1591"
        && diagnostic.Location.SourceTree?.FilePath.StartsWith("Source", StringComparison.Ordinal) == true;

    private static string Explain(Diagnostic[] problems)
    {
        var text = new StringBuilder();
        foreach (Diagnostic problem in problems.Take(10)) text.AppendLine(problem.ToString());
        if (problems[0].Location.SourceTree is { } tree)
        {
            int line = problems[0].Location.GetLineSpan().StartLinePosition.Line;
            string[] lines = tree.ToString().Split('\n');
            for (int i = Math.Max(0, line - 20); i < Math.Min(lines.Length, line + 10); i++)
                text.AppendLine(CultureInfo.InvariantCulture, $"{i + 1,5}: {lines[i]}");
        }

        return text.ToString();
    }
}
