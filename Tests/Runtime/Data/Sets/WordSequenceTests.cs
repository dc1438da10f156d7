using System.IO.Compression;
using System.Text;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class WordSequenceTests
{
    // Ten sequences, of which number i is i + 1 and i times 9, with its class.
    private static readonly int[][] Ten = [.. Enumerable.Range(0, 10).Select(i => (int[])[i + 1, .. Enumerable.Repeat(9, i)])];
    private static readonly int[] Order42 = [8, 1, 5, 0, 7, 2, 9, 4, 3, 6];

    [Fact]
    public void Reviews_come_in_the_order_of_Keras()
    {
        using TemporaryFolder folder = new();
        folder.Write("imdb.npz", Npz(("x_train", Ten), ("x_test", Ten)));
        (int[][] x, int[] y) = Imdb.LoadData(folder.FullPath, seed: 42, numWords: 1000).Train;
        Assert.Equal(Order42, y);
        Assert.Equal([1, 5, 12], x[1][..3]);
        Assert.Equal(10, x[0].Length);
        (x, y) = Imdb.LoadData(folder.FullPath, numWords: 10, maxlen: 4, seed: 42, startChar: null, oovChar: null, indexFrom: 1).Train;
        Assert.Equal(Order42.Where(i => i < 3), y);
        // Words of numbers from 10 on are left out.
        Assert.All(x.Zip(y), pair => Assert.Equal([pair.Second + 2], pair.First));
        // As in Keras, the largest number of all is left out too where no limit is given.
        Assert.Equal([1, 2, 12], Imdb.LoadData(folder.FullPath, seed: 42).Train.X[6][..3]);
    }

    [Fact]
    public void News_are_divided_as_Keras_divides_them()
    {
        using TemporaryFolder folder = new();
        folder.Write("reuters.npz", Npz(("x", Ten)));
        ((int[][] X, int[] Y) train, (int[][] X, int[] Y) test) = Reuters.LoadData(folder.FullPath, seed: 42, testSplit: 0.3);
        Assert.Equal(Order42[..7], train.Y);
        Assert.Equal(Order42[7..], test.Y);
        Assert.Equal(46, Reuters.LabelNames.Count);
    }

    [Fact]
    public void Numbers_of_words_are_read()
    {
        using TemporaryFolder folder = new();
        folder.Write("imdb_word_index.json", """{"the": 1, "é": 2}"""u8.ToArray());
        Assert.Equal(2, Imdb.GetWordIndex(folder.FullPath)["é"]);
        folder.Write("reuters_word_index.json", """{"the": "x"}"""u8.ToArray());
        Assert.Throws<InvalidDataException>(() => Reuters.GetWordIndex(folder.FullPath));
    }

    [Fact]
    public void Files_that_are_wrong_are_named()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<FileNotFoundException>(() => Imdb.LoadData(folder.FullPath));
        folder.Write("imdb.npz", [1, 2, 3]);
        Assert.Contains(
            "imdb.npz", Assert.Throws<InvalidDataException>(() => Imdb.LoadData(folder.FullPath)).Message, StringComparison.Ordinal);
        folder.Write("imdb.npz", Npz(("x", Ten)));
        Assert.Contains(
            "There is no array 'x_train'.", Assert.Throws<InvalidDataException>(() => Imdb.LoadData(folder.FullPath)).Message,
            StringComparison.Ordinal);
        folder.Write("reuters.npz", Npz(("x", Ten)));
        Assert.Throws<ArgumentException>(() => Reuters.LoadData(folder.FullPath, maxlen: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reuters.LoadData(folder.FullPath, testSplit: 2));
    }

    // Each array of sequences with one of classes, 0, 1, 2, ..., beside it.
    private static byte[] Npz(params (string Name, int[][] Sequences)[] arrays)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, int[][] sequences) in arrays)
            {
                Write(zip, name, "|O", sequences.Length, Pickles.Framed(Pickles.Lists(sequences)));
                byte[] labels = [.. Enumerable.Range(0, sequences.Length).SelectMany(i => BitConverter.GetBytes((long)i))];
                Write(zip, name.Replace('x', 'y'), "<i8", sequences.Length, labels);
            }
        }

        return file.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string type, int count, byte[] data)
    {
        using Stream stream = zip.CreateEntry(name + ".npy").Open();
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({count},), }}\n");
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. header, .. data]);
    }
}
