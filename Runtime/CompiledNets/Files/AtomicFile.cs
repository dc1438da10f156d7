namespace CompiledNets.Files;

/// <summary>
/// Files that are there as a whole or not at all: a new one is written beside the old one, and takes its place when it is complete. A
/// process that ends in the middle leaves the old file as it was, and of two that write at once the later one wins.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where it goes; its folder must be there.</param>
    /// <param name="write">Writes its contents.</param>
    /// <exception cref="IOException">It cannot be written; an old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target)) throw new UnauthorizedAccessException($"'{path}' is a folder, so no file can be written there.");
        var old = new FileInfo(target);
        if (old.LinkTarget is not null && old.ResolveLinkTarget(returnFinalTarget: true) is { } real) target = real.FullName;
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}' for '{path}'.");
        old = new(target);
        if (old is { Exists: true, IsReadOnly: true }) throw new UnauthorizedAccessException($"'{path}' is read-only.");

        // A name of this length is within the limits of every file system, whatever the length of the target's.
        string beside = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                if (old.Exists && !OperatingSystem.IsWindows()) File.SetUnixFileMode(beside, old.UnixFileMode);
                write(stream);

                // On the disk before it takes the place of the old one, which a loss of power would else leave empty.
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, target, overwrite: true);
        }
        catch
        {
            TryDelete(beside);
            throw;
        }
    }

    // What went wrong before is what the caller is told.
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
