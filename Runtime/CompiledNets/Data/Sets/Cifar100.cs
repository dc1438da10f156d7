namespace CompiledNets.Data;

/// <summary>
/// CIFAR-100: 50,000 colour images of a hundred kinds of things in twenty groups to train on and 10,000 to test with, 32 x 32 pixels (Alex
/// Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009).
/// </summary>
public static class Cifar100
{
    /// <summary>Reads the set.</summary>
    /// <param name="labelMode">Whether classes are the hundred kinds or the twenty groups.</param>
    /// <param name="folder">
    /// A folder with the archive <c>cifar-100-python.tar.gz</c> or <c>cifar-100-binary.tar.gz</c>, or with what is in it. Null for the
    /// first, downloaded, once, to <see cref="DataFile.DefaultFolder"/>.
    /// </param>
    /// <param name="verbose">Whether a download prints its progress.</param>
    /// <returns>Images of shape (samples, 32, 32, 3), numbers from 0 to 255; classes of shape (samples, 1).</returns>
    /// <exception cref="IOException">The files are not in the folder, or cannot be had.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, cut off or another one.</exception>
    public static (Dataset Train, Dataset Test) LoadData(
        CifarLabels labelMode = CifarLabels.Fine, string? folder = null, Verbose verbose = Verbose.Bar)
    {
        bool isFine = labelMode == CifarLabels.Fine;
        if (!isFine && labelMode != CifarLabels.Coarse)
            throw new ArgumentOutOfRangeException(nameof(labelMode), $"Expected Fine or Coarse. Received: labelMode={labelMode}");

        // A binary image has its group first.
        CifarFiles files = new(
            "CIFAR-100", "cifar-100", "cifar-100", ["train"], ["test"], isFine ? "fine_labels" : "coarse_labels", LabelBytes: 2,
            LabelByte: isFine ? 1 : 0, Classes: isFine ? 100 : 20);
        return folder is not null
            ? files.ReadFolder(folder)
            : files.ReadArchive(
                DataFile.Get(
                    "cifar-100-python.tar.gz", new("https://www.cs.toronto.edu/~kriz/cifar-100-python.tar.gz"),
                    "85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7", verbose: verbose), isBinary: false);
    }
}

/// <summary>Which classes of CIFAR-100 are meant.</summary>
public enum CifarLabels
{
    /// <summary>The hundred kinds: maple, oak, ...</summary>
    Fine,

    /// <summary>The twenty groups: trees, flowers, ...</summary>
    Coarse,
}
