using System.Diagnostics;
using System.IO.Compression;
using CompiledNets.Harness;
using CompiledNets.Keras.Files;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>Damaged files end in a clear error, within bounded time and memory.</summary>
public sealed class DamagedFileTests
{
    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Goldens", "files");

    [Fact]
    public void Any_change_is_read_or_refused_in_bounded_time_and_memory()
    {
        byte[][] files =
            [.. Directory.EnumerateFiles(Folder, "*.h5").Concat(Directory.EnumerateFiles(Folder, "*.keras")).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes).Where(bytes => bytes.Length < 100_000)];
        Assert.NotEmpty(files);
        object turn = new();
        (long Milliseconds, string What) slowest = (0, "");
        List<string> problems = [];
        Parallel.For(0, 8, worker =>
        {
            Random random = new(worker);
            for (int i = 0; i < 12_500; i++)
            {
                byte[] bytes = [.. files[random.Next(files.Length)]];
                int changes = random.Next(1, 6);
                for (int k = 0; k < changes; k++) Change(ref bytes, random);
                long start = Stopwatch.GetTimestamp(), before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    using var file = KerasFile.Open(new MemoryStream(bytes));
                    file.ReadEverything();
                }
                catch (Exception exception) when (exception is InvalidDataException or KerasUnsupportedException)
                {
                }
                catch (Exception exception)
                {
                    lock (turn) problems.Add($"worker {worker}, change {i}: {exception}");
                }

                long took = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds,
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                lock (turn)
                {
                    if (took > slowest.Milliseconds) slowest = (took, $"worker {worker}, change {i}");
                    if (allocated > 200_000_000) problems.Add($"worker {worker}, change {i}: {allocated} bytes");
                }
            }
        });
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(5)));
        Assert.True(slowest.Milliseconds < 20_000, $"{slowest.What}: {slowest.Milliseconds} ms");
    }

    [Fact]
    public void Any_cut_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(Folder, "save_example.h5")),
            zipped = File.ReadAllBytes(Path.Combine(Folder, "save_example.keras"));
        for (int length = 0; length < whole.Length; length += 101)
            Assert.Throws<InvalidDataException>(() => KerasFile.Open(new MemoryStream(whole[..length])));
        for (int length = 0; length < zipped.Length; length += 101)
            Assert.Throws<InvalidDataException>(() => KerasFile.Open(new MemoryStream(zipped[..length])));
    }

    [Fact]
    public void A_zip_bomb_and_a_path_that_leads_away_are_refused()
    {
        MemoryStream bomb = new();
        using (ZipArchive zip = new(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream member = zip.CreateEntry("model.weights.h5", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 300; i++) member.Write(zeros);
        }

        bomb.Position = 0;
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => KerasFile.Open(bomb));
        Assert.Contains("model.weights.h5", refused.Message, StringComparison.Ordinal);
        MemoryStream away = new();
        using (ZipArchive zip = new(away, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("../model.weights.h5");
        away.Position = 0;
        refused = Assert.Throws<InvalidDataException>(() => KerasFile.Open(away));
        Assert.Contains("no member 'model.weights.h5'", refused.Message, StringComparison.Ordinal);
    }

    private static void Change(ref byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.AsSpan(at, Math.Min(random.Next(1, 16), bytes.Length - at)).Fill((byte)(random.Next(2) * 255));
                break;
            case 3:
                // An address or a length of elsewhere in the file.
                at = at / 8 * 8;
                if (at + 8 <= bytes.Length) BitConverter.TryWriteBytes(bytes.AsSpan(at), (long)random.Next(bytes.Length));
                break;
            case 4:
                if (bytes.Length > 100) bytes = bytes[..random.Next(100, bytes.Length)];
                break;
            default:
                int from = random.Next(bytes.Length), length = Math.Min(random.Next(1, 64), bytes.Length - Math.Max(at, from));
                bytes.AsSpan(from, length).ToArray().CopyTo(bytes, at);
                break;
        }
    }
}
