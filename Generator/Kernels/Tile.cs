namespace CompiledNets.Generator.Kernels;

/// <summary>A register tile of a contraction: rows of sums times vectors of sums.</summary>
/// <param name="Rows">Results a tile makes side by side; each reads one broadcast number a step.</param>
/// <param name="Vectors">Vectors a tile makes of each; each is one load a step.</param>
internal readonly record struct Tile(int Rows, int Vectors)
{
    /// <summary>The numbers of vector registers that machines have: AVX-512 and Arm 32, AVX2 16.</summary>
    public static readonly int[] RegisterCounts = [32, 16];

    public override string ToString() => $"{Rows}x{Vectors}";

    /// <summary>
    /// Tiles of <paramref name="vectors"/> vectors that cover <paramref name="count"/> results with the least time: as many rows as registers allow, and as little left over as may be.
    /// </summary>
    public static Tile Cover(int count, int vectors, int registers)
    {
        int most = Math.Max(1, Math.Min(count, Accumulators(registers) / vectors)), best = 1;
        double least = double.MaxValue;
        for (int rows = most; rows >= 1; rows--)
        {
            double time = (count / rows * Time(rows, vectors)) + (count % rows == 0 ? 0 : Time(count % rows, vectors));
            // A second tile for what is left over costs the JIT a millisecond or two.
            if (count % rows != 0) time *= 1.02;
            if (time >= least) continue;
            least = time;
            best = rows;
        }

        return new(best, vectors);
    }

    /// <summary>The tile of a weight gradient of this many rows, with vectors over <paramref name="panels"/> times 16 outputs.</summary>
    public static Tile Gradient(int panels, int rows, int registers)
    {
        Tile best = new(1, 1);
        double least = double.MaxValue;
        for (int vectors = Math.Min(4, panels); vectors >= 1; vectors--)
        {
            Tile tile = Cover(rows, vectors, registers), single = Cover(rows, 1, registers);
            double time = (panels / vectors * Rows(tile, rows)) + (panels % vectors * Rows(single, rows));
            if (panels % vectors != 0) time *= 1.02;
            if (time >= least) continue;
            least = time;
            best = tile;
        }

        return best;

        static double Rows(Tile tile, int rows) => (rows / tile.Rows * Time(tile.Rows, tile.Vectors)) + (rows % tile.Rows * Time(1, tile.Vectors));
    }

    /// <summary>Sums that the registers hold beside the operands of a step.</summary>
    private static int Accumulators(int registers) => registers == 32 ? 26 : 12;

    // Cycles a step: two fused multiply-adds, two loads, and no sum again before 4 cycles have passed.
    private static double Time(int rows, int vectors) => Math.Max(4, Math.Max(rows * vectors, rows + vectors) / 2.0);
}
