using CompiledNets.Images;

namespace CompiledNets.Generator.Ops;

/// <summary>A random change of one image in double precision: the result as sums of numbers of the image, and so their gradient.</summary>
/// <param name="change">What is done.</param>
/// <param name="u">A random number in [0, 1).</param>
/// <param name="v">Another.</param>
/// <param name="isActive">False where the image stays as it is, or its middle is taken.</param>
internal sealed class ImageReference(Augmentation change, float u, float v, bool isActive)
{
    /// <summary>Makes the result.</summary>
    public void Run(ReadOnlySpan<double> x, Span<double> y)
    {
        if (isActive && change.IsTone)
        {
            for (int i = 0; i < x.Length; i++) y[i] = Math.Min(Math.Max(Toned(x, i), change.Least), change.Most);
            return;
        }

        for (int i = 0; i < y.Length; i++)
        {
            (double rest, IReadOnlyList<(int From, double Weight)> parts) = Parts(i);
            y[i] = rest;
            foreach ((int from, double weight) in parts) y[i] += weight * x[from];
        }
    }

    /// <summary>Makes the gradient of the image.</summary>
    public void Differentiate(ReadOnlySpan<double> g, ReadOnlySpan<double> x, Span<double> dx)
    {
        if (isActive && change.IsTone)
        {
            double factor = change.Tone(u).Factor;
            for (int i = 0; i < g.Length; i++)
            {
                double toned = Toned(x, i);
                if (toned < change.Least || toned > change.Most) continue;
                dx[i] += factor * g[i];
                for (int j = i % change.Channels; j < dx.Length; j += change.Channels) dx[j] += (1 - factor) / change.Pixels * g[i];
            }

            return;
        }

        for (int i = 0; i < g.Length; i++)
            foreach ((int from, double weight) in Parts(i).Parts) dx[from] += weight * g[i];
    }

    private double Toned(ReadOnlySpan<double> x, int at)
    {
        (float factor, float offset) = change.Tone(u);
        double mean = 0;
        for (int i = at % change.Channels; i < x.Length; i += change.Channels) mean += x[i] / change.Pixels;
        return mean + (factor * (x[at] - mean)) + offset;
    }

    // What an element of the result is made of, and what it has of the number beside the image.
    private (double Beside, IReadOnlyList<(int From, double Weight)> Parts) Parts(int at)
    {
        int pixel = at / change.Channels, channel = at % change.Channels;
        if (!isActive || !change.IsWarp) return (0, [((change.Source(pixel, u, v, isActive) * change.Channels) + channel, 1.0)]);
        ImageTaps taps = change.Place(pixel / change.ToWidth, pixel % change.ToWidth, u, v);
        List<(int From, double Weight)> parts = [];
        for (int tap = 0; tap < 4; tap++)
            if (taps.Weight(tap) != 0) parts.Add(((taps.Pixel(tap) * change.Channels) + channel, taps.Weight(tap)));
        return (taps.Outside * change.FillValue, parts);
    }
}
