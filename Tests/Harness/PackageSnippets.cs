using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Harness;

/// <summary>
/// The C# snippets of a package's README, compiled in a project that references the package. They are parts of a program: what they use
/// of the rest are parameters.
/// </summary>
public static class PackageSnippets
{
    /// <summary>What the compiler says of the snippets of a page, hints aside.</summary>
    /// <param name="page">Its path in the repository.</param>
    /// <param name="parameters">What the snippets use: <c>Model model</c>.</param>
    /// <param name="packages">A type of each package that they use.</param>
    /// <returns>The number of snippets, and what is wrong with them.</returns>
    public static (int Count, IReadOnlyList<string> Problems) Compile(string page, string parameters, params Type[] packages)
    {
        MetadataReference[] references = [.. packages.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location))];
        IReadOnlyList<string> snippets = ReadmeSnippets.CSharpOf(page);
        List<string> problems = [];
        foreach (string snippet in snippets)
        {
            string[] lines = snippet.Split('\n');
            string[] usings = [.. lines.TakeWhile(line => line.Length == 0 || line.StartsWith("using Compiled", StringComparison.Ordinal)
                || line.StartsWith("using System", StringComparison.Ordinal))];
            string program = $$"""
                using System;
                using System.Collections.Generic;
                using System.IO;
                {{string.Join('\n', usings)}}
                internal static class Reader
                {
                    public static void Read({{parameters}})
                    {
                        {{string.Join('\n', lines[usings.Length..])}}
                    }
                }
                """;
            CSharpCompilation compilation = CompiledNetworks.Compilation([program]).AddReferences(references);
            CompiledNetworks.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
            problems.AddRange(output.GetDiagnostics()
                .Where(found => found.Severity > DiagnosticSeverity.Hidden && !CompiledNetworks.IsUndocumentedSource(found))
                .Select(found => $"{page}: {found.GetMessage(CultureInfo.InvariantCulture)}"));
        }

        return (snippets.Count, problems);
    }
}
