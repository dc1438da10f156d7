namespace CompiledNets.Generator.Kernels;

/// <summary>
/// A register tile of a product of two values: so many sums by so many. A step loads a vector a row and one a column; the fewer of the two
/// stay in registers while the others pass.
/// </summary>
internal sealed record ProductTile(int Rows, int Columns)
{
    /// <summary>Sums of a tile: with more, the JIT spills some.</summary>
    private const int MostSums = 24;

    private const int MostSide = 6;

    /// <summary>Cycles that a step takes beside its products: addresses and the end of the loop.</summary>
    private const double StepCost = 0.3;

    public override string ToString() => $"{Rows}x{Columns}";

    /// <summary>The tile that covers so many rows and columns with the least time; the last ones may overlap those before.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="registers">Vector registers of the machine: 16 or 32.</param>
    public static ProductTile Cover(int rows, int columns, int registers)
    {
        ProductTile best = new(1, 1);
        double least = double.MaxValue;
        for (int height = 1; height <= Math.Min(MostSide, rows); height++)
        {
            for (int width = 1; width <= Math.Min(MostSide, columns); width++)
            {
                if (height * width > MostSums || (height * width) + Math.Min(height, width) + 1 > registers) continue;
                double time = (double)((rows + height - 1) / height) * ((columns + width - 1) / width) * Step(height, width);
                if (time > least) continue;
                (best, least) = (new(height, width), time);
            }
        }

        return best;
    }

    // Two fused multiply-adds and two loads a cycle, and no sum again before 4 cycles have passed.
    private static double Step(int rows, int columns) => Math.Max(4, Math.Max(rows * columns, rows + columns) / 2.0) + StepCost;
}
