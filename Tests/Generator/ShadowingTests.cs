using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// Whatever a user declares, it hides nothing that generated code means: each identifier in it is declared as every kind of thing, at every
/// place that C# looks at.
/// </summary>
public sealed class ShadowingTests
{
    private static readonly string Layers = string.Join(", ", new[]
    {
        "Network", "Input(4, 6)", "Normalization", "BatchNormalization", "Dense(40, \"gelu\")", "Dropout(0.5)", "Activation(\"glu\")",
            "Rescaling(0.5)", "Flatten", "Dense(1200, \"softsign\")",
        "Reshape(20, 60, 1)", "Conv2D(3, 3, Padding = \"same\")", "MaxPooling2D(3, Strides = new[] { 2 })",
            "AveragePooling2D(2, Padding = \"same\")", "Conv2D(4, 2, Strides = new[] { 2 })", "GlobalMaxPooling2D(KeepDims = true)",
        "Reshape(2, 2)", "Dense(7, \"sparsemax\")", "Identity",
            "Dense(3, \"softmax\", Name = \"last\", KernelInitializer = nameof(Small))",
    }.Select(layer => "global::CompiledNets." + layer));

    // The names of the source itself, which mean one thing at their place already.
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { "App", "Inner", "Outer", "Net", "CompiledNets", "System",
        "Small" };

    private static readonly Lazy<string[]> Identifiers = new(() =>
    [
        .. Run([Source("", "")]).Generated.Values.SelectMany(text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)
                .Concat(["_", "var", "nuint", "nint", "dynamic"])
            .Where(name => !Own.Contains(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ]);

    private static readonly string[] Members = ["CreateProgram", "Describe", "Load", "InputShape", "OutputShape", "ParameterCount"];

    public static TheoryData<string> Places =>
    [
        "a type", "a type around", "a global type", "a global attribute", "a sibling", "a nested type", "a namespace", "a global namespace",
            "a global using", "a global alias", "an alias",
        "in CompiledNets", "in CompiledNets.Execution", "in CompiledNets.Numerics", "in System", "in System.Runtime",
            "in System.Runtime.CompilerServices",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_name_of_generated_code_may_be(string place)
    {
        string[] names = Identifiers.Value;
        string types = Each(names, name => $"public class @{name};");
        string[] sources = place switch
        {
            "a type" => [Source("", ""), $"namespace App.Inner {{ {types} }}"],
            "a type around" => [Source("", ""), $"namespace App {{ {types} }}"],
            "a global type" => [Source("", ""), types],
            "a global attribute" => [Source("", ""), Each(names, name => $"public class @{name} : global::System.Attribute;")],
            "a sibling" => [Source(types, "")],
            // Not what generated members are called: those are diagnostics.
            "a nested type" =>
                [Source("", Each(names.Where(name => !Members.Contains(name) && !IsLayer(name)), name => $"public class @{name};"))],
            "a namespace" => [Source("", ""), Each(names, name => $"namespace App.Inner.@{name} {{ class C; }}")],
            "a global namespace" => [Source("", ""), Each(names, name => $"namespace @{name} {{ class C; }}")],
            "a global using" => [Source("", ""), "global using Imported;", $"namespace Imported {{ {types} }}"],
            "a global alias" => [Source("", ""), Each(names, name => $"global using @{name} = string;")],
            ['i', 'n', ' ', .. string space] =>
            [
                Source("", ""),
                $"namespace {space} {{ {Each(names.Where(name => !IsTaken(space, name)), name => $"internal class @{name};")} }}",
            ],
            _ => [Each(names, name => $"using @{name} = string;\n") + Source("", "")],
        };
        GeneratorFixture fixture = Run(sources);
        Assert.NotEmpty(fixture.Generated);
        // What C# says of the names themselves, such as that they are all small letters, is the user's.
        Assert.DoesNotContain(fixture.Diagnostics, diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
                || diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
    }

    private static bool IsLayer(string name) =>
        name is "Last" or "LastLayer"
            || typeof(LayerAttribute).Assembly.GetType(
            $"CompiledNets.{name.Replace("Layer", "", StringComparison.Ordinal).TrimEnd('1', '2')}Attribute",
            throwOnError: false, ignoreCase: true) is not null;

    // A type or namespace of the runtime, of .NET, or the generated one, whose hash nobody hits by chance.
    private static bool IsTaken(string space, string name) =>
        name.StartsWith("Net_", StringComparison.Ordinal) || AppDomain.CurrentDomain.GetAssemblies()
            .SelectMany(assembly => assembly.IsDynamic ? [] : assembly.GetTypes())
            .Any(type => $"{type.Namespace}.".StartsWith($"{space}.{name}.", StringComparison.Ordinal)
                || (type.Namespace == space && type.Name.Split('`')[0] == name));

    private static GeneratorFixture Run(string[] sources) => GeneratorFixture.Run(sources);

    private static string Source(string siblings, string members) =>
        $"namespace App.Inner {{ public partial class Outer {{ {siblings} [{Layers}] public sealed partial class Net {{ {members} "
        + "private static global::CompiledNets.Initializer Small => new global::CompiledNets.Initializers.RandomNormal(); } } }";

    private static string Each(IEnumerable<string> names, Func<string, string> declaration) => string.Concat(names.Select(declaration));
}
