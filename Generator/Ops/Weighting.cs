using CompiledNets.Generator.Declaration;

namespace CompiledNets.Generator.Ops;

/// <summary>
/// Weighted sums along an axis: for each element of the result the first that it is made of, and as many weights for all.
/// </summary>
/// <param name="Size">Elements of the axis that are read.</param>
/// <param name="Taps">Weights of each result.</param>
/// <param name="Firsts">For each result the first element that it reads; <paramref name="Taps"/> of them are there from it on.</param>
/// <param name="Weights">The weights, result by result.</param>
internal sealed record Weighting(int Size, int Taps, EquatableArray<int> Firsts, EquatableArray<double> Weights)
{
    /// <summary>Elements of the result.</summary>
    public int Count => Firsts.Count;

    /// <summary>Linear between the centres of elements, and constant beyond the outer ones.</summary>
    /// <param name="size">Elements.</param>
    /// <param name="times">Elements of the result for each.</param>
    public static Weighting Bilinear(int size, int times) => Of(size, [.. Enumerable.Range(0, size * times).Select(o =>
    {
        double centre = Math.Min(Math.Max(Centre(o, times), 0), size - 1);
        int first = Math.Min((int)centre, Math.Max(size - 2, 0));
        return (first, size == 1 ? new[] { 1.0 } : [1 - (centre - first), centre - first]);
    })]);

    /// <summary>
    /// Keys's cubic with a = -1/2 through the centres of elements; beyond the outer ones there is nothing, and weights are scaled to a sum
    /// of 1 (TensorFlow's resize_bicubic with half_pixel_centers, which knows distances in steps of 1/1024).
    /// </summary>
    /// <param name="size">Elements.</param>
    /// <param name="times">Elements of the result for each.</param>
    public static Weighting Bicubic(int size, int times) => Of(size, [.. Enumerable.Range(0, size * times).Select(o =>
    {
        double centre = Centre(o, times);
        int whole = (int)Math.Floor(centre), first = Math.Max(whole - 1, 0);
        double between = Math.Round((centre - whole) * 1024) / 1024;
        double[] weights =
            [.. Enumerable.Range(first, Math.Min(whole + 3, size) - first).Select(i => Cubic(Math.Abs(whole + between - i)))];
        double sum = weights.Sum();
        return (first, weights.Select(weight => weight / sum).ToArray());
    })]);

    /// <summary>What each element gives to the results: the sums of the gradient.</summary>
    public Weighting Transposed()
    {
        (int First, List<double> Weights)[] rows = [.. Enumerable.Range(0, Size).Select(_ => (0, new List<double>()))];
        for (int o = 0; o < Count; o++)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                double weight = Weights[(o * Taps) + tap];
                ref (int First, List<double> Weights) row = ref rows[Firsts[o] + tap];
                if (weight == 0) continue;
                if (row.Weights.Count == 0) row.First = o;
                while (row.First + row.Weights.Count < o) row.Weights.Add(0);
                row.Weights.Add(weight);
            }
        }

        return Of(Count, [.. rows.Select(row => (row.First, row.Weights.ToArray()))]);
    }

    // Where the centre of a result lies among those of the elements.
    private static double Centre(int result, int times) => ((result + 0.5) / times) - 0.5;

    private static double Cubic(double x)
    {
        const double a = -0.5;
        return x <= 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1 : x < 2 ? (((((a * x) - (5 * a)) * x) + (8 * a)) * x) - (4 * a) : 0;
    }

    // Rows of one length: those that are shorter have zeros beside their weights.
    private static Weighting Of(int size, IReadOnlyList<(int First, double[] Weights)> rows)
    {
        int taps = Math.Max(1, rows.Max(row => row.Weights.Length));
        int[] firsts = [.. rows.Select(row => Math.Min(row.First, size - taps))];
        double[] weights = new double[rows.Count * taps];
        for (int o = 0; o < rows.Count; o++) rows[o].Weights.CopyTo(weights, (o * taps) + rows[o].First - firsts[o]);
        return new(size, taps, firsts, weights);
    }
}
