using CompiledNets.Generator.Declaration;
using CompiledNets.Images;

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

    /// <summary>An axis of another size.</summary>
    /// <param name="interpolation">How, by Keras name.</param>
    /// <param name="size">Elements.</param>
    /// <param name="count">Elements of the result.</param>
    /// <param name="antialias">Whether a smaller result is made of all elements.</param>
    public static Weighting Resize(string interpolation, int size, int count, bool antialias) =>
        Of(size, ResizeWeights.Of(interpolation, size, count, antialias));

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
