using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using System.Text;
using CompiledNets.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace CompiledNets.Tool;

/// <summary>What is about to be written, compiled in memory as the project that takes it will compile it.</summary>
internal sealed class CompiledImport : IDisposable
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private readonly AssemblyLoadContext context;
    private readonly Assembly assembly;
    private readonly string prefix;

    private CompiledImport(AssemblyLoadContext context, Assembly assembly, string prefix)
    {
        this.context = context;
        this.assembly = assembly;
        this.prefix = prefix;
    }

    /// <summary>Compiles sources with the generator.</summary>
    /// <param name="space">Their namespace; null for none.</param>
    /// <param name="sources">The sources, the one of the network first.</param>
    /// <exception cref="ImportException">They do not compile: the network has something that a declaration cannot say.</exception>
    public static CompiledImport Compile(string? space, params IReadOnlyList<string> sources)
    {
        SyntaxTree[] trees = [.. sources.Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions, encoding: Encoding.UTF8))];
        var compilation = CSharpCompilation.Create("Import", trees, References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
                optimizationLevel: OptimizationLevel.Release));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out var diagnostics);
        using MemoryStream stream = new();
        EmitResult emitted = output.Emit(stream);
        Diagnostic[] errors = [.. diagnostics.Concat(emitted.Diagnostics).Where(found => found.Severity == DiagnosticSeverity.Error)];
        // What is wrong with the network comes before what follows from it.
        if (Array.Exists(errors, IsOwn)) errors = Array.FindAll(errors, IsOwn);
        if (errors.Length > 0)
        {
            throw new ImportException("The network cannot be declared as a class:\n" + string.Join('\n',
                errors.Select(error => $"  {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}").Distinct()));
        }

        stream.Position = 0;
        AssemblyLoadContext context = new("import", isCollectible: true);
        return new(context, context.LoadFromStream(stream), space is null ? "" : space + ".");
    }

    /// <summary>Makes the network.</summary>
    public Model Create(string className) => (Model)Activator.CreateInstance(assembly.GetType(prefix + className, throwOnError: true)!, 0)!;

    /// <summary>Runs the test.</summary>
    /// <param name="className">Its class.</param>
    /// <param name="folder">Where its files are.</param>
    public void RunTest(string className, string folder)
    {
        MethodInfo run = assembly.GetType(prefix + className, throwOnError: true)!.GetMethod("Run")!;
        try
        {
            run.Invoke(null, [folder]);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => context.Unload();

    private static bool IsOwn(Diagnostic diagnostic) => diagnostic.Id.StartsWith("CN", StringComparison.Ordinal);

    // .NET and the runtime, as a project has them.
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file
                && (file.StartsWith("System.", StringComparison.Ordinal)
                || file is "netstandard.dll" or "mscorlib.dll" or "CompiledNets.dll"))
            .Select(path => MetadataReference.CreateFromFile(path));
}
