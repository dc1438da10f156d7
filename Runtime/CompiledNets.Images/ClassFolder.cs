using System.Globalization;
using CompiledNets.Data;

namespace CompiledNets.Images;

/// <summary>The files of a folder with a folder a class, in Keras's order.</summary>
/// <param name="ClassNames">The classes; the place of each is its number.</param>
/// <param name="Paths">The files.</param>
/// <param name="Labels">The class of each.</param>
internal sealed record ClassFolder(string[] ClassNames, string[] Paths, int[] Labels)
{
    private static readonly string[] Endings = [".bmp", ".gif", ".jpeg", ".jpg", ".png"];

    /// <summary>Finds the files: classes in the order of their names, and in each of them the files by folder and name.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="classNames">The classes in another order; null for all, sorted.</param>
    /// <exception cref="IOException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">There are no classes, one has no images, or those that are named are others.</exception>
    public static ClassFolder Find(string directory, IReadOnlyList<string>? classNames)
    {
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"There is no folder '{directory}'.");
        string[] found = [.. Directory.GetDirectories(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        if (found.Length == 0)
            throw new ArgumentException($"Expected a folder with a folder for each class. '{directory}' has none.", nameof(directory));
        if (classNames is not null && !classNames.Order(StringComparer.Ordinal).SequenceEqual(found))
            throw new ArgumentException(
                $"Expected the folders of '{directory}', {string.Join(", ", found)}. Received: classNames={string.Join(", ", classNames)}",
                nameof(classNames));
        string[] classes = classNames is null ? found : [.. classNames];
        List<string> paths = [];
        List<int> labels = [];
        for (int label = 0; label < classes.Length; label++)
        {
            int before = paths.Count;
            string root = Path.Combine(directory, classes[label]);
            string[] folders =
                [.. Directory.GetDirectories(root, "*", SearchOption.AllDirectories).Prepend(root).Order(StringComparer.Ordinal)];
            foreach (string folder in folders)
                paths.AddRange(Directory.GetFiles(folder).Where(IsImage).Order(StringComparer.Ordinal));
            if (paths.Count == before)
                throw new ArgumentException(
                    $"Expected images ({string.Join(", ", Endings)}) in the folder of each class. '{root}' has none.", nameof(directory));
            labels.AddRange(Enumerable.Repeat(label, paths.Count - before));
        }

        return new(classes, [.. paths], [.. labels]);
    }

    /// <summary>Puts the files into the order that Keras gives them for a seed.</summary>
    public ClassFolder Shuffled(int seed) => Take(new NumPyRandom((uint)seed).Order(Paths.Length));

    /// <summary>All but a share at the end, and that share.</summary>
    /// <exception cref="ArgumentException">One of the parts would be empty.</exception>
    public (ClassFolder Training, ClassFolder Validation) Split(double validationSplit)
    {
        int validation = validationSplit is > 0 and < 1 ? (int)(validationSplit * Paths.Length) : 0;
        if (validation == 0 || validation == Paths.Length)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Expected a share above 0 and below 1 that leaves images in both parts. "
                + $"Received: validationSplit={validationSplit} of {Paths.Length}"),
                nameof(validationSplit));
        int[] all = [.. Enumerable.Range(0, Paths.Length)];
        return (Take(all[..^validation]), Take(all[^validation..]));
    }

    private ClassFolder Take(int[] files) =>
        this with { Paths = Array.ConvertAll(files, file => Paths[file]), Labels = Array.ConvertAll(files, file => Labels[file]) };

    private static bool IsImage(string path) =>
        Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
