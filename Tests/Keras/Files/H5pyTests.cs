using CompiledNets.Keras.Hdf5;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>What h5py writes in all its ways is read.</summary>
public sealed class H5pyTests
{
    private const string Script = """
        import sys, h5py, numpy as np
        for version in ("earliest", "latest"):
            with h5py.File(sys.argv[1] + "/" + version + ".h5", "w", libver=version) as f:
                a = np.arange(60, dtype="f4").reshape(3, 4, 5)
                f.create_dataset("plain", data=a)
                f.create_dataset("chunked", data=a, chunks=(2, 3, 2))
                f.create_dataset("deflated", data=a, chunks=(2, 3, 2), compression="gzip", shuffle=True, fletcher32=True)
                f.create_dataset("single", data=a, chunks=(3, 4, 5), compression="gzip")
                f.create_dataset("large", data=np.arange(100000, dtype="f4"), chunks=(1000,), compression="gzip")
                f.create_dataset("big_endian", data=a.astype(">f4"))
                f.create_dataset("doubles", data=a.astype("f8"))
                f.create_dataset("halves", data=a.astype("f2"))
                f.create_dataset("longs", data=a.astype("i8"))
                f.create_dataset("bytes", data=a.astype("u1"))
                f.create_dataset("bools", data=a > 0)
                f.create_dataset("number", data=np.float32(7))
                f.create_dataset("none", data=np.zeros((0, 3), "f4"))
                f.create_dataset("unwritten", (3, 4, 5), "f4")
                f["plain"].attrs["text"] = "äöü"
                f["plain"].attrs["fixed"] = np.array([b"a", b"bcd"])
                f["plain"].attrs["list"] = ["x", "", "yz"]
                for i in range(60): f["plain"].attrs["attribute %d" % i] = "value %d" % i
                for i in range(300): f.create_group("many/group äöü %d" % i)
        """;

    [H5pyTheory]
    [InlineData("earliest")]
    [InlineData("latest")]
    public void Every_kind_of_data_set_is_read(string version)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("compilednets");
        try
        {
            Python.Run(folder.FullName, Script, folder.FullName);
            using FileStream stream = File.OpenRead(Path.Combine(folder.FullName, version + ".h5"));
            H5Node root = H5File.Open(stream).Root;
            float[] expected = [.. Enumerable.Range(0, 60).Select(i => (float)i)];
            foreach (string name in (string[])["plain", "chunked", "deflated", "single", "big_endian", "doubles", "halves", "longs",
                "bytes"])
            {
                H5Node node = root.Find(name)!;
                Assert.Equal([3, 4, 5], node.Shape());
                float[] numbers = new float[60];
                node.CopyTo(numbers);
                Assert.True(expected.AsSpan().SequenceEqual(numbers), name);
            }

            float[] large = new float[100_000];
            root.Find("large")!.CopyTo(large);
            Assert.Equal(Enumerable.Range(0, 100_000).Select(i => (float)i), large);
            float[] other = new float[60];
            root.Find("bools")!.CopyTo(other);
            Assert.Equal(expected.Select(number => number > 0 ? 1f : 0), other);
            root.Find("unwritten")!.CopyTo(other);
            Assert.All(other, number => Assert.Equal(0, number));
            Assert.Equal(7, root.Find("number")!.Number());
            Assert.Equal([0, 3], root.Find("none")!.Shape());
            H5Node plain = root.Find("plain")!;
            Assert.Equal("äöü", plain.Text("text"));
            Assert.Equal(["a", "bcd"], plain.Texts("fixed")!);
            Assert.Equal(["x", "", "yz"], plain.Texts("list")!);
            for (int i = 0; i < 60; i++) Assert.Equal($"value {i}", plain.Text($"attribute {i}"));
            Assert.Equal(300, root.Find("many")!.Children.Count);
            Assert.Contains("group äöü 299", root.Find("many")!.Children.Keys);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
