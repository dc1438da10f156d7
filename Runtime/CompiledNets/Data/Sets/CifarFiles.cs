using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>CIFAR's files: pickles of Python or binary ones, in a folder or in the archive that they come in.</summary>
/// <param name="Set">The set in messages: <c>CIFAR-10</c>.</param>
/// <param name="Archive">The start of the archives' names: <c>cifar-10</c>.</param>
/// <param name="Folder">The start of the folders' names: <c>cifar-10-batches</c>, before <c>-py</c> and <c>-bin</c>.</param>
/// <param name="TrainFiles">The pickles with samples to train on; binary ones are called so with <c>.bin</c>.</param>
/// <param name="TestFiles">Those with samples to test with.</param>
/// <param name="LabelKey">Where a pickle has its classes.</param>
/// <param name="LabelBytes">How many bytes of classes stand before a binary image.</param>
/// <param name="LabelByte">Which of them is meant.</param>
/// <param name="Classes">How many classes there are.</param>
internal sealed record CifarFiles(
    string Set, string Archive, string Folder, string[] TrainFiles, string[] TestFiles, string LabelKey, int LabelBytes, int LabelByte,
    int Classes)
{
    private const int Side = 32, Plane = Side * Side, ImageBytes = 3 * Plane;

    /// <summary>Reads the set from a folder.</summary>
    /// <exception cref="IOException">It has no such files.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, cut off or another one.</exception>
    public (Dataset Train, Dataset Test) ReadFolder(string folder)
    {
        ImageSetFiles.CheckFolder(folder);
        string[] names = [.. TrainFiles, .. TestFiles];
        foreach (string part in (ReadOnlySpan<string>)["", Folder + "-py", Folder + "-bin", Folder + "-python", Folder + "-binary"])
        {
            string[] paths = Array.ConvertAll(names, name => Path.Combine(folder, part, name));
            if (Array.TrueForAll(paths, File.Exists))
                return Read(name => File.ReadAllBytes(Path.Combine(folder, part, name)), folder, isBinary: false);
            if (Array.TrueForAll(paths, path => File.Exists(path + ".bin")))
                return Read(name => File.ReadAllBytes(Path.Combine(folder, part, name + ".bin")), folder, isBinary: true);
        }

        foreach (string kind in (ReadOnlySpan<string>)["python", "binary"])
        {
            string archive = Path.Combine(folder, $"{Archive}-{kind}.tar.gz");
            if (File.Exists(archive)) return ReadArchive(archive, isBinary: kind == "binary");
        }

        throw ImageSetFiles.NotIn(folder, $"{Archive}-python.tar.gz, {Archive}-binary.tar.gz or what is in them ('{names[0]}', ...)");
    }

    /// <summary>Reads the set from an archive.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut off or another one.</exception>
    public (Dataset Train, Dataset Test) ReadArchive(string path, bool isBinary)
    {
        string[] names = [.. TrainFiles.Concat(TestFiles).Select(name => isBinary ? name + ".bin" : name)];
        Dictionary<string, byte[]> members = TarMembers.Read(path, names);
        return Read(
            name => members.TryGetValue(isBinary ? name + ".bin" : name, out byte[]? bytes) ? bytes
                : throw new InvalidDataException($"{path}: expected the files of {Set}. There is no '{name}'."), path, isBinary);
    }

    private (Dataset Train, Dataset Test) Read(Func<string, byte[]> bytes, string source, bool isBinary) =>
        (Read(TrainFiles, bytes, source, isBinary), Read(TestFiles, bytes, source, isBinary));

    private Dataset Read(string[] names, Func<string, byte[]> bytes, string source, bool isBinary)
    {
        List<(byte[] Bytes, int[] Labels, int First, int Step)> parts = [];
        foreach (string name in names)
        {
            try
            {
                parts.Add(isBinary ? Binary(bytes(name)) : Pickled(bytes(name)));
            }
            catch (InvalidDataException exception)
            {
                throw new InvalidDataException($"{source}: '{name}' is no file of {Set}. {exception.Message}", exception);
            }
        }

        int count = parts.Sum(part => part.Labels.Length), at = 0;
        float[] images = IndexEncoding.Rows(count, ImageBytes), labels = new float[count];
        foreach ((byte[] planes, int[] classes, int first, int step) in parts)
        {
            for (int i = 0; i < classes.Length; i++, at++)
            {
                ReadOnlySpan<byte> image = planes.AsSpan(first + (i * step), ImageBytes);
                labels[at] = classes[i];
                for (int pixel = 0; pixel < Plane; pixel++)
                    for (int colour = 0; colour < 3; colour++)
                        images[(at * ImageBytes) + (pixel * 3) + colour] = image[(colour * Plane) + pixel];
            }
        }

        Tensor<float> x = Tensor.Create(images, [count, Side, Side, 3]), y = Tensor.Create(labels, [count, 1]);
        return ImageSetFiles.Pair(source, x, source, y, Classes);
    }

    private (byte[] Bytes, int[] Labels, int First, int Step) Binary(byte[] bytes)
    {
        int step = LabelBytes + ImageBytes;
        if (bytes.Length == 0 || bytes.Length % step != 0)
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"Expected images of {step} bytes with their classes. Received: {bytes.Length} bytes."));
        int[] labels = new int[bytes.Length / step];
        for (int i = 0; i < labels.Length; i++) labels[i] = bytes[(i * step) + LabelByte];
        return (bytes, labels, LabelBytes, step);
    }

    private (byte[] Bytes, int[] Labels, int First, int Step) Pickled(byte[] bytes)
    {
        if (PickleReader.Read(bytes) is not Dictionary<object, object?> dictionary)
            throw new InvalidDataException("Expected a dictionary.");
        Dictionary<string, object?> entries = [];
        foreach ((object key, object? value) in dictionary) entries[PickleReader.Key(key)] = value;
        if (entries.GetValueOrDefault("data") is not PickledArray data || !entries.TryGetValue(LabelKey, out object? labels))
            throw new InvalidDataException($"Expected 'data' and '{LabelKey}'. Received: {string.Join(", ", entries.Keys)}.");
        int[] classes = PickledArray.WholeNumbers(labels);
        byte[] planes = data.Bytes();
        if (planes.Length != (long)classes.Length * ImageBytes)
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Expected {ImageBytes} bytes for each of {classes.Length} classes. Received: {planes.Length}."));
        return (planes, classes, 0, ImageBytes);
    }
}
