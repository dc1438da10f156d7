namespace CompiledNets.Generator.Kernels;

/// <summary>A register tile of a contraction: rows of sums times vectors of sums.</summary>
/// <param name="Rows">Results a tile makes side by side; each reads one broadcast number a step.</param>
/// <param name="Vectors">Vectors a tile makes of each; each is one load a step.</param>
/// <remarks>
/// Where there are 32 vector registers (AVX-512, Arm) tiles are two vectors wide or more. Where there are 16 (AVX2) small layers are
/// worked by the same rows with one vector, so that they need no more leaves than the two that blocks with and without a partner need
/// anyway; where weights leave the first-level cache a tile of two vectors and half the rows reads each of them half as often.
/// </remarks>
internal sealed record Tile(int Rows, int Vectors)
{
    /// <summary>Sums of a tile of several vectors.</summary>
    private const int MostSums = 24;

    /// <summary>
    /// Rows of a tile: their sums for one vector fit into 16 registers beside the operands of a step, those for two into 32.
    /// </summary>
    public const int MostRows = 12;

    /// <summary>Rows of a tile of two vectors in 16 registers: at most, and at least so that no sum waits for itself.</summary>
    private const int MostHalfRows = 6, LeastHalfRows = 4;

    /// <summary>Vector registers of AVX2, and the most places of a tile.</summary>
    private const int Registers = 16, MostPlaces = 7;

    /// <summary>Weights of a layer, 32 KB, from which on it has one.</summary>
    private const int LeastHalfWeights = 8192;

    /// <summary>Cycles a step beside the products: of tiles that cover as well, the higher one is better.</summary>
    private const double StepCost = 0.05;

    /// <summary>The same where sums wait for each other: steps of 4, 5 and 6 rows take 4.5, 5.3 and 6.1 cycles.</summary>
    private const double HalfStepCost = 0.3;

    /// <summary>What another leaf counts beside the time of its steps: the JIT takes a millisecond or two for it.</summary>
    private const double LeafCost = 0.05;

    public override string ToString() => $"{Rows}x{Vectors}";

    /// <summary>
    /// The tile, two vectors wide, that covers so many results with the least time; the last one may overlap the one before.
    /// </summary>
    /// <param name="count">The results.</param>
    public static Tile Cover(int count) => new(Best(count, MostRows, rows => (count + rows - 1) / rows * (rows + StepCost)), 2);

    /// <summary>The tile, two vectors wide, that fits into 16 registers; the last one may overlap the one before.</summary>
    /// <param name="count">The results.</param>
    public static Tile Half(int count) =>
        new(Best(count, MostHalfRows, rows => (count + rows - 1) / rows * HalfStep(rows)), 2);

    /// <summary>
    /// The tile of a convolution: its vectors are neighboring places, which share each weight, so that 16 registers suffice for all
    /// machines: for sums, a vector of each place, and a weight.
    /// </summary>
    /// <param name="rows">Channels of the result; the last tile may overlap the one before.</param>
    /// <param name="places">Places that meet the same weights.</param>
    public static Tile Places(int rows, int places)
    {
        Tile best = new(1, 1);
        double least = double.MaxValue;
        for (int vectors = Math.Min(places, MostPlaces); vectors > 0; vectors--)
        {
            int most = vectors == 1 ? MostRows : (Registers - 1 - vectors) / vectors;
            for (int height = Math.Min(rows, most); height > 0; height--)
            {
                int tiles = (rows + height - 1) / height * ((places + vectors - 1) / vectors);
                double time = tiles * (Step(height, vectors) + HalfStepCost);
                if (time >= least) continue;
                least = time;
                best = new(height, vectors);
            }
        }

        return best;
    }

    /// <summary>Whether a layer has a tile of its own for 16 registers or narrow lanes.</summary>
    public static bool PaysHalf(int inputs, int outputs) => (long)inputs * outputs >= LeastHalfWeights;

    /// <summary>
    /// The tiles of a weight gradient of so many rows, with vectors over <paramref name="panels"/> times 16 outputs: one of several
    /// vectors where that fills them, and one of a single vector.
    /// </summary>
    public static (Tile? Several, Tile Single) Gradient(int panels, int rows)
    {
        Tile? several = null;
        double least = double.MaxValue;
        foreach (int vectors in new[] { 4, 3, 2 })
        {
            if (vectors > panels) continue;
            Tile tile = new(Best(rows, MostSums / vectors, height => TimeOf(rows, height, vectors)), vectors);
            double time = (panels / vectors * TimeOf(rows, tile.Rows, vectors)) + (panels % vectors * TimeOf(rows, 8, 1));
            if (time >= least) continue;
            least = time;
            several = tile;
        }

        // Its rows are a multiple of the other's, so that a range of rows that suits one suits both.
        return (several,
            new(Best(rows, MostRows, height => several is null || height % several.Rows == 0 || several.Rows % height == 0
            ? TimeOf(rows, height, 1) : double.MaxValue), 1));
    }

    /// <summary>
    /// The tile of a weight gradient, two vectors wide, of machines with 16 registers; null where one vector does as well.
    /// </summary>
    /// <param name="single">The tile of a single vector, whose rows are a multiple of this one's.</param>
    /// <param name="inputs">The rows.</param>
    /// <param name="outputs">The columns.</param>
    public static Tile? HalfGradient(Tile single, int inputs, int outputs)
    {
        if (!PaysHalf(inputs, outputs)) return null;
        int rows = Best(inputs, MostHalfRows, height => single.Rows % height == 0 ? TimeOf(inputs, height, 2) : double.MaxValue);
        return rows < LeastHalfRows ? null : new(rows, 2);
    }

    private static int Best(int count, int most, Func<int, double> time)
    {
        int best = 1;
        for (int rows = Math.Min(count, most); rows > 1; rows--)
            if (time(rows) < time(best)) best = rows;
        return best;
    }

    // Cycles of a step of two vectors in 16 registers: those of 4, 5 and 6 rows take 4.5, 5.3 and 6.1, as sums wait for each other.
    private static double HalfStep(int rows) => Math.Max(4.5, 1.3 + (0.8 * rows));

    // Rows that are left over take a leaf of their own.
    private static double TimeOf(int count, int rows, int vectors) =>
        ((count / rows * Step(rows, vectors)) + (count % rows == 0 ? 0 : Step(count % rows, vectors))) * (count % rows == 0 ? 1 : 1
            + LeafCost);

    // Cycles a step: two fused multiply-adds, two loads, and no sum again before 4 cycles have passed.
    private static double Step(int rows, int vectors) => Math.Max(4, Math.Max(rows * vectors, rows + vectors) / 2.0);
}
