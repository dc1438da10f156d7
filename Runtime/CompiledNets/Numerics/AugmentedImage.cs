using CompiledNets.Images;

namespace CompiledNets.Numerics;

/// <summary>
/// Random changes of one image, and their gradients. Numbers of the image lie <c>step</c> floats apart, as a lane of a block has them.
/// </summary>
internal static class AugmentedImage
{
    /// <summary>Makes an image.</summary>
    /// <param name="change">What is done.</param>
    /// <param name="x">The image.</param>
    /// <param name="y">The result.</param>
    /// <param name="step">Numbers from one to the next.</param>
    /// <param name="u">A random number in [0, 1).</param>
    /// <param name="v">Another.</param>
    /// <param name="isActive">False where the image stays as it is, or its middle is taken.</param>
    public static void Run(in Augmentation change, ReadOnlySpan<float> x, Span<float> y, int step, float u, float v, bool isActive)
    {
        int channels = change.Channels;
        if (isActive && change.IsTone)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                (float factor, float offset) = Tone(change, x, step, channel, u);
                for (int i = channel; i < change.Pixels * channels; i += channels)
                    y[i * step] = Math.Min(Math.Max((x[i * step] * factor) + offset, change.Least), change.Most);
            }

            return;
        }

        int to = 0;
        for (int row = 0; row < change.ToHeight; row++)
        {
            for (int column = 0; column < change.ToWidth; column++, to += channels)
            {
                if (!isActive || !change.IsWarp)
                {
                    int from = change.Source((row * change.ToWidth) + column, u, v, isActive) * channels;
                    for (int channel = 0; channel < channels; channel++) y[(to + channel) * step] = x[(from + channel) * step];
                    continue;
                }

                ImageTaps taps = change.Place(row, column, u, v);
                float beside = taps.Outside * change.FillValue;
                for (int channel = 0; channel < channels; channel++) y[(to + channel) * step] = beside;
                for (int tap = 0; tap < 4; tap++)
                {
                    float weight = taps.Weight(tap);
                    if (weight == 0) continue;
                    int from = taps.Pixel(tap) * channels;
                    for (int channel = 0; channel < channels; channel++) y[(to + channel) * step] += weight * x[(from + channel) * step];
                }
            }
        }
    }

    /// <summary>The gradient of the image from that of the result.</summary>
    /// <param name="change">What was done.</param>
    /// <param name="g">The gradient of the result.</param>
    /// <param name="x">The image.</param>
    /// <param name="dx">The gradient of the image.</param>
    /// <param name="step">Numbers from one to the next.</param>
    /// <param name="u">The random number that the image was made with.</param>
    /// <param name="v">The other.</param>
    /// <param name="isActive">False where the image stayed as it was, or its middle was taken.</param>
    public static void Differentiate(
        in Augmentation change, ReadOnlySpan<float> g, ReadOnlySpan<float> x, Span<float> dx, int step, float u, float v, bool isActive)
    {
        int channels = change.Channels, size = change.Pixels * channels;
        for (int i = 0; i < size; i++) dx[i * step] = 0;
        if (isActive && change.IsTone)
        {
            for (int channel = 0; channel < channels; channel++) DifferentiateTone(change, g, x, dx, step, channel, u);
            return;
        }

        int to = 0;
        for (int row = 0; row < change.ToHeight; row++)
        {
            for (int column = 0; column < change.ToWidth; column++, to += channels)
            {
                if (!isActive || !change.IsWarp)
                {
                    int from = change.Source((row * change.ToWidth) + column, u, v, isActive) * channels;
                    for (int channel = 0; channel < channels; channel++) dx[(from + channel) * step] += g[(to + channel) * step];
                    continue;
                }

                ImageTaps taps = change.Place(row, column, u, v);
                for (int tap = 0; tap < 4; tap++)
                {
                    float weight = taps.Weight(tap);
                    if (weight == 0) continue;
                    int from = taps.Pixel(tap) * channels;
                    for (int channel = 0; channel < channels; channel++) dx[(from + channel) * step] += weight * g[(to + channel) * step];
                }
            }
        }
    }

    private static void DifferentiateTone(
        in Augmentation change, ReadOnlySpan<float> g, ReadOnlySpan<float> x, Span<float> dx, int step, int channel, float u)
    {
        int channels = change.Channels, size = change.Pixels * channels;
        (float factor, float offset) = Tone(change, x, step, channel, u);
        float sum = 0;
        for (int i = channel; i < size; i += channels)
        {
            float toned = (x[i * step] * factor) + offset;
            if (toned < change.Least || toned > change.Most) continue;
            dx[i * step] = factor * g[i * step];
            sum += g[i * step];
        }

        // The mean, which every number has a part in.
        float rest = (1 - factor) * sum / change.Pixels;
        for (int i = channel; i < size; i += channels) dx[i * step] += rest;
    }

    // What numbers of a channel are multiplied by, and what is added then.
    private static (float Factor, float Offset) Tone(in Augmentation change, ReadOnlySpan<float> x, int step, int channel, float u)
    {
        (float factor, float offset) = change.Tone(u);
        if (factor == 1) return (factor, offset);
        float sum = 0;
        for (int i = channel; i < change.Pixels * change.Channels; i += change.Channels) sum += x[i * step];
        return (factor, offset + ((1 - factor) * (sum / change.Pixels)));
    }
}
