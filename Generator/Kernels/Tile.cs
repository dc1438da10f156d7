namespace CompiledNets.Generator.Kernels;

/// <summary>A register tile of a contraction: rows of sums times vectors of sums.</summary>
/// <param name="Rows">Results a tile makes side by side; each reads one broadcast number a step.</param>
/// <param name="Vectors">Vectors a tile makes of each; each is one load a step.</param>
/// <remarks>
/// Where there are 32 vector registers (AVX-512, Arm) tiles are two vectors wide or more; where there are 16 (AVX2) the same rows are worked with one vector, so that both kinds of machine need
/// no more leaves than the two that blocks with and without a partner need anyway.
/// </remarks>
internal sealed record Tile(int Rows, int Vectors)
{
    /// <summary>Rows of a tile: their sums for one vector fit into 16 registers beside the operands of a step, those for two into 32.</summary>
    private const int MostRows = 12;

    /// <summary>Sums of a tile of several vectors.</summary>
    private const int MostSums = 24;

    /// <summary>What another leaf counts beside the time of its steps: the JIT takes a millisecond or two for it.</summary>
    private const double LeafCost = 0.05;

    public override string ToString() => $"{Rows}x{Vectors}";

    /// <summary>Tiles two vectors wide that cover so many results with the least time: as many rows as registers allow, and as little left over as may be.</summary>
    public static Tile Cover(int count) => Cover(count, 2, MostRows, _ => true);

    /// <summary>
    /// The tiles of a weight gradient of so many rows, with vectors over <paramref name="panels"/> times 16 outputs: one of several vectors where that fills them, and one of a single vector.
    /// </summary>
    public static (Tile? Several, Tile Single) Gradient(int panels, int rows)
    {
        Tile? several = null;
        double least = double.MaxValue;
        foreach (int vectors in new[] { 4, 3, 2 })
        {
            if (vectors > panels) continue;
            Tile tile = Cover(rows, vectors, MostSums / vectors, _ => true);
            double time = (panels / vectors * tile.TimeOf(rows)) + (panels % vectors * new Tile(8, 1).TimeOf(rows));
            if (time >= least) continue;
            least = time;
            several = tile;
        }

        // Its rows are a multiple of the other's, so that a range of rows that suits one suits both.
        return (several, Cover(rows, 1, MostRows, single => several is null || single % several.Rows == 0 || several.Rows % single == 0));
    }

    private static Tile Cover(int count, int vectors, int mostRows, Func<int, bool> suits)
    {
        Tile best = new(1, vectors);
        double least = double.MaxValue;
        for (int rows = Math.Min(count, mostRows); rows >= 1; rows--)
        {
            if (!suits(rows)) continue;
            Tile tile = new(rows, vectors);
            double time = tile.TimeOf(count) * (count % rows == 0 ? 1 : 1 + LeafCost);
            if (time >= least) continue;
            least = time;
            best = tile;
        }

        return best;
    }

    private double TimeOf(int count) => (count / Rows * Step(Rows)) + (count % Rows == 0 ? 0 : Step(count % Rows));

    // Cycles a step: two fused multiply-adds, two loads, and no sum again before 4 cycles have passed.
    private double Step(int rows) => Math.Max(4, Math.Max(rows * Vectors, rows + Vectors) / 2.0);
}
