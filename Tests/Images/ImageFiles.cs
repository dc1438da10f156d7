using SkiaSharp;

namespace CompiledNets.Images.Tests;

/// <summary>Images that tests make: each pixel of one colour, and the first one of another.</summary>
internal static class ImageFiles
{
    /// <summary>An image as a file.</summary>
    public static byte[] Encode(int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(colour);
        bitmap.SetPixel(0, 0, new(1, 2, 3, 255));
        using SKData data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>Writes an image into a folder, which is made where it is not there.</summary>
    public static string Write(string folder, string name, int width, int height, byte grey)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Encode(width, height, new(grey, grey, grey)));
        return path;
    }
}
