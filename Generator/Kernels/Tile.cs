namespace CompiledNets.Generator.Kernels;

/// <summary>A register tile of a contraction: rows of sums times vectors of sums.</summary>
/// <param name="Rows">Results a tile makes side by side; each reads one broadcast number a step.</param>
/// <param name="Vectors">Vectors a tile makes of each; each is one load a step.</param>
internal readonly record struct Tile(int Rows, int Vectors)
{
    /// <summary>Sums that 32 vector registers hold beside the operands of a step.</summary>
    private const int Accumulators = 26;

    /// <summary>
    /// Tiles of <paramref name="vectors"/> vectors that cover <paramref name="count"/> results with the least time: as many rows as registers allow, and as little left over as may be.
    /// </summary>
    public static Tile Cover(int count, int vectors)
    {
        int most = Math.Min(count, Accumulators / vectors), best = 1;
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

    /// <summary>The tile of a weight gradient with this many outputs (vectors of 16) and rows.</summary>
    public static Tile Gradient(int outputs, int rows)
    {
        int needed = (outputs + 15) / 16, best = 1;
        double least = double.MaxValue;
        for (int vectors = 1; vectors <= 4; vectors++)
        {
            int high = Math.Min(rows, Accumulators / vectors);
            double time = ((needed + vectors - 1) / vectors) * Time(high, vectors) / high;
            if (time >= least - 1e-9) continue;
            least = time;
            best = vectors;
        }

        return new(Math.Min(rows, Accumulators / best), best);
    }

    // Cycles a step: two fused multiply-adds, two loads, and no sum again before 4 cycles have passed.
    private static double Time(int rows, int vectors) => Math.Max(4, Math.Max(rows * vectors, rows + vectors) / 2.0);
}
