using System.Diagnostics;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>The system's Python, with its h5py.</summary>
internal static class Python
{
    private const string Path = "/usr/bin/python3";

    /// <summary>Why there is no h5py to ask; null where there is one.</summary>
    public static string? WhyNoH5py { get; } = !File.Exists(Path) ? $"There is no {Path}."
        : Start(null, "-c", "import h5py").Code != 0 ? $"{Path} has no h5py (python3-h5py)." : null;

    /// <summary>Runs a script.</summary>
    /// <param name="folder">The folder to run it in, where it is left.</param>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it printed.</returns>
    public static string Run(string folder, string script, params string[] arguments)
    {
        string file = System.IO.Path.Combine(folder, "script.py");
        File.WriteAllText(file, script);
        (int code, string output, string errors) = Start(folder, [file, .. arguments]);
        Assert.True(code == 0, errors);
        return output;
    }

    private static (int Code, string Output, string Errors) Start(string? folder, params string[] arguments)
    {
        ProcessStartInfo start = new(Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (folder is not null) start.WorkingDirectory = folder;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}

/// <summary>A test that asks h5py; skipped where there is none.</summary>
internal sealed class H5pyFactAttribute : FactAttribute
{
    public H5pyFactAttribute() => Skip = Python.WhyNoH5py;
}

/// <summary>As <see cref="H5pyFactAttribute"/>, for several cases.</summary>
internal sealed class H5pyTheoryAttribute : TheoryAttribute
{
    public H5pyTheoryAttribute() => Skip = Python.WhyNoH5py;
}
