using System.Globalization;
using CompiledNets.Data;

namespace CompiledNets.Images;

/// <summary>How the images of a folder are read; <see cref="ImageDataset"/> has what each means.</summary>
internal sealed record ImageOptions(
    LabelMode LabelMode, ColorMode ColorMode, int BatchSize, (int Height, int Width) ImageSize, bool Shuffle, int Seed,
    string Interpolation,
    bool CropToAspectRatio, bool PadToAspectRatio)
{
    /// <summary>Numbers an image.</summary>
    public int ImageNumbers => checked(ImageSize.Height * ImageSize.Width * ImageFile.Channels(ColorMode));

    /// <summary>Refuses what is out of its range before any image is read.</summary>
    public void Check()
    {
        if (!Enum.IsDefined(LabelMode))
            throw new ArgumentOutOfRangeException("labelMode", $"Expected Int, Categorical or Binary. Received: labelMode={LabelMode}");
        if (BatchSize < 1)
            throw new ArgumentOutOfRangeException("batchSize", string.Create(
                CultureInfo.InvariantCulture, $"Expected at least 1. Received: batchSize={BatchSize}"));
        if (Seed < 0)
            throw new ArgumentOutOfRangeException(
                "seed", string.Create(CultureInfo.InvariantCulture, $"Expected a seed from 0. Received: seed={Seed}"));

        // Size, interpolation and aspect are checked where they are used: a pixel tells.
        ImageResizing.Resize(
            new float[1, 1, 1], ImageSize.Height, ImageSize.Width, Interpolation, cropToAspectRatio: CropToAspectRatio,
            padToAspectRatio: PadToAspectRatio);
    }

    /// <summary>The order of an epoch's files.</summary>
    public int[] Order(int count, int epoch) => !Shuffle || epoch == 0
        ? [.. Enumerable.Range(0, count)]
        : new NumPyRandom(unchecked((uint)Seed + ((uint)epoch * 2654435761))).Order(count);
}
