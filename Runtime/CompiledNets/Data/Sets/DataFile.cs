using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace CompiledNets.Data;

/// <summary>
/// Files from the net, kept in a folder: each is downloaded once, as <c>keras.utils.get_file</c> does. A download that was broken off goes
/// on where it stopped; what has not the right checksum is deleted.
/// </summary>
public static class DataFile
{
    private const string PartEnding = ".part";

    /// <summary>
    /// Where files are kept where nothing else is said: the folder that the variable <c>COMPILEDNETS_CACHE</c> names, or
    /// <c>.compilednets/datasets</c> in the user's own.
    /// </summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable("COMPILEDNETS_CACHE") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".compilednets", "datasets");

    /// <summary>The path of a file: one that is there with the right checksum, or else downloaded.</summary>
    /// <param name="name">What the file is called in the folder.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="hash">Its SHA256 (64 digits) or MD5 (32), in hexadecimal; null for a file that is not checked.</param>
    /// <param name="folder">The folder, which is made where it is not there; null for <see cref="DefaultFolder"/>.</param>
    /// <param name="verbose">Whether progress is printed.</param>
    /// <param name="cancellation">Breaks the download off; the next one goes on there.</param>
    /// <exception cref="InvalidDataException">What came has another checksum; it is not kept.</exception>
    /// <exception cref="HttpRequestException">The file cannot be had.</exception>
    /// <exception cref="IOException">The connection broke, or the file cannot be written; the next call goes on there.</exception>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    public static string Get(
        string name, Uri origin, string? hash = null, string? folder = null, Verbose verbose = Verbose.Bar,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(origin);
        if (name.AsSpan().ContainsAny('/', '\\') || name is "." or "..")
            throw new ArgumentException($"Expected the name of a file without a folder. Received: '{name}'", nameof(name));
        if (hash is not null && (hash.Length is not (32 or 64) || !hash.All(char.IsAsciiHexDigit)))
            throw new ArgumentException($"Expected 32 or 64 hexadecimal digits. Received: '{hash}'", nameof(hash));
        string path = Path.Combine(Directory.CreateDirectory(folder ?? DefaultFolder).FullName, name), part = path + PartEnding;
        if (File.Exists(path))
        {
            if (hash is null || HashOf(path, hash.Length).Equals(hash, StringComparison.OrdinalIgnoreCase)) return path;
            File.Delete(path);
        }

        bool goesOn = Download(part, origin, verbose, cancellation);
        string? found = hash is null ? null : HashOf(part, hash.Length);
        if (goesOn && found is not null && !found.Equals(hash, StringComparison.OrdinalIgnoreCase))
        {
            // The part from before may be of another file.
            File.Delete(part);
            Download(part, origin, verbose, cancellation);
            found = HashOf(part, hash!.Length);
        }

        if (found is not null && !found.Equals(hash, StringComparison.OrdinalIgnoreCase))
        {
            File.Delete(part);
            throw new InvalidDataException(
                $"{origin}: expected a file with the checksum {hash}. What came has {found}, and was not kept as '{path}'.");
        }

        File.Move(part, path, overwrite: true);
        return path;
    }

    // True where a part from before was gone on with.
    private static bool Download(string part, Uri origin, Verbose verbose, CancellationToken cancellation)
    {
        using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
        long before = File.Exists(part) ? new FileInfo(part).Length : 0;
        HttpResponseMessage response = Request(client, origin, before, cancellation);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // All of it is there already, or it is of another file: the checksum tells.
            bool isWhole = response.Content.Headers.ContentRange?.Length == before;
            response.Dispose();
            if (isWhole) return true;
            before = 0;
            response = Request(client, origin, before, cancellation);
        }

        using (response)
        {
            response.EnsureSuccessStatusCode();
            if (response.StatusCode != HttpStatusCode.PartialContent) before = 0;
            using FileStream file = new(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            file.SetLength(before);
            file.Position = before;
            long? rest = response.Content.Headers.ContentLength;
            using Stream stream = response.Content.ReadAsStream(cancellation);
            Copy(stream, file, origin, rest is null ? null : before + rest, verbose, cancellation);
        }

        return before > 0;
    }

    private static HttpResponseMessage Request(HttpClient client, Uri origin, long from, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, origin);
        if (from > 0) request.Headers.Range = new RangeHeaderValue(from, null);
        return client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private static void Copy(
        Stream stream, FileStream file, Uri origin, long? total, Verbose verbose, CancellationToken cancellation)
    {
        if (verbose != Verbose.Silent) Console.Out.WriteLine($"Downloading data from {origin}");
        ProgressBar? bar = verbose == Verbose.Bar && total is > 0 and <= int.MaxValue
            ? new(Console.Out, Verbose.Bar, (int)total) : null;
        byte[] buffer = new byte[1 << 17];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            file.Write(buffer, 0, count);
            bar?.Update((int)file.Position, []);
        }

        if (total is not null && file.Position < total)
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture,
                $"{origin}: the connection ended after {file.Position} of {total} bytes. The next download goes on there."));
        bar?.Finish([]);
    }

    private static string HashOf(string path, int digits)
    {
        using FileStream file = File.OpenRead(path);
#pragma warning disable CA5351 // MD5 is what the makers of some data sets give, against accidents.
        return Convert.ToHexStringLower(digits == 64 ? SHA256.HashData(file) : MD5.HashData(file));
#pragma warning restore CA5351
    }
}
