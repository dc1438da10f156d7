using System.Buffers.Binary;
using System.Diagnostics;

namespace CompiledNets.Tests;

/// <summary>Damages files in all the ways that disks, networks and people do, and judges what becomes of them.</summary>
internal static class Damage
{
    private const int Workers = 8;
    private const long MostBytes = 200_000_000;
    private const long MostMilliseconds = 20_000;

    // Numbers that lengths, counts and addresses are written as, at the bounds of what they can be.
    private static readonly long[] Huge =
    [
        -1, 0, 1, 255, 0x7FFF, 0xFFFF, int.MaxValue, uint.MaxValue, 1L << 32, (1L << 32) + 8, long.MaxValue, long.MaxValue / 2,
            long.MinValue, 1L << 61, 1L << 62, 0x2000_0000, 0x4000_0001,
    ];

    /// <summary>Damages files so many times, and reads each of them: it is read or refused, in bounded time and memory.</summary>
    /// <param name="files">The files.</param>
    /// <param name="times">How many damaged ones there are.</param>
    /// <param name="open">Makes a reader for one thread; it throws where it refuses bytes.</param>
    /// <param name="refuses">Whether an exception is one that the reader documents.</param>
    /// <returns>What went wrong, a line each.</returns>
    public static IReadOnlyList<string> Judge(
        IReadOnlyList<byte[]> files, int times, Func<Action<byte[]>> open, Func<Exception, bool> refuses)
    {
        Assert.NotEmpty(files);
        object turn = new();
        List<string> problems = [];
        int refused = 0;
        Parallel.For(0, Workers, worker =>
        {
            Random random = new(worker);
            Action<byte[]> read = open();
            for (int i = 0; i < times / Workers; i++)
            {
                byte[] bytes = [.. files[random.Next(files.Count)]];
                for (int k = random.Next(1, 6); k > 0; k--) Change(ref bytes, random);
                long start = Stopwatch.GetTimestamp(), before = GC.GetAllocatedBytesForCurrentThread();
                string? problem = null;
                try
                {
                    read(bytes);
                }
                catch (Exception exception) when (refuses(exception))
                {
                    Interlocked.Increment(ref refused);
                }
                catch (Exception exception)
                {
                    problem = exception.ToString();
                }

                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (allocated > MostBytes) problem ??= $"{allocated} bytes";
                if (took > MostMilliseconds) problem ??= $"{took} ms";
                if (problem is null) continue;
                lock (turn) problems.Add($"worker {worker}, change {i}: {problem}");
            }
        });
        // Else the damage would be none.
        Assert.InRange(refused, times / 20, times);
        return problems;
    }

    private static void Change(ref byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length);
        switch (random.Next(9))
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
                Write(bytes, at / 8 * 8, random.Next(bytes.Length), 8);
                break;
            case 4:
                Write(bytes, at / 4 * 4, Huge[random.Next(Huge.Length)], 1 << random.Next(1, 4));
                break;
            case 5:
                if (bytes.Length > 100) bytes = bytes[..random.Next(100, bytes.Length)];
                break;
            case 6:
                // A digit of a header in text is another one, or many.
                int digit = bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
                if (digit >= 0) bytes[at + digit] = (byte)random.Next('-', ':');
                break;
            case 7:
                int other = random.Next(bytes.Length), size = Math.Min(random.Next(1, 256), bytes.Length - Math.Max(at, other));
                byte[] piece = bytes.AsSpan(at, size).ToArray();
                bytes.AsSpan(other, size).ToArray().CopyTo(bytes, at);
                piece.CopyTo(bytes, other);
                break;
            default:
                ChangeHeaderOfZip(bytes, random);
                break;
        }
    }

    // Local headers, the directory and its end: sizes, offsets, counts, methods.
    private static void ChangeHeaderOfZip(byte[] bytes, Random random)
    {
        List<int> headers = [];
        for (int at = 0; at + 4 <= bytes.Length;)
        {
            int next = bytes.AsSpan(at).IndexOf("PK"u8);
            if (next < 0) break;
            headers.Add(at + next);
            at += next + 2;
        }

        if (headers.Count == 0)
        {
            bytes[random.Next(Math.Min(64, bytes.Length))] = (byte)random.Next(256);
            return;
        }

        int place = headers[random.Next(headers.Count)] + random.Next(4, 46);
        Write(bytes, place, random.Next(2) == 0 ? Huge[random.Next(Huge.Length)] : random.Next(bytes.Length), 1 << random.Next(1, 3));
    }

    private static void Write(byte[] bytes, int at, long number, int size)
    {
        Span<byte> written = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(written, number);
        if (at >= 0 && at + size <= bytes.Length) written[..size].CopyTo(bytes.AsSpan(at));
    }
}
