using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using CompiledNets.Harness;
using CompiledNets.Keras.Files;
using CompiledNets.Keras.Hdf5;
using PureHDF;
using OtherFile = PureHDF.H5File;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>
/// What is written is HDF5 to readers that others wrote, PureHDF and h5py: every group, every data set with its shape and its bits, and
/// the attributes.
/// </summary>
public sealed class OtherReadersTests
{
    private const string Networks = """
        using CompiledNets;
        [Network, Input(6, 5), LSTM(7, ReturnSequences = true), BatchNormalization, TimeDistributed, Dense(3), Flatten, Dense(2)]
        public sealed partial class Recurrent;

        [Network, Input(7, 6, 2), Conv2D(5, 3), SpectralNormalization, Conv2D(4, 2), MaxPooling2D, Flatten, Normalization, Dense(1)]
        public sealed partial class Image;
        """;

    // Each data set as a line: its path, its shape and its bits as the file has them, in little endian.
    private const string Script = """
        import sys, h5py, numpy as np
        def tell(name, node):
            if isinstance(node, h5py.Dataset):
                value = np.asarray(node[()])
                kind = "i8" if value.dtype.kind == "i" else "f4"
                print("/" + name, ",".join(map(str, node.shape)), value.astype("<" + kind).tobytes().hex().upper())
            for key in node.attrs:
                value = node.attrs[key]
                if isinstance(value, np.ndarray): value = "|".join(v.decode() if isinstance(v, bytes) else str(v) for v in value)
                print("@", "/" + name, key, len(value.decode() if isinstance(value, bytes) else value))
        with h5py.File(sys.argv[1], "r") as f:
            tell("", f)
            f.visititems(tell)
        """;

    [Fact]
    public void PureHDF_reads_every_data_set_with_its_bits()
    {
        foreach ((string name, byte[] bytes) in Write())
        {
            using PureHDF.VOL.Native.NativeFile file = OtherFile.Open(new MemoryStream(bytes));
            string[] ours = [.. OursOf(Hdf5.H5File.Open(new MemoryStream(bytes)).Root, "").Order(StringComparer.Ordinal)];
            string[] theirs = [.. TheirsOf(file, "").Order(StringComparer.Ordinal)];
            Assert.True(ours.Length > 4, name);
            Assert.Equal(ours, theirs);
        }
    }

    [H5pyFact]
    public void H5py_reads_every_data_set_with_its_bits()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("compilednets");
        try
        {
            foreach ((string name, byte[] bytes) in Write())
            {
                string path = Path.Combine(folder.FullName, name);
                File.WriteAllBytes(path, bytes);
                string[] lines = Python.Run(folder.FullName, Script, path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                H5Node root = Hdf5.H5File.Open(new MemoryStream(bytes)).Root;
                Assert.Equal(OursOf(root, "").Order(StringComparer.Ordinal),
                    lines.Where(line => line[0] == '/').Order(StringComparer.Ordinal));
                Assert.All(lines.Where(line => line[0] == '@'), line => Assert.Equal(LengthOf(root, line), line));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The HDF5 of each form.
    private static IEnumerable<(string Name, byte[] Bytes)> Write()
    {
        using CompiledNetworks networks = CompiledNetworks.Compile(Networks);
        foreach (string name in (string[])["Recurrent", "Image"])
        {
            Model model = SavedTraining.Compiled(networks, name, new Adam(0.003));
            SavedTraining.Train(model, epochs: 1);
            using MemoryStream whole = new(), weights = new(), zipped = new();
            KerasWriter.WriteHdf5(model, whole);
            KerasWriter.WriteWeights(model, weights);
            KerasWriter.WriteZip(model, zipped);
            zipped.Position = 0;
            using ZipArchive zip = new(zipped);
            using MemoryStream member = new();
            using (Stream stream = zip.GetEntry("model.weights.h5")!.Open()) stream.CopyTo(member);
            yield return ($"{name}.h5", whole.ToArray());
            yield return ($"{name}.weights.h5", weights.ToArray());
            yield return ($"{name}.keras.h5", member.ToArray());
        }
    }

    private static IEnumerable<string> OursOf(H5Node node, string path)
    {
        if (!node.IsData) return node.Children.SelectMany(child => OursOf(child.Value, $"{path}/{child.Key}"));
        int[] shape = node.Shape();
        float[] values = new float[shape.Aggregate(1, (size, axis) => size * axis)];
        node.CopyTo(values);
        // Counters are the only whole numbers.
        return [Line(path, shape, IsCounter(path) ? BitConverter.GetBytes((long)values[0]) : Bytes(values))];
    }

    private static IEnumerable<string> TheirsOf(IH5Group group, string path) => group.Children().SelectMany(child => child switch
    {
        IH5Group inner => TheirsOf(inner, $"{path}/{inner.Name}"),
        IH5Dataset data => [LineOf(data, $"{path}/{data.Name}")],
        _ => throw new InvalidDataException($"{path}/{child.Name} is neither a group nor a data set."),
    });

    private static string LineOf(IH5Dataset data, string path)
    {
        int[] shape = [.. data.Space.Dimensions.Select(axis => (int)axis)];
        if (data.Type.Class == H5DataTypeClass.FixedPoint) return Line(path, shape, BitConverter.GetBytes(data.Read<long>()));
        Assert.Equal(H5DataTypeClass.FloatingPoint, data.Type.Class);
        return Line(path, shape, Bytes(shape.Length == 0 ? [data.Read<float>()] : data.Read<float[]>()));
    }

    private static bool IsCounter(string path) => path.EndsWith("optimizer/vars/0", StringComparison.Ordinal)
        || path.EndsWith("/normalization/vars/2", StringComparison.Ordinal) || path.EndsWith("/count", StringComparison.Ordinal);

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static string Line(string path, IEnumerable<int> shape, byte[] bytes) =>
        $"{path} {string.Join(',', shape.Select(axis => axis.ToString(CultureInfo.InvariantCulture)))} {Convert.ToHexString(bytes)}";

    // The same line with the length of the attribute here.
    private static string LengthOf(H5Node root, string line)
    {
        string[] parts = line.Split(' ');
        H5Node node = parts[1] == "/" ? root : root.Find(parts[1][1..])!;
        int length = node.Texts(parts[2]) is { } texts ? string.Join('|', texts).Length : node.Text(parts[2])!.Length;
        return string.Create(CultureInfo.InvariantCulture, $"@ {parts[1]} {parts[2]} {length}");
    }
}
