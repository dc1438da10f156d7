namespace CompiledNets;

/// <summary>Histograms as TensorBoard's plugin takes them.</summary>
internal static class Histograms
{
    private const int Count = 30;

    /// <summary>
    /// For each of 30 buckets of one width its left edge, its right edge and how many numbers lie in it, one after the other. Where all
    /// numbers are the same, all edges are that number, and the last bucket has all of them. What is not finite is left out.
    /// </summary>
    public static double[] Buckets(ReadOnlySpan<float> values)
    {
        double[] buckets = new double[3 * Count];
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        int finite = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            least = Math.Min(least, value);
            most = Math.Max(most, value);
            finite++;
        }

        if (finite == 0) return buckets;
        double width = (most - least) / Count;
        for (int i = 0; i < Count; i++)
        {
            buckets[3 * i] = least + (i * width);
            buckets[(3 * i) + 1] = i == Count - 1 ? most : least + ((i + 1) * width);
        }

        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            int bucket = width == 0 ? Count - 1 : Math.Min(Count - 1, (int)Math.Floor((value - least) / width));
            buckets[(3 * bucket) + 2]++;
        }

        return buckets;
    }
}
