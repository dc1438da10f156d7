using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The gradient of a convolution's kernel, row by row: a row is a tap and a channel, and sums run over the positions at which the tap meets
/// the image. Positions are many, so that sums are kept lane by lane and their lanes added at the end: nothing is turned, and no vector
/// reaches beyond a row.
/// </summary>
internal static class ConvolutionGradientKernel
{
    /// <summary>
    /// Positions, those of all its blocks, after which lanes are added up: an addition costs as much as some thirty products, and what a
    /// tile reads should still be in the cache for the next.
    /// </summary>
    private const int PositionsAtOnce = 256;

    /// <summary>Rows and columns of tiles: sums fit into the registers beside the rows' values and one of a column.</summary>
    private const int MostRows = 6, MostColumns = 12, MostSums = 24, MostHalfRows = 3, MostHalfSums = 12;

    public static Kernel Make(ConvolutionWeightGradient op)
    {
        Window window = op.Window;
        int channels = op.X.Shape.Last, filters = op.Upstream.Shape.Last, own = channels / window.Groups,
            ownFilters = filters / window.Groups;
        int rows = window.Taps * own;
        string bias = op.HasBias ? ", db[n] = Σ dy[o, n]" : "";
        return new("gradient", op.Layer,
            $"dw[t, c, n] = Σ x[o + t, c] dy[o, n]{bias} over all samples and {window.Positions} positions, for {filters} filters of " +
            $"{ConvolutionText.Of(window)} over {channels} channels.",
            [new("x", op.X), new("dy", op.Upstream)], WeightGradientKernel.Rows,
            (writer, name) =>
            {
                writer.Line($"Clear(ref target, (lastRow - firstRow) * {Int(filters)});");
                writer.Line(op.HasBias ? $"int end = lastRow < {Int(rows)} ? lastRow : {Int(rows)};" : "int end = lastRow;");
                (Tile several, Tile half, Tile one) = Tiles(own, ownFilters);
                int together = Math.Max(1, PositionsAtOnce / window.Positions);
                writer.Open("for (int from = 0, to; from < blockCount; from = to)");
                writer.Line($"to = from + {Int(together)} < blockCount ? from + {Int(together)} : blockCount;");
                writer.Open("for (int k = firstRow, rows; k < end; k += rows)");
                writer.Line(own == 1 ? "int tap = k;" : $"int tap = k / {Int(own)}, channel = k % {Int(own)};");
                // A tile has channels of one tap, all of them in the range of rows.
                if (own == 1) writer.Line("rows = 1;");
                else Most(writer, several.Rows, half.Rows, own);
                TapRuns runs = new(writer, window, channels);
                writer.Line($"int place = {ConvolutionKernel.Terms(runs.Place(), own == 1 ? "0" : "channel")}, position = " +
                    $"{ConvolutionText.Times(runs.Position(), filters)};");
                if (window.Groups > 1) writer.Open($"for (int g = 0; g < {Int(window.Groups)}; g++)");
                if (own > 1)
                {
                    writer.Open("if (rows > 1 && T.Registers == 32)");
                    Columns(several);
                    writer.Close();
                    writer.Open("else if (rows > 1)");
                    Columns(half);
                    writer.Close();
                    writer.Open("else");
                    Columns(one);
                    writer.Close();
                }
                else
                {
                    Columns(one);
                }

                if (window.Groups > 1) writer.Close();
                writer.Close();
                writer.Close();
                if (op.HasBias) Bias(writer, name, window.Positions, rows, filters);

                void Columns(Tile tile) => Each(writer, "n", ownFilters, tile.Vectors, (columns, n) =>
                {
                    string group = window.Groups > 1 ? $"g * {Int(own)}"
                        : "0", column = ConvolutionKernel.Terms(window.Groups > 1 ? $"g * {Int(ownFilters)}" : "0", n);
                    writer.Line($"{name(SumTile(tile.Rows, columns, window.Axes.Count))}(ref Skip(ref x, " +
                        $"({ConvolutionKernel.Terms("place", group)}) * T.Count), ref Skip(ref dy, " +
                        $"({ConvolutionKernel.Terms("position", column)}) * T.Count), " +
                        $"ref Skip(ref target, {ConvolutionKernel.Terms($"(k - firstRow) * {Int(filters)}", column)}), stride, from, " +
                            $"to, {Int(filters)}{RunNest.Arguments(runs.Levels($"{Int(filters)} * T.Count"))});");
                });
            });
    }

    private static void Most(CodeWriter writer, int several, int half, int own)
    {
        string most = several == half ? Int(several) : $"(T.Registers == 32 ? {Int(several)} : {Int(half)})";
        writer.Line($"rows = {most};");
        writer.Line($"if (rows > end - k || rows > {Int(own)} - channel) rows = 1;");
    }

    private static void Bias(CodeWriter writer, Func<Leaf, string> name, int positions, int rows, int filters)
    {
        writer.Open($"if (lastRow > {Int(rows)})");
        Each(writer, "n", filters, Math.Min(filters, 8), (columns, n) => writer.Line(
            $"{name(BiasTile(columns))}(ref Skip(ref dy, {n} * T.Count), ref Skip(ref target, " +
                $"{ConvolutionKernel.Terms($"({Int(rows)} - firstRow) * {Int(filters)}", n)}), stride, blockCount, {Int(positions)}, " +
                $"{Int(filters)});"));
        writer.Close();
    }

    // Columns by so many, and those that are left over.
    private static void Each(CodeWriter writer, string n, int count, int columns, Action<int, string> call)
    {
        if (count > columns)
        {
            writer.Open($"for (int {n} = 0; {n} <= {Int(count - columns)}; {n} += {Int(columns)})");
            call(columns, n);
            writer.Close();
            if (count % columns > 0) call(count % columns, Int(count / columns * columns));
        }
        else
        {
            call(count, "0");
        }
    }

    // The tile where there are 32 registers, the one where there are 16, and that of one row. "Vectors" are columns here.
    private static (Tile Several, Tile Half, Tile One) Tiles(int own, int columns)
    {
        Tile one = Best(1, 1, MostColumns);
        return (Best(2, MostRows, MostSums), Best(2, MostHalfRows, MostHalfSums), one);

        Tile Best(int least, int most, int sums)
        {
            Tile best = new(Math.Min(least, own), 1);
            double time = double.MaxValue;
            for (int r = Math.Min(least, own); r <= Math.Min(own, most); r++)
            {
                for (int c = 1; c <= Math.Min(columns, MostColumns); c++)
                {
                    if (r * c > sums) continue;
                    double own1 = (own / r * Row(r, c)) + (own % r * Row(1, Math.Min(columns, MostColumns)));
                    if (columns % c > 0) own1 *= LeafCost;
                    if (own1 >= time) continue;
                    time = own1;
                    best = new(r, c);
                }
            }

            return best;
        }

        double Row(int rows, int by) => (columns / by * Step(rows, by)) + (columns % by == 0 ? 0 : Step(rows, columns % by));
    }

    /// <summary>What another leaf, for columns that are left over, counts beside the time of its steps.</summary>
    private const double LeafCost = 1.05;

    // Cycles a step: two fused multiply-adds, two loads, and no sum again before 4 cycles have passed.
    private static double Step(int rows, int columns) => Math.Max(4, Math.Max(rows * columns, rows + columns) / 2.0);

    private static Leaf SumTile(int rows, int columns, int levels) => new(
        $"ConvolveGradient{rows}x{columns}",
            $"Adds Σ x[o + t, c] dy[o, n] over blocks from a first one, for {(rows == 1 ? "one channel" : $"{Int(rows)} channels")} of " +
            $"a tap and {(columns == 1 ? "one filter" : $"{Int(columns)} filters")}.",
        $"ref float x, ref float dy, ref float dw, int stride, int from, int to, int filters{RunNest.Parameters(levels, "x", "dy")}",
        writer =>
        {
            for (int r = 0; r < rows; r++)
                writer.Line($"T {string.Join(", ", Enumerable.Range(0, columns).Select(c => $"{Sum(r, c)} = T.Zero"))};");
            writer.Open("for (int b = from; b < to; b++)");
            writer.Line("ref float xs = ref Skip(ref x, b * stride), dys = ref Skip(ref dy, b * stride);");
            RunNest.Write(writer, levels, "x", "dy", (x, dy) =>
            {
                writer.Line($"T {string.Join(", ", Enumerable.Range(0, rows).Select(r => $"x{Int(r)} = T.Load(ref {x}, {Vector(r)})"))};");
                for (int c = 0; c < columns; c++)
                {
                    writer.Line($"{(c == 0 ? "T " : "")}g = T.Load(ref {dy}, {Vector(c)}); "
                        + string.Join(" ", Enumerable.Range(0, rows).Select(r => $"{Sum(r, c)} = T.Fma(x{Int(r)}, g, {Sum(r, c)});")));
                }
            }, from: "s");
            writer.Close();
            for (int r = 0; r < rows; r++)
                for (int c = 0; c < columns; c++)
                    writer.Line($"Unsafe.Add(ref dw, {(r == 0 ? Int(c) : ConvolutionKernel.Terms(r == 1 ? "filters" : $"{Int(r)} * filters", Int(c)))}) += T.Sum({Sum(r, c)});");
        });

    private static Leaf BiasTile(int columns) => new(
        $"ConvolveBias{columns}",
            $"db[n] = Σ dy[o, n] over all samples and positions, for {(columns == 1 ? "one filter" : $"{Int(columns)} filters")}.",
        "ref float dy, ref float db, int stride, int blockCount, int positions, int filters",
        writer =>
        {
            writer.Line($"T {string.Join(", ", Enumerable.Range(0, columns).Select(c => $"{Sum(0, c)} = T.Zero"))};");
            writer.Open("for (int b = 0; b < blockCount; b++)");
            writer.Line("ref float from = ref Skip(ref dy, b * stride);");
            writer.Open("for (int o = 0; o < positions; o++)");
            for (int c = 0; c < columns; c++) writer.Line($"{Sum(0, c)} += T.Load(ref from, {Vector(c)});");
            writer.Line("from = ref Skip(ref from, filters * T.Count);");
            writer.Close();
            writer.Close();
            for (int c = 0; c < columns; c++) writer.Line($"Unsafe.Add(ref db, {Int(c)}) = T.Sum({Sum(0, c)});");
        });

    private static string Sum(int row, int column) => $"s{Int(row)}{(char)('a' + column)}";

    private static string Vector(int vector) => vector == 0 ? "0" : vector == 1 ? "T.Count" : $"{Int(vector)} * T.Count";
}
