namespace CompiledNets.Data;

/// <summary>
/// Fashion-MNIST: 60,000 pieces of clothing to train on and 10,000 to test with, 28 x 28 pixels (Zalando SE; MIT licence).
/// </summary>
public static class FashionMnist
{
    private const int Classes = 10;

    private static readonly Uri Origin = new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/");

    // MD5 as the maker gives them (github.com/zalandoresearch/fashion-mnist).
    private static readonly string[] Hashes =
    [
        "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe", "bef4ecab320f06d8554ea6380940ec79",
        "bb300cfdad3c16e7a12a480ee83cd310",
    ];

    /// <summary>What the classes are.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Reads the set.</summary>
    /// <param name="folder">
    /// A folder with the four IDX files, compressed or not. Null for those that are downloaded, once, to <c>fashion-mnist</c> in
    /// <see cref="DataFile.DefaultFolder"/>.
    /// </param>
    /// <param name="verbose">Whether a download prints its progress.</param>
    /// <returns>Images of shape (samples, 28, 28), numbers from 0 to 255; classes of shape (samples), from 0 to 9.</returns>
    /// <exception cref="IOException">The files are not in the folder, or cannot be had.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, cut off or another one.</exception>
    public static (Dataset Train, Dataset Test) LoadData(string? folder = null, Verbose verbose = Verbose.Bar)
    {
        string[] files = new string[ImageSetFiles.IdxNames.Length];
        if (folder is not null) ImageSetFiles.CheckFolder(folder);
        for (int i = 0; i < files.Length; i++)
        {
            string name = ImageSetFiles.IdxNames[i], zipped = name + ".gz";
            files[i] = folder is null
                ? DataFile.Get(zipped, new Uri(Origin, zipped), Hashes[i], Path.Combine(DataFile.DefaultFolder, "fashion-mnist"), verbose)
                : ImageSetFiles.Find(folder, name)
                    ?? throw ImageSetFiles.NotIn(folder, $"the IDX files of Fashion-MNIST ('{name}' or '{zipped}' is missing)");
        }

        return (ImageSetFiles.Read(files[0], files[1], Classes), ImageSetFiles.Read(files[2], files[3], Classes));
    }
}
