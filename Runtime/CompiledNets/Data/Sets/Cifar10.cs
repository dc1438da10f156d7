namespace CompiledNets.Data;

/// <summary>
/// CIFAR-10: 50,000 colour images of ten kinds of things to train on and 10,000 to test with, 32 x 32 pixels (Alex Krizhevsky, "Learning
/// Multiple Layers of Features from Tiny Images", 2009).
/// </summary>
public static class Cifar10
{
    private static readonly CifarFiles Files = new(
        "CIFAR-10", "cifar-10", "cifar-10-batches", [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}")], ["test_batch"],
        "labels", LabelBytes: 1, LabelByte: 0, Classes: 10);

    /// <summary>What the classes are.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads the set.</summary>
    /// <param name="folder">
    /// A folder with the archive <c>cifar-10-python.tar.gz</c> or <c>cifar-10-binary.tar.gz</c>, or with what is in it. Null for the first,
    /// downloaded, once, to <see cref="DataFile.DefaultFolder"/>.
    /// </param>
    /// <param name="verbose">Whether a download prints its progress.</param>
    /// <returns>Images of shape (samples, 32, 32, 3), numbers from 0 to 255; classes of shape (samples, 1), from 0 to 9.</returns>
    /// <exception cref="IOException">The files are not in the folder, or cannot be had.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, cut off or another one.</exception>
    public static (Dataset Train, Dataset Test) LoadData(string? folder = null, Verbose verbose = Verbose.Bar) => folder is not null
        ? Files.ReadFolder(folder)
        : Files.ReadArchive(
            DataFile.Get(
                "cifar-10-python.tar.gz", new("https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"),
                "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce", verbose: verbose), isBinary: false);
}
