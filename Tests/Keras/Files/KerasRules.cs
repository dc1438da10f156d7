using System.IO.Compression;
using CompiledNets.Harness;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>What Keras 3.15 would say of files, by the checker that lies beside the repository; its own h5py opens them.</summary>
internal static class KerasRules
{
    // One process for all files: each import of h5py takes longer than a check.
    private const string Script = """
        import contextlib, io, sys
        sys.path.insert(0, sys.argv[1])
        import check_keras_file
        for line in open(sys.argv[2], encoding="utf-8"):
            arguments = line.rstrip("\n").split("\t")
            text = io.StringIO()
            try:
                with contextlib.redirect_stdout(text): code = check_keras_file.main(arguments)
            except BaseException as problem:
                code = repr(problem)
            if code != 0: print(arguments[-1], code, " | ".join(text.getvalue().split("\n")[1:]), sep="\t")
        """;

    /// <summary>Why files cannot be checked here; null where they can be.</summary>
    public static string? WhyAbsent { get; } = SharedFolder.Find("tools") is null ? SharedFolder.WhyAbsent("tools") : Python.WhyNoH5py;

    /// <summary>What is wrong with files, a line each.</summary>
    /// <param name="folder">Where there is room for notes.</param>
    /// <param name="files">The files; beside one of weights alone lies the <c>.keras</c> with the network.</param>
    public static IReadOnlyList<string> Problems(string folder, IEnumerable<string> files)
    {
        string list = Path.Combine(folder, "files.txt");
        File.WriteAllLines(list, files.Select(file => string.Join('\t', Arguments(file))));
        string output = Python.Run(folder, Script, Path.Combine(SharedFolder.Find("tools")!, "check-keras-file"), list);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Arguments(string file)
    {
        if (!file.EndsWith(".weights.h5", StringComparison.Ordinal)) return [file];
        string json = file + ".json";
        using ZipArchive zip = ZipFile.OpenRead(file[..^".weights.h5".Length] + ".keras");
        using Stream config = zip.GetEntry("config.json")!.Open();
        using FileStream copy = File.Create(json);
        config.CopyTo(copy);
        return ["--architecture", json, file];
    }
}

/// <summary>A test that Keras's rules judge; skipped where their checker is absent.</summary>
internal sealed class KerasRulesFactAttribute : FactAttribute
{
    public KerasRulesFactAttribute() => Skip = KerasRules.WhyAbsent;
}
