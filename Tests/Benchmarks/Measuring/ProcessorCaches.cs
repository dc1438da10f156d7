namespace CompiledNets.Benchmarks.Measuring;

/// <summary>The caches of the first core, as Linux tells them.</summary>
internal static class ProcessorCaches
{
    private const string Folder = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>Those that hold data: <c>L1d 32K, L2 512K, L3 32768K (cores 0-1)</c>.</summary>
    public static string Describe()
    {
        if (!Directory.Exists(Folder)) return "caches unknown";
        IEnumerable<string> folders = Directory.GetDirectories(Folder, "index*").Order(StringComparer.Ordinal);
        string[] caches = [.. folders.Where(cache => Read(cache, "type") != "Instruction").Select(Describe)];
        return caches.Length == 0 ? "caches unknown" : string.Join(", ", caches);
    }

    private static string Describe(string cache)
    {
        string cores = Read(cache, "shared_cpu_list"), kind = Read(cache, "type") == "Data" ? "d" : "";
        bool isShared = cores.AsSpan().ContainsAny(',', '-');
        return $"L{Read(cache, "level")}{kind} {Read(cache, "size")}{(isShared ? $" (cores {cores})" : "")}";
    }

    private static string Read(string cache, string file)
    {
        string path = Path.Combine(cache, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : "?";
    }
}
