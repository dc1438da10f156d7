using System.Diagnostics;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>A snippet of a page as the program that a reader makes of it: a console project with implicit usings.</summary>
internal static class SnippetProgram
{
    private const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    private const string RuntimeConfig = """
        {
          "runtimeOptions": {
            "tfm": "net10.0",
            "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
            "configProperties": { "System.Globalization.Invariant": true }
          }
        }
        """;

    /// <summary>Compiles a snippet; the compiler has nothing to say about it, and neither has the generator.</summary>
    /// <param name="snippet">The snippet.</param>
    /// <param name="kind">What it becomes.</param>
    /// <param name="beside">Sources that it uses.</param>
    public static Compilation Compile(
        string snippet, OutputKind kind = OutputKind.ConsoleApplication, params IReadOnlyList<string> beside)
    {
        CSharpCompilation compilation = CompiledNetworks.Compilation([snippet, ImplicitUsings, .. beside]);
        compilation = compilation.WithAssemblyName("Snippet").WithOptions(compilation.Options.WithOutputKind(kind));
        CompiledNetworks.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        Assert.Empty(output.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && !CompiledNetworks.IsUndocumentedSource(diagnostic)));
        return output;
    }

    /// <summary>Runs a snippet in a folder with the data of the samples, and gives what it printed.</summary>
    /// <param name="snippet">The program.</param>
    /// <param name="files">Further files that it reads.</param>
    public static string Run(string snippet, params (string Name, byte[] Bytes)[] files)
    {
        string folder = Directory.CreateTempSubdirectory("CompiledNets.Snippet.").FullName;
        try
        {
            Assert.True(Compile(snippet).Emit(Path.Combine(folder, "Snippet.dll")).Success);
            File.WriteAllText(Path.Combine(folder, "Snippet.runtimeconfig.json"), RuntimeConfig);
            IEnumerable<string> data = Directory.GetDirectories(Path.Combine(SharedFolder.RepositoryRoot, "Samples"))
                .SelectMany(sample => Directory.GetFiles(sample, "*.csv"));
            foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(IsOfTheRuntime).Concat(data))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            foreach ((string name, byte[] bytes) in files)
            {
                string path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, bytes);
            }

            ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["Snippet.dll"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal("", errors.Result);
            Assert.Equal(0, process.ExitCode);
            return said;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The runtime and what it brings; the rest is the tests'.
    private static bool IsOfTheRuntime(string file) => Path.GetFileName(file) is "CompiledNets.dll" or "Sep.dll" or "csFastFloat.dll"
        || Path.GetFileName(file).StartsWith("System.Numerics.", StringComparison.Ordinal);
}
