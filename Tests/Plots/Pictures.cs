using System.Runtime.CompilerServices;
using CompiledNets.Harness;
using SkiaSharp;

namespace CompiledNets.Plots.Tests;

/// <summary>
/// Pictures against those in <c>Expected</c>, which <c>COMPILEDNETS_ACCEPT=1</c> writes anew; somebody looks at them then.
/// </summary>
internal static class Pictures
{
    /// <summary>Part of the pixels that may differ, for the roundings of other processors.</summary>
    private const double MostPixels = 0.002;

    private const int Different = 48;

    public static void Check(Action<string> draw, [CallerMemberName] string name = "")
    {
        string folder = Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Plots", "Expected");
        string expected = Path.Combine(folder, name + ".png");
        string actual = Path.Combine(Directory.CreateTempSubdirectory("plots").FullName, name + ".png");
        draw(actual);
        if (Environment.GetEnvironmentVariable("COMPILEDNETS_ACCEPT") == "1") File.Copy(actual, expected, overwrite: true);
        using SKBitmap ours = SKBitmap.Decode(actual), theirs = SKBitmap.Decode(expected);
        Assert.Equal((theirs.Width, theirs.Height), (ours.Width, ours.Height));
        ReadOnlySpan<byte> a = ours.GetPixelSpan(), b = theirs.GetPixelSpan();
        int different = 0;
        for (int i = 0; i < a.Length; i += 4)
            if (Math.Abs(a[i] - b[i]) + Math.Abs(a[i + 1] - b[i + 1]) + Math.Abs(a[i + 2] - b[i + 2]) > Different) different++;
        Assert.True(different <= MostPixels * a.Length / 4, $"{different} pixels of {actual} differ from {expected}.");
        Directory.Delete(Path.GetDirectoryName(actual)!, recursive: true);
    }
}
