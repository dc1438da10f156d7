using System.Numerics.Tensors;
using CompiledNets.Files;

namespace CompiledNets.Data;

/// <summary>
/// MNIST: 60,000 handwritten digits to train on and 10,000 to test with, 28 x 28 pixels (Yann LeCun, Corinna Cortes and Christopher Burges;
/// CC BY-SA 3.0).
/// </summary>
public static class Mnist
{
    private const string FileName = "mnist.npz";
    private const int Classes = 10;

    private static readonly Uri Origin = new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz");

    /// <summary>Reads the set.</summary>
    /// <param name="folder">
    /// A folder with the four IDX files, compressed or not, or with Keras's mnist.npz. Null for the one that is downloaded, once, to
    /// <see cref="DataFile.DefaultFolder"/>.
    /// </param>
    /// <param name="verbose">Whether a download prints its progress.</param>
    /// <returns>Images of shape (samples, 28, 28), numbers from 0 to 255; classes of shape (samples), from 0 to 9.</returns>
    /// <exception cref="IOException">The files are not in the folder, or cannot be had.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, cut off or another one.</exception>
    public static (Dataset Train, Dataset Test) LoadData(string? folder = null, Verbose verbose = Verbose.Bar)
    {
        if (folder is null)
        {
            return ReadNpz(DataFile.Get(
                FileName, Origin, "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1", verbose: verbose));
        }

        ImageSetFiles.CheckFolder(folder);
        string?[] files = Array.ConvertAll(ImageSetFiles.IdxNames, name => ImageSetFiles.Find(folder, name));
        if (files is [string images, string labels, string testImages, string testLabels])
            return (ImageSetFiles.Read(images, labels, Classes), ImageSetFiles.Read(testImages, testLabels, Classes));
        string npz = Path.Combine(folder, FileName);
        if (File.Exists(npz)) return ReadNpz(npz);
        string missing = ImageSetFiles.IdxNames[Array.IndexOf(files, null)];
        throw ImageSetFiles.NotIn(folder, $"{FileName}, or the IDX files of MNIST ('{missing}' or '{missing}.gz' is missing),");
    }

    private static (Dataset Train, Dataset Test) ReadNpz(string path)
    {
        IReadOnlyDictionary<string, Tensor<float>> arrays = NpzFile.Read(path);
        foreach (string name in (ReadOnlySpan<string>)["x_train", "y_train", "x_test", "y_test"])
        {
            if (arrays.ContainsKey(name)) continue;
            throw new InvalidDataException($"{path}: expected the arrays x_train, y_train, x_test and y_test. There is no {name}.");
        }

        return (ImageSetFiles.Pair(path, arrays["x_train"], path, arrays["y_train"], Classes),
            ImageSetFiles.Pair(path, arrays["x_test"], path, arrays["y_test"], Classes));
    }
}
