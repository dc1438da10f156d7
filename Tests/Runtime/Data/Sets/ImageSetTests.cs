using System.Formats.Tar;
using System.IO.Compression;
using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Files;
using CompiledNets.Harness;

namespace CompiledNets.Tests.Data;

public sealed class ImageSetTests
{
    private static readonly byte[] Images =
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(250, 12).Select(i => (byte)i)];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 5, 9];

    [SharedFact("data")]
    public void The_whole_of_MNIST_is_read()
    {
        (Dataset train, Dataset test) = Mnist.LoadData(Path.Combine(SharedFolder.Find("data")!, "mnist"));
        Assert.Equal("(60000, 28, 28) -> (60000,)", train.ToString());
        Assert.Equal("(10000, 28, 28) -> (10000,)", test.ToString());
        Assert.Equal([5f, 0, 4, 1, 9], TensorRows.Numbers(train.Targets)[..5]);
        Assert.Equal(255, TensorPrimitives.Max(train.Row(0)));
    }

    [Theory]
    [InlineData(false, "-idx")]
    [InlineData(true, "-idx")]
    [InlineData(true, ".idx")]
    public void Idx_files_are_read_compressed_or_not(bool isZipped, string dash)
    {
        using TemporaryFolder folder = new();
        foreach (string name in ImageSetFiles.IdxNames)
        {
            byte[] bytes = name.Contains("images", StringComparison.Ordinal) ? Images : Labels;
            folder.Write(name.Replace("-idx", dash, StringComparison.Ordinal) + (isZipped ? ".gz" : ""), isZipped ? Zipped(bytes) : bytes);
        }

        (Dataset train, Dataset test) = Mnist.LoadData(folder.FullPath);
        Assert.Equal("(2, 2, 3) -> (2,)", train.ToString());
        Assert.Equal([0f, 1, 2, 3, 4, 5], test.Row(1).ToArray());
        Assert.Equal([5f, 9], TensorRows.Numbers(FashionMnist.LoadData(folder.FullPath).Train.Targets));
    }

    [Fact]
    public void Numbers_of_all_types_are_read()
    {
        using TemporaryFolder folder = new();
        Assert.Equal([-1f, 2], TensorRows.Numbers(Read(0x09, 0xff, 2)));
        Assert.Equal([-1f, 258], TensorRows.Numbers(Read(0x0B, 0xff, 0xff, 1, 2)));
        Assert.Equal([-1f, 258], TensorRows.Numbers(Read(0x0C, 0xff, 0xff, 0xff, 0xff, 0, 0, 1, 2)));
        Assert.Equal([1f, -2], TensorRows.Numbers(Read(0x0D, 0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0)));
        Assert.Equal([1f, -2], TensorRows.Numbers(Read(0x0E, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0)));

        Tensor<float> Read(byte type, params byte[] numbers) =>
            IdxFile.Read(folder.Write("numbers", [0, 0, type, 1, 0, 0, 0, 2, .. numbers]));
    }

    [Fact]
    public void Files_that_are_wrong_are_named()
    {
        using TemporaryFolder folder = new();
        string images = folder.Write("train-images-idx3-ubyte", Images), labels = folder.Write("train-labels-idx1-ubyte", Labels);
        Expect<FileNotFoundException>(
            "'t10k-images-idx3-ubyte' or 't10k-images-idx3-ubyte.gz' is missing", () => Mnist.LoadData(folder.FullPath));
        Expect<FileNotFoundException>("t10k-images-idx3-ubyte", () => FashionMnist.LoadData(folder.FullPath));
        Expect<DirectoryNotFoundException>("There is no folder", () => Mnist.LoadData(folder.FullPath + "x"));
        folder.Write("t10k-images-idx3-ubyte", Images[..^1]);
        folder.Write("t10k-labels-idx1-ubyte", Labels);
        Expect<InvalidDataException>("t10k-images-idx3-ubyte: The file is cut off.", () => Mnist.LoadData(folder.FullPath));
        folder.Write("t10k-images-idx3-ubyte", Zipped(Images)[..^20]);
        Expect<InvalidDataException>("t10k-images-idx3-ubyte", () => Mnist.LoadData(folder.FullPath));
        folder.Write("t10k-images-idx3-ubyte", [.. Images, 1]);
        Expect<InvalidDataException>("The file goes on.", () => Mnist.LoadData(folder.FullPath));
        folder.Write("t10k-images-idx3-ubyte", "<html></html>"u8.ToArray());
        Expect<InvalidDataException>(
            "Expected an IDX file. Received: one that starts with 3c68746d.", () => Mnist.LoadData(folder.FullPath));
        folder.Write("t10k-images-idx3-ubyte", [0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 28, 0, 0, 0, 28]);
        Expect<InvalidDataException>("as an array holds", () => Mnist.LoadData(folder.FullPath));
        folder.Write("t10k-images-idx3-ubyte", Images);
        folder.Write("t10k-labels-idx1-ubyte", [.. Labels[..^1], 10]);
        Expect<InvalidDataException>("expected classes from 0 to 9. Received: 10", () => Mnist.LoadData(folder.FullPath));
        folder.Write("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 5]);
        Expect<InvalidDataException>("expected a class for each of 2 images", () => Mnist.LoadData(folder.FullPath));
        Assert.True(File.Exists(images) && File.Exists(labels));
    }

    [Fact]
    public void Keras_s_file_is_read()
    {
        using TemporaryFolder folder = new();
        Tensor<float> x = Tensor.Create(new float[12], [2, 2, 3]), y = Tensor.Create([3f, 4], [2]);
        string path = Path.Combine(folder.FullPath, "mnist.npz");
        NpzFile.Write(path, new Dictionary<string, Tensor<float>> { ["x_train"] = x, ["y_train"] = y, ["x_test"] = x, ["y_test"] = y });
        Assert.Equal([3f, 4], TensorRows.Numbers(Mnist.LoadData(folder.FullPath).Test.Targets));
        NpzFile.Write(path, new Dictionary<string, Tensor<float>> { ["x_train"] = x });
        Expect<InvalidDataException>("There is no y_train.", () => Mnist.LoadData(folder.FullPath));
    }

    [Theory]
    [InlineData("cifar-10-batches-py", false)]
    [InlineData("", false)]
    [InlineData("cifar-10-batches-bin", true)]
    [InlineData("cifar-10-python.tar.gz", false)]
    [InlineData("cifar-10-binary.tar.gz", true)]
    public void Cifar_is_read_in_all_its_forms(string place, bool isBinary)
    {
        using TemporaryFolder folder = new();
        string[] names = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
        var files = names.Select((name, i) => (Name: isBinary ? name + ".bin" : name, Bytes: isBinary
            ? (byte[])[(byte)i, .. Planes(i), 9, .. Planes(100)]
            : Pickles.Dictionary(("data", Pickles.Bytes([.. Planes(i), .. Planes(100)], 2, 3072)), ("labels", Pickles.Numbers([i, 9])))));
        if (place.EndsWith(".gz", StringComparison.Ordinal))
            folder.Write(place, Archive("cifar-10-batches/", files));
        else
            foreach ((string name, byte[] bytes) in files) folder.Write(Path.Combine(place, name), bytes);

        (Dataset train, Dataset test) = Cifar10.LoadData(folder.FullPath);
        Assert.Equal("(10, 32, 32, 3) -> (10, 1)", train.ToString());
        Assert.Equal([0f, 9, 1, 9, 2, 9, 3, 9, 4, 9], TensorRows.Numbers(train.Targets));
        // Colours lie side by side: red, green and blue of the first pixels of image 4, which is number 2 of its kind.
        Assert.Equal([2f, 12, 22, 3, 12, 22], train.Row(4)[..6].ToArray());
        Assert.Equal([5f, 9], TensorRows.Numbers(test.Targets));
    }

    [Fact]
    public void Cifar_100_has_two_kinds_of_classes()
    {
        using TemporaryFolder folder = new();
        byte[] pickle = Pickles.Dictionary(
            ("data", Pickles.Bytes(Planes(1), 1, 3072)), ("fine_labels", Pickles.Numbers([77])), ("coarse_labels", Pickles.Numbers([19])));
        folder.Write("cifar-100-python/train", pickle);
        folder.Write("cifar-100-python/test", pickle);
        Assert.Equal([77f], TensorRows.Numbers(Cifar100.LoadData(folder: folder.FullPath).Train.Targets));
        Assert.Equal([19f], TensorRows.Numbers(Cifar100.LoadData(CifarLabels.Coarse, folder.FullPath).Test.Targets));
        using TemporaryFolder binary = new();
        binary.Write("train.bin", [19, 77, .. Planes(1)]);
        binary.Write("test.bin", [19, 77, .. Planes(1)]);
        Assert.Equal([77f], TensorRows.Numbers(Cifar100.LoadData(folder: binary.FullPath).Train.Targets));
        Assert.Equal([19f], TensorRows.Numbers(Cifar100.LoadData(CifarLabels.Coarse, binary.FullPath).Train.Targets));
    }

    [Fact]
    public void Files_that_are_not_Cifar_are_named()
    {
        using TemporaryFolder folder = new();
        Expect<FileNotFoundException>("cifar-10-python.tar.gz", () => Cifar10.LoadData(folder.FullPath));
        folder.Write("cifar-10-python.tar.gz", [1, 2, 3]);
        Expect<InvalidDataException>("expected a .tar.gz archive", () => Cifar10.LoadData(folder.FullPath));
        folder.Write("cifar-10-python.tar.gz", Archive("", [("data_batch_1", [1])]));
        Expect<InvalidDataException>("'data_batch_1' is no file of CIFAR-10", () => Cifar10.LoadData(folder.FullPath));
        folder.Write("cifar-10-python.tar.gz", Archive("", [("readme.html", [1])]));
        Expect<InvalidDataException>("There is no 'data_batch_1'", () => Cifar10.LoadData(folder.FullPath));
        folder.Write("train.bin", new byte[3075]);
        folder.Write("test.bin", new byte[3074]);
        Expect<InvalidDataException>("Expected images of 3074 bytes", () => Cifar100.LoadData(folder: folder.FullPath));
    }

    private static byte[] Planes(int first)
    {
        byte[] planes = new byte[3072];
        for (int i = 0; i < planes.Length; i++) planes[i] = (byte)(i == 1 ? first + 1 : first + (10 * (i / 1024)));
        return planes;
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Optimal)) gzip.Write(bytes);
        return zipped.ToArray();
    }

    private static byte[] Archive(string folder, IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using MemoryStream archive = new();
        using (TarWriter tar = new(archive, leaveOpen: true))
            foreach ((string name, byte[] bytes) in files)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, folder + name) { DataStream = new MemoryStream(bytes) });
        return Zipped(archive.ToArray());
    }

    private static void Expect<T>(string message, Func<object> code) where T : Exception =>
        Assert.Contains(message, Assert.Throws<T>(code).Message, StringComparison.Ordinal);
}
