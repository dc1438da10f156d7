using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Images.Tests;

public sealed class ImageDatasetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("images").FullName;

    public ImageDatasetTests()
    {
        // Ten images: image i has the grey 20 i and belongs to class i % 3, in a folder of whatever case.
        string[] classes = ["Zebra", "ant", "bee"];
        for (int i = 0; i < 10; i++)
            ImageFiles.Write(Path.Combine(folder, classes[i % 3]), $"{i}.{(i == 3 ? "PNG" : "png")}", 4 + i, 6, (byte)(20 * i));
        File.WriteAllText(Path.Combine(folder, "ant", "notes.txt"), "no image");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Classes_are_folders_in_order()
    {
        ImageDataset images = ImageDataset.FromDirectory(folder, shuffle: false, imageSize: (3, 3), batchSize: 4);
        Assert.Equal(["Zebra", "ant", "bee"], images.ClassNames);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 2, 2, 2], images.Labels);
        Assert.Equal(
            ["0", "3", "6", "9", "1", "4", "7", "2", "5", "8"], images.FilePaths.Select(path => Path.GetFileNameWithoutExtension(path)));
        Dataset[] batches = [.. images.Batches()];
        Assert.Equal(["(4, 3, 3, 3) -> (4,)", "(4, 3, 3, 3) -> (4,)", "(2, 3, 3, 3) -> (2,)"], batches.Select(batch => batch.ToString()));
        Assert.Equal(3, images.BatchCount);
        Assert.Equal([0f, 60, 120, 180], Greys(batches[0]));
        Assert.Equal([100f, 160], Greys(batches[2]));
        Assert.Equal(
            [0, 0, 0, 1, 1, 1, 2, 2, 2, 2], ImageDataset.FromDirectory(folder, classNames: ["bee", "ant", "Zebra"], shuffle: false).Labels);
    }

    [Fact]
    public void Labels_come_as_they_are_wanted()
    {
        ImageDataset grey = ImageDataset.FromDirectory(folder, LabelMode.Categorical, colorMode: ColorMode.Grayscale, imageSize: (2, 2));
        Assert.Equal("(10, 2, 2, 1) -> (10, 3)", grey.Load().ToString());
        Directory.Delete(Path.Combine(folder, "bee"), recursive: true);
        Dataset two = ImageDataset.FromDirectory(folder, LabelMode.Binary, imageSize: (2, 2), shuffle: false).Load();
        Assert.Equal("(7, 2, 2, 3) -> (7, 1)", two.ToString());
        Assert.Equal([0f, 0, 0, 0, 1, 1, 1], two.Targets.ToArray());
    }

    [Fact]
    public void More_images_than_an_array_holds_are_named()
    {
        ImageDataset images = ImageDataset.FromDirectory(folder, imageSize: (8500, 8500));
        string message = Assert.Throws<InvalidOperationException>(images.Load).Message;
        Assert.Equal(
            "10 images of (8500, 8500, 3) take 8670000000 bytes, more than an array holds. Take batches of at most 9 of them.", message);
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => images.Batches().First()).Message);
    }

    [Fact]
    public void Epochs_have_orders_of_their_own_that_the_seed_tells()
    {
        float[][] orders = [.. Enumerable.Range(0, 3).Select(epoch => Order(seed: 42, epoch))];
        Assert.All(orders, order => Assert.Equal(Order(7, 0).Order(), order.Order()));
        Assert.NotEqual(orders[0], orders[1]);
        Assert.NotEqual(orders[1], orders[2]);
        Assert.Equal(orders[2], Order(42, 2));
        // RandomState(42).permutation(10) of the sorted files, as Keras has it.
        int[] sorted = [0, 3, 6, 9, 1, 4, 7, 2, 5, 8];
        Assert.Equal(((int[])[8, 1, 5, 0, 7, 2, 9, 4, 3, 6]).Select(place => 20f * sorted[place]), orders[0]);

        float[] Order(int seed, int epoch) =>
            [.. ImageDataset.FromDirectory(folder, imageSize: (3, 3), batchSize: 3, seed: seed).Batches(epoch).SelectMany(Greys)];
    }

    [Fact]
    public void The_last_of_Keras_s_order_validate()
    {
        (ImageDataset train, ImageDataset validation) = ImageDataset.SplitFromDirectory(folder, 0.35, seed: 42, imageSize: (3, 3));
        Assert.Equal((7, 3), (train.Count, validation.Count));
        Assert.Equal(
            ImageDataset.FromDirectory(folder, seed: 42).FilePaths, train.FilePaths.Concat(validation.FilePaths));
        Assert.Equal(Greys(validation.Batches(0).Single()), Greys(validation.Batches(1).Single()));
    }

    [Fact]
    public void Images_are_cut_or_framed_to_keep_their_shape()
    {
        Dataset cut = ImageDataset.FromDirectory(folder, shuffle: false, imageSize: (4, 8), cropToAspectRatio: true).Load();
        Dataset framed = ImageDataset.FromDirectory(folder, shuffle: false, imageSize: (4, 8), padToAspectRatio: true).Load();
        Assert.Equal(cut.ToString(), framed.ToString());
        Assert.NotEqual(0, cut.Row(1)[^1]);
        Assert.Equal(0, framed.Row(1)[^1]);
    }

    [Fact]
    public void A_file_that_is_no_image_is_named()
    {
        string path = Path.Combine(folder, "bee", "wrong.jpg");
        File.WriteAllText(path, "no image");
        ImageDataset images = ImageDataset.FromDirectory(folder, imageSize: (3, 3));
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => images.Load()).Message, StringComparison.Ordinal);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => images.Batches().Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<DirectoryNotFoundException>(() => ImageDataset.FromDirectory(folder + "x"));
        Refused("has none", () => ImageDataset.FromDirectory(Path.Combine(folder, "ant")));
        Refused("has 3", () => ImageDataset.FromDirectory(folder, LabelMode.Binary));
        Assert.Throws<ArgumentException>(() => ImageDataset.FromDirectory(folder, classNames: ["ant", "bee"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageDataset.FromDirectory(folder, batchSize: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageDataset.FromDirectory(folder, imageSize: (0, 3)));
        Assert.Throws<ArgumentException>(() => ImageDataset.FromDirectory(folder, interpolation: "linear"));
        Assert.Throws<ArgumentException>(() => ImageDataset.SplitFromDirectory(folder, 0.01));
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        Refused("empty", () => ImageDataset.FromDirectory(folder));
    }

    [Fact]
    public void Reading_ends_when_nobody_wants_more()
    {
        ImageDataset images = ImageDataset.FromDirectory(folder, imageSize: (3, 3), batchSize: 1);
        Assert.Equal(2, images.Batches().Take(2).Count());
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (Dataset _ in images.Batches(cancellation: source.Token)) source.Cancel();
        });
    }

    private static void Refused(string words, Action action) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    // What all pixels but the first have, image by image.
    private static float[] Greys(Dataset batch) => [.. Enumerable.Range(0, batch.Count).Select(image => batch.Row(image)[^1])];
}
