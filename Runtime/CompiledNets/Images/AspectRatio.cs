namespace CompiledNets.Images;

/// <summary>
/// Parts and frames of images with another ratio of height and width, as Keras cuts them. The compiler and the runtime share this file.
/// </summary>
internal static class AspectRatio
{
    /// <summary>The largest part in the middle that has the ratio of a target.</summary>
    public static (int Top, int Left, int Height, int Width) Crop(int height, int width, int targetHeight, int targetWidth)
    {
        int cropHeight = Math.Max(Math.Min(height, Divide(width, targetHeight, targetWidth)), 1);
        int cropWidth = Math.Max(Math.Min(width, Divide(height, targetWidth, targetHeight)), 1);
        return ((height - cropHeight) / 2, (width - cropWidth) / 2, cropHeight, cropWidth);
    }

    /// <summary>What stands above and below, and left and right, in the smallest frame that has the ratio of a target.</summary>
    public static (int Vertical, int Horizontal) Pad(int height, int width, int targetHeight, int targetWidth)
    {
        int padHeight = Math.Max(height, Divide(width, targetHeight, targetWidth));
        int padWidth = Math.Max(width, Divide(height, targetWidth, targetHeight));
        return ((padHeight - height) / 2, (padWidth - width) / 2);
    }

    /// <summary>
    /// What CenterCrop takes: the middle where the image is large enough, else the part of the target's ratio, which is resized then.
    /// </summary>
    public static (int Top, int Left, int Height, int Width) CenterCrop(int height, int width, int targetHeight, int targetWidth) =>
        height >= targetHeight && width >= targetWidth
            ? ((height - targetHeight) / 2, (width - targetWidth) / 2, targetHeight, targetWidth)
            : Crop(height, width, targetHeight, targetWidth);

    private static int Divide(long length, long by, long through) => (int)Math.Min(length * by / through, int.MaxValue);
}
