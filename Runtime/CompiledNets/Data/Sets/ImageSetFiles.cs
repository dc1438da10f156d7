using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Sets of small images with their classes, in IDX files: MNIST and what comes in its form.</summary>
internal static class ImageSetFiles
{
    /// <summary>The names of the four files, those to train on first, without <c>.gz</c>.</summary>
    public static readonly string[] IdxNames =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>
    /// The path of an IDX file in a folder, compressed or not, with a dash or a point in its name; null where there is none.
    /// </summary>
    public static string? Find(string folder, string name)
    {
        string withPoint = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] names = [name, name + ".gz", withPoint, withPoint + ".gz"];
        return Array.Find(Array.ConvertAll(names, one => Path.Combine(folder, one)), File.Exists);
    }

    /// <summary>Reads images and their classes.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or they do not fit together.</exception>
    public static Dataset Read(string images, string labels, int classes) =>
        Pair(images, IdxFile.Read(images), labels, IdxFile.Read(labels), classes);

    /// <summary>Pairs images and their classes.</summary>
    /// <exception cref="InvalidDataException">They do not fit together.</exception>
    public static Dataset Pair(string imagesName, Tensor<float> images, string labelsName, Tensor<float> labels, int classes)
    {
        if (images.Rank < 3)
            throw new InvalidDataException(
                $"{imagesName}: expected images of shape (samples, height, width). Received: {new Samples(images)}");
        if (labels.Rank == 0 || labels.FlattenedLength != images.Lengths[0] || labels.Lengths[0] != images.Lengths[0])
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{labelsName}: expected a class for each of {images.Lengths[0]} images. Received: labels of shape {new Samples(labels)}"));
        foreach (float label in labels)
        {
            if (label >= 0 && label < classes && float.IsInteger(label)) continue;
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{labelsName}: expected classes from 0 to {classes - 1}. Received: {label}"));
        }

        return new(images, labels);
    }

    /// <summary>What is thrown for a folder without the files.</summary>
    public static FileNotFoundException NotIn(string folder, string expected) =>
        new($"Expected {expected} in '{Path.GetFullPath(folder)}'. Received: a folder without.");

    /// <summary>Refuses a folder that is not there.</summary>
    public static void CheckFolder(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
    }
}
