namespace CompiledNets.Images;

/// <summary>
/// A random change of an image (height, width, channels), as Keras's layers make it (<c>keras/src/layers/preprocessing</c>): where the
/// pixels of the result come from. The compiler and the runtime share this file.
/// </summary>
/// <param name="kind">What it does.</param>
/// <param name="height">Rows of the image.</param>
/// <param name="width">Columns.</param>
/// <param name="channels">Numbers a pixel.</param>
/// <param name="toHeight">Rows of the result.</param>
/// <param name="toWidth">Columns of the result.</param>
/// <param name="a">The least of the first range of factors; 1 where a flip is along rows.</param>
/// <param name="b">The most of it; 1 where a flip is along columns.</param>
/// <param name="c">The least of the second range, or of the numbers of a pixel.</param>
/// <param name="d">The most of it.</param>
/// <param name="fill">What stands beside the image.</param>
/// <param name="isNearest">Whether the nearest pixel is taken, not a mean of four.</param>
/// <param name="fillValue">The number beside the image.</param>
internal readonly struct Augmentation(
    AugmentationKind kind, int height, int width, int channels, int toHeight, int toWidth, float a, float b, float c, float d,
    ImageFill fill,
    bool isNearest, float fillValue)
{
    /// <summary>Pixels of the image.</summary>
    public int Pixels => height * width;

    /// <summary>Rows of the result.</summary>
    public int ToHeight => toHeight;

    /// <summary>Columns of the result.</summary>
    public int ToWidth => toWidth;

    /// <summary>Numbers a pixel.</summary>
    public int Channels => channels;

    /// <summary>The least number of a pixel, where numbers are changed.</summary>
    public float Least => c;

    /// <summary>The largest number of a pixel, where numbers are changed.</summary>
    public float Most => d;

    /// <summary>The number beside the image.</summary>
    public float FillValue => fillValue;

    /// <summary>Whether numbers are changed where they are, by <see cref="Tone"/>.</summary>
    public bool IsTone => kind is AugmentationKind.Contrast or AugmentationKind.Brightness;

    /// <summary>Whether pixels of the result lie between those of the image, at a <see cref="Place"/>.</summary>
    public bool IsWarp =>
        kind is AugmentationKind.Translation or AugmentationKind.Rotation or AugmentationKind.Zoom or AugmentationKind.EvenZoom;

    /// <summary>Whether all images of a batch are changed alike.</summary>
    public bool IsOneForAll => kind == AugmentationKind.Crop;

    /// <summary>What a number becomes: the factor is that of its distance from the mean of its channel, and the offset is added.</summary>
    /// <param name="u">A random number in [0, 1).</param>
    public (float Factor, float Offset) Tone(float u) =>
        kind == AugmentationKind.Brightness ? (1, (a + (u * (b - a))) * (d - c)) : (1 - a + (u * (b + a)), 0);

    /// <summary>The pixel that a pixel of the result is, where it is one.</summary>
    /// <param name="pixel">The pixel of the result.</param>
    /// <param name="u">A random number in [0, 1).</param>
    /// <param name="v">Another.</param>
    /// <param name="isActive">False where the image stays as it is, or its middle is taken.</param>
    public int Source(int pixel, float u, float v, bool isActive)
    {
        int row = pixel / toWidth, column = pixel % toWidth;
        if (kind == AugmentationKind.Crop)
        {
            int top = isActive ? Math.Min((int)(u * (height - toHeight + 1)), height - toHeight) : (height - toHeight) / 2;
            int left = isActive ? Math.Min((int)(v * (width - toWidth + 1)), width - toWidth) : (width - toWidth) / 2;
            return ((row + top) * width) + column + left;
        }

        bool flips = isActive && kind == AugmentationKind.Flip && u <= 0.5f;
        if (flips && a != 0) column = width - 1 - column;
        if (flips && b != 0) row = height - 1 - row;
        return (row * width) + column;
    }

    /// <summary>Where a pixel of the result lies in the image.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="u">A random number in [0, 1).</param>
    /// <param name="v">Another.</param>
    public ImageTaps Place(int row, int column, float u, float v)
    {
        double x = column, y = row;
        switch (kind)
        {
            case AugmentationKind.Translation:
                y -= (a + (u * (b - a))) * height;
                x -= (c + (v * (d - c))) * width;
                break;
            case AugmentationKind.Rotation:
                double angle = (a + (u * (b - a))) * 2 * Math.PI, cos = Math.Cos(angle), sin = Math.Sin(angle);
                double middleX = (width - 1) / 2.0, middleY = (height - 1) / 2.0;
                x = middleX + (cos * (column - middleX)) - (sin * (row - middleY));
                y = middleY + (sin * (column - middleX)) + (cos * (row - middleY));
                break;
            default:
                double vertical = 1 + a + (u * (b - a)), horizontal = kind == AugmentationKind.EvenZoom ? vertical : 1 + c + (v * (d - c));
                y = ((height - 1) / 2.0 * (1 - vertical)) + (vertical * row);
                x = ((width - 1) / 2.0 * (1 - horizontal)) + (horizontal * column);
                break;
        }

        return new(Fold(x, width), Fold(y, height), width, height, isNearest);
    }

    // TensorFlow's MapCoordinate (tensorflow/core/kernels/image/image_ops.h).
    private double Fold(double at, int size)
    {
        switch (fill)
        {
            case ImageFill.Constant:
                return at;
            case ImageFill.Reflect when size > 1:
                double twice = 2.0 * size;
                if (at < 0)
                {
                    if (at < twice) at += twice * (int)(-at / twice);
                    at = at < -size ? at + twice : -at - 1;
                }
                else if (at > size - 1)
                {
                    at -= twice * (int)(at / twice);
                    if (at >= size) at = twice - at - 1;
                }

                break;
            case ImageFill.Wrap when size > 1:
                if (at < 0) at += size * (double)((int)(-at / (size - 1)) + 1);
                else if (at > size - 1) at -= size * (double)(int)(at / (size - 1));
                break;
        }

        return Math.Min(Math.Max(at, 0), size - 1);
    }
}
