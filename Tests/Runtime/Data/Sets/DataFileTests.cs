using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

/// <summary>Downloads from a server of the test's own.</summary>
public sealed class DataFileTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 / 3))];
    private static readonly string Hash = Convert.ToHexString(SHA256.HashData(Bytes));

    [Fact]
    public void A_file_is_downloaded_once()
    {
        using TemporaryFolder folder = new();
        using Server server = new(Bytes);
        string path = DataFile.Get("a.bin", server.Uri, Hash, folder.FullPath, Verbose.Silent);
        Assert.Equal(Bytes, File.ReadAllBytes(path));
        Assert.Equal(path, DataFile.Get("a.bin", server.Uri, Hash.ToLowerInvariant(), folder.FullPath, Verbose.Silent));
        Assert.Equal(["0"], server.Starts);
        Assert.Equal([path], Directory.GetFiles(folder.FullPath));
    }

    [Fact]
    public void A_file_that_was_damaged_since_is_downloaded_again()
    {
        using TemporaryFolder folder = new();
        using Server server = new(Bytes);
        folder.Write("a.bin", Bytes[..1000]);
        string path = DataFile.Get("a.bin", server.Uri, Convert.ToHexString(MD5.HashData(Bytes)), folder.FullPath, Verbose.Silent);
        Assert.Equal(Bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_download_goes_on_where_it_was_broken_off()
    {
        using TemporaryFolder folder = new();
        using Server server = new(Bytes) { BreaksAfter = 100_000 };
        Assert.ThrowsAny<IOException>(() => DataFile.Get("a.bin", server.Uri, Hash, folder.FullPath, Verbose.Silent));
        byte[] part = File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.FullPath)));
        Assert.InRange(part.Length, 1, 100_000);
        Assert.Equal(Bytes[..part.Length], part);
        server.BreaksAfter = int.MaxValue;
        Assert.Equal(Bytes, File.ReadAllBytes(DataFile.Get("a.bin", server.Uri, Hash, folder.FullPath, Verbose.Silent)));
        Assert.Equal(["0", $"{part.Length}"], server.Starts);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(300_000)]
    [InlineData(400_000)]
    public void A_part_of_another_file_does_no_harm(int length)
    {
        using TemporaryFolder folder = new();
        using Server server = new(Bytes);
        folder.Write("a.bin.part", new byte[length]);
        Assert.Equal(Bytes, File.ReadAllBytes(DataFile.Get("a.bin", server.Uri, Hash, folder.FullPath, Verbose.Silent)));
    }

    [Fact]
    public void A_part_that_is_whole_is_taken()
    {
        using TemporaryFolder folder = new();
        using Server server = new(Bytes);
        folder.Write("a.bin.part", Bytes);
        Assert.Equal(Bytes, File.ReadAllBytes(DataFile.Get("a.bin", server.Uri, Hash, folder.FullPath, Verbose.Silent)));
        Assert.Equal(["300000"], server.Starts);
    }

    [Fact]
    public void A_wrong_file_is_named_and_not_kept()
    {
        using TemporaryFolder folder = new();
        using Server server = new([1, 2, 3]);
        string message = Assert.Throws<InvalidDataException>(
            () => DataFile.Get("a.bin", server.Uri, Hash, folder.FullPath, Verbose.Silent)).Message;
        Assert.Contains(Hash, message, StringComparison.Ordinal);
        Assert.Contains(server.Uri.ToString(), message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.FullPath));
    }

    [Fact]
    public void What_cannot_be_had_is_an_error()
    {
        using TemporaryFolder folder = new();
        using Server server = new(null);
        Assert.Throws<HttpRequestException>(() => DataFile.Get("a.bin", server.Uri, folder: folder.FullPath, verbose: Verbose.Silent));
        Assert.Empty(Directory.GetFiles(folder.FullPath));
        Assert.Throws<ArgumentException>(() => DataFile.Get("a/b", server.Uri, folder: folder.FullPath));
        Assert.Throws<ArgumentException>(() => DataFile.Get("a", server.Uri, "123", folder.FullPath));
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => DataFile.Get("a", server.Uri, folder: folder.FullPath, verbose: Verbose.Silent, cancellation: source.Token));
    }

    private sealed class Server : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly byte[]? bytes;

        public Server(byte[]? bytes)
        {
            this.bytes = bytes;
            using (TcpListener free = new(IPAddress.Loopback, 0))
            {
                free.Start();
                Uri = new($"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/");
            }

            listener.Prefixes.Add(Uri.ToString());
            listener.Start();
            _ = Task.Run(Serve);
        }

        public Uri Uri { get; }

        public int BreaksAfter { get; set; } = int.MaxValue;

        /// <summary>From where each request wanted the file.</summary>
        public List<string> Starts { get; } = [];

        public void Dispose() => listener.Close();

        private void Serve()
        {
            try
            {
                while (true) Answer(listener.GetContext());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over.
            }
        }

        private void Answer(HttpListenerContext context)
        {
            string? range = context.Request.Headers["Range"];
            int start = range is null ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'), null);
            Starts.Add($"{start}");
            HttpListenerResponse response = context.Response;
            if (bytes is null)
            {
                response.StatusCode = 404;
            }
            else if (start > 0 && start >= bytes.Length)
            {
                response.StatusCode = 416;
                response.Headers["Content-Range"] = $"bytes */{bytes.Length}";
            }
            else
            {
                response.StatusCode = start > 0 ? 206 : 200;
                response.ContentLength64 = bytes.Length - start;
                if (BreaksAfter < bytes.Length)
                {
                    response.OutputStream.Write(bytes, start, BreaksAfter);
                    response.OutputStream.Flush();
                    Thread.Sleep(200);
                    response.Abort();
                    return;
                }

                response.OutputStream.Write(bytes, start, bytes.Length - start);
            }

            response.Close();
        }
    }
}
