using System.Diagnostics;
using System.Text;
using CompiledNets.Harness;

namespace CompiledNets.Package.Tests;

/// <summary>
/// The packages as they are released, packed into a folder outside of the repository, beside projects that install them from there.
/// Packages of others come from where the machine has or gets them; ours are unpacked into a folder of their own.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), "CompiledNets.Package." + Path.GetRandomFileName());

    /// <summary>Packs.</summary>
    public PackageFeed()
    {
        Directory.CreateDirectory(root);
        File.Copy(Path.Combine(SharedFolder.RepositoryRoot, "global.json"), Path.Combine(root, "global.json"));
        File.WriteAllText(Path.Combine(root, "nuget.config"),
            """<configuration><packageSources><add key="packed" value="packed" /></packageSources></configuration>""");
        string runtime = Path.Combine(SharedFolder.RepositoryRoot, "Runtime");
        foreach (string project in Directory.GetDirectories(runtime).Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Order(StringComparer.Ordinal))
            Dotnet(runtime, "pack", project, "-o", Folder, "--artifacts-path", Path.Combine(root, "artifacts"), $"-p:Version={Version}",
                "-v", "quiet").Succeeded();
    }

    /// <summary>The version that was packed.</summary>
    /// <remarks>No other run has it: nothing of CompiledNets that the machine may have is taken for what was just packed.</remarks>
    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}";

    /// <summary>The folder with the packages.</summary>
    public string Folder => Path.Combine(root, "packed");

    /// <summary>Makes the folder of a project.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="files">Its files, by name; <c>VERSION</c> in them stands for the version that was packed.</param>
    internal string Project(string name, params (string Name, string Text)[] files)
    {
        string folder = Path.Combine(root, name);
        Directory.CreateDirectory(folder);
        foreach ((string file, string text) in files)
            File.WriteAllText(Path.Combine(folder, file), text.Replace("VERSION", Version, StringComparison.Ordinal));
        return folder;
    }

    /// <summary>Makes a library of one network, in a namespace of its name, and returns its folder.</summary>
    internal string Library() => Project("Library",
        ("Library.csproj", ProjectText.ClassLibrary(ProjectText.Package, "<GenerateDocumentationFile>true</GenerateDocumentationFile>")),
        ("XorNet.cs", "using CompiledNets;\n\nnamespace Library;\n\n" + ProjectText.Network + "\n"));

    /// <summary>Runs the SDK in a folder.</summary>
    internal CommandResult Dotnet(string folder, params string[] arguments) =>
        Run(folder, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);

    /// <summary>Runs a program in a folder.</summary>
    internal CommandResult Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // What dotnet test says to its own build is not meant for another.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("VSTEST", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment[
            "MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["NUGET_PACKAGES"] = Path.Combine(root, "packages");
        Directory.CreateDirectory(start.Environment["NUGET_FALLBACK_PACKAGES"]!);

        using Process process = Process.Start(start)!;
        StringBuilder output = new();
        void Add(object sender, DataReceivedEventArgs line)
        {
            lock (output) output.Append(line.Data).Append('\n');
        }

        process.OutputDataReceived += Add;
        process.ErrorDataReceived += Add;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(8))) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        lock (output) return new($"{Path.GetFileName(program)} {string.Join(' ', arguments)}", process.ExitCode, output.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(root, recursive: true);
}
