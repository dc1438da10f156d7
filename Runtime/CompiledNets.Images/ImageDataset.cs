using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Images;

/// <summary>
/// Images in files with their classes, as Keras's <c>image_dataset_from_directory</c>: read and decoded on other threads while the network
/// trains, so that they need not fit into the memory.
/// </summary>
public sealed class ImageDataset : BatchStream
{
    private readonly ClassFolder folder;
    private readonly ImageOptions options;

    private ImageDataset(ClassFolder folder, ImageOptions options)
    {
        this.folder = folder;
        this.options = options;
    }

    /// <summary>The classes; the place of each is its number.</summary>
    public IReadOnlyList<string> ClassNames => folder.ClassNames;

    /// <summary>The files, in their order before an epoch shuffles them.</summary>
    public IReadOnlyList<string> FilePaths => folder.Paths;

    /// <summary>The class of each file.</summary>
    public IReadOnlyList<int> Labels => folder.Labels;

    /// <summary>How many images there are.</summary>
    public int Count => folder.Paths.Length;

    /// <summary>How many batches an epoch has.</summary>
    public override int BatchCount => ((Count - 1) / options.BatchSize) + 1;

    /// <summary>Finds the images of a folder with a folder a class. No image is read yet.</summary>
    /// <param name="directory">
    /// The folder: classes are its folders, in the order of their names; images are their .jpg, .jpeg, .png, .gif and .bmp.
    /// </param>
    /// <param name="labelMode">How classes are told.</param>
    /// <param name="classNames">The folders in another order, which numbers the classes; null for that of their names.</param>
    /// <param name="colorMode">How many channels images have.</param>
    /// <param name="batchSize">Images a batch, at least 1.</param>
    /// <param name="imageSize">The height and width of images; null for 256 by 256.</param>
    /// <param name="shuffle">Whether each epoch has another order.</param>
    /// <param name="seed">The seed of the orders.</param>
    /// <param name="interpolation">How images are resized: a name of <see cref="Interpolation"/>.</param>
    /// <param name="cropToAspectRatio">Whether the part in the middle that has the new ratio is taken.</param>
    /// <param name="padToAspectRatio">Whether images are framed with black to have the new ratio.</param>
    /// <exception cref="IOException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">A class has no images, or an argument is out of its range.</exception>
    public static ImageDataset FromDirectory(
        string directory, LabelMode labelMode = LabelMode.Int, IReadOnlyList<string>? classNames = null,
        ColorMode colorMode = ColorMode.Rgb, int batchSize = 32, (int Height, int Width)? imageSize = null, bool shuffle = true,
        int seed = 0, string interpolation = Interpolation.Bilinear, bool cropToAspectRatio = false, bool padToAspectRatio = false)
    {
        ClassFolder folder = Find(directory, classNames, labelMode);
        ImageOptions options = new(
            labelMode, colorMode, batchSize, imageSize ?? (256, 256), shuffle, seed, interpolation, cropToAspectRatio, padToAspectRatio);
        options.Check();
        return new(shuffle ? folder.Shuffled(seed) : folder, options);
    }

    /// <summary>
    /// Finds the images of a folder with a folder a class, and divides them into those to train on and those to validate with: the last of
    /// the order that Keras gives them for the same seed, so that both have the same images as in Keras.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="validationSplit">The share to validate with, above 0 and below 1.</param>
    /// <param name="labelMode">How classes are told.</param>
    /// <param name="classNames">The folders in another order, which numbers the classes; null for that of their names.</param>
    /// <param name="colorMode">How many channels images have.</param>
    /// <param name="batchSize">Images a batch, at least 1.</param>
    /// <param name="imageSize">The height and width of images; null for 256 by 256.</param>
    /// <param name="shuffle">
    /// Whether images are in another order before they are divided, and in another one each epoch of training.
    /// </param>
    /// <param name="seed">The seed of the orders.</param>
    /// <param name="interpolation">How images are resized: a name of <see cref="Interpolation"/>.</param>
    /// <param name="cropToAspectRatio">Whether the part in the middle that has the new ratio is taken.</param>
    /// <param name="padToAspectRatio">Whether images are framed with black to have the new ratio.</param>
    /// <exception cref="IOException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">A class has no images, or an argument is out of its range.</exception>
    public static (ImageDataset Training, ImageDataset Validation) SplitFromDirectory(
        string directory, double validationSplit, LabelMode labelMode = LabelMode.Int, IReadOnlyList<string>? classNames = null,
        ColorMode colorMode = ColorMode.Rgb, int batchSize = 32, (int Height, int Width)? imageSize = null, bool shuffle = true,
        int seed = 0, string interpolation = Interpolation.Bilinear, bool cropToAspectRatio = false, bool padToAspectRatio = false)
    {
        ClassFolder folder = Find(directory, classNames, labelMode);
        ImageOptions options = new(
            labelMode, colorMode, batchSize, imageSize ?? (256, 256), shuffle, seed, interpolation, cropToAspectRatio, padToAspectRatio);
        options.Check();
        (ClassFolder training, ClassFolder validation) = (shuffle ? folder.Shuffled(seed) : folder).Split(validationSplit);
        return (new(training, options), new(validation, options with { Shuffle = false }));
    }

    /// <summary>The batches of an epoch, in order; while one is used, other threads read and decode the next ones.</summary>
    /// <param name="epoch">The epoch, from 0; each has an order of its own where images are shuffled.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Batches of shape (samples, height, width, channels) with their classes.</returns>
    /// <exception cref="InvalidDataException">A file is no image, damaged or cut off; the message names it.</exception>
    /// <exception cref="InvalidOperationException">A batch has more numbers than an array holds.</exception>
    public override IEnumerable<Dataset> Batches(int epoch = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        int[] order = options.Order(Count, epoch);
        return ReadAhead.Run(BatchCount, batch => Read(order, batch), cancellation);
    }

    /// <summary>All images at once, in the order of <see cref="FilePaths"/>, for a folder that fits into the memory.</summary>
    /// <exception cref="InvalidDataException">A file is no image, damaged or cut off; the message names it.</exception>
    /// <exception cref="InvalidOperationException">They have more numbers than an array holds.</exception>
    public Dataset Load()
    {
        int[] files = [.. Enumerable.Range(0, Count)];
        float[] pixels = Room(Count);
        int done = 0;
        foreach (Tensor<float> image in ReadAhead.Run(Count, file => ReadImage(files[file]), CancellationToken.None))
            image.FlattenTo(pixels.AsSpan(done++ * options.ImageNumbers, options.ImageNumbers));
        return Pair(pixels, files);
    }

    private static ClassFolder Find(string directory, IReadOnlyList<string>? classNames, LabelMode labelMode)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ClassFolder folder = ClassFolder.Find(directory, classNames);
        if (labelMode != LabelMode.Binary || folder.ClassNames.Length == 2) return folder;
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"Expected two classes for labelMode Binary. '{directory}' has {folder.ClassNames.Length}."),
            nameof(labelMode));
    }

    private Dataset Read(int[] order, int batch)
    {
        int first = batch * options.BatchSize;
        int[] files = order[first..Math.Min(first + options.BatchSize, order.Length)];
        float[] pixels = Room(files.Length);
        for (int i = 0; i < files.Length; i++)
            ReadImage(files[i]).FlattenTo(pixels.AsSpan(i * options.ImageNumbers, options.ImageNumbers));
        return Pair(pixels, files);
    }

    private float[] Room(int images)
    {
        long numbers = (long)images * options.ImageNumbers;
        if (numbers <= Array.MaxLength) return new float[numbers];
        (int height, int width) = options.ImageSize;
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"{images} images of ({height}, {width}, {ImageFile.Channels(options.ColorMode)}) take {numbers * sizeof(float)} bytes, more " +
            $"than an array holds. Take batches of at most {Array.MaxLength / options.ImageNumbers} of them."));
    }

    private Tensor<float> ReadImage(int file)
    {
        (int height, int width) = options.ImageSize;
        Tensor<float> image = ImageFile.Load(folder.Paths[file], options.ColorMode);
        return ImageResizing.Resize(
            image, height, width, options.Interpolation, cropToAspectRatio: options.CropToAspectRatio,
            padToAspectRatio: options.PadToAspectRatio);
    }

    private Dataset Pair(float[] pixels, int[] files)
    {
        (int height, int width) = options.ImageSize;
        float[] labels = Array.ConvertAll(files, file => (float)folder.Labels[file]);
        Tensor<float> targets = options.LabelMode switch
        {
            LabelMode.Categorical => OneHot.ToCategorical(labels, folder.ClassNames.Length),
            LabelMode.Binary => Tensor.Create(labels, [labels.Length, 1]),
            _ => Tensor.Create(labels, [labels.Length]),
        };
        return new(Tensor.Create(pixels, [files.Length, height, width, ImageFile.Channels(options.ColorMode)]), targets);
    }
}
