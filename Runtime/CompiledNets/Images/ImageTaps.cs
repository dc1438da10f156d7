namespace CompiledNets.Images;

/// <summary>
/// The up to four pixels around a place of an image with their weights, and what is left for the number beside the image. The compiler and
/// the runtime share this file.
/// </summary>
internal readonly struct ImageTaps
{
    private readonly int left, top, width, height;
    private readonly float across, down;

    /// <summary>Those around a place.</summary>
    /// <param name="x">Its column, a whole number in the middle of a pixel.</param>
    /// <param name="y">Its row.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isNearest">Whether the nearest pixel has all the weight.</param>
    public ImageTaps(double x, double y, int width, int height, bool isNearest)
    {
        if (isNearest) (x, y) = (Math.Round(x, MidpointRounding.AwayFromZero), Math.Round(y, MidpointRounding.AwayFromZero));
        // Far outside, where numbers of pixels would not be whole ones any more, is as good as outside.
        x = Math.Min(Math.Max(x, -2), width + 1);
        y = Math.Min(Math.Max(y, -2), height + 1);
        (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        (across, down) = ((float)(x - left), (float)(y - top));
        (this.width, this.height) = (width, height);
    }

    /// <summary>The weight of what lies beside the image.</summary>
    public float Outside => Inside ? 0 : 1 - Weight(0) - Weight(1) - Weight(2) - Weight(3);

    private bool Inside => left >= 0 && top >= 0 && left + (across > 0 ? 1 : 0) < width && top + (down > 0 ? 1 : 0) < height;

    /// <summary>The weight of a pixel, from 0 to 3; 0 where it lies beside the image.</summary>
    public float Weight(int tap)
    {
        int x = left + (tap & 1), y = top + (tap >> 1);
        if (x < 0 || y < 0 || x >= width || y >= height) return 0;
        return ((tap & 1) == 0 ? 1 - across : across) * ((tap >> 1) == 0 ? 1 - down : down);
    }

    /// <summary>The number of a pixel that has a weight.</summary>
    public int Pixel(int tap) => ((top + (tap >> 1)) * width) + left + (tap & 1);
}
