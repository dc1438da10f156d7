using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The gradient of a kernel that meets an image, or a dense layer that meets rows, at many positions. Vectors run over filters of the
/// turned gradient, and a number of the image is broadcast, as for a dense layer; a row of the kernel is a tap and a channel.
/// </summary>
/// <remarks>
/// Positions are worked a few at a time, all rows of the kernel over them, so that what is read of them stays in the second-level cache:
/// each tile takes its sums up where the positions before left them. Rows are unpadded, so that the last vector of a row may reach into the
/// next one, to which it adds zeros: the turned gradient has them there.
/// </remarks>
internal static class PositionGradientKernel
{
    /// <summary>
    /// Positions at once, those of several blocks: with 8 lanes 128 products for each sum that is loaded and stored, and the 12 KB of the
    /// turned gradient that all tiles of rows read stay in the first-level cache.
    /// </summary>
    private const int PositionsAtOnce = 16;

    /// <summary>Filters from which on vectors run over them; fewer are summed lane by lane.</summary>
    private const int LeastFilters = 5;

    /// <summary>Vectors of a tile, most rows beside so many, and sums at most: they fit into 16 registers beside the operands.</summary>
    private const int MostVectors = 3, MostRows = 6, MostSums = 12;

    /// <summary>Whether a convolution's kernel gets its gradient here.</summary>
    public static bool Suits(ConvolutionWeightGradient op) => op.Window.Groups == 1 && op.Upstream.Shape.Last >= LeastFilters;

    /// <summary>Whether a dense layer's kernel does.</summary>
    public static bool Suits(ContractionWeightGradient op) => op.X.Shape.Positions > 1 && op.Columns >= LeastFilters;

    /// <summary>Rows of a kernel's group that chunks may be cut at: those of a tile, or of all channels of a tap.</summary>
    /// <param name="kernel">Its shape: the axes of its window, channels and filters.</param>
    public static int RowStep(Shape kernel)
    {
        int channels = kernel[kernel.Rank - 2];
        if (channels < MostSums / MostVectors) return channels * kernel[kernel.Rank - 3];
        int rows = RowsOf(channels);
        return channels % rows == 0 ? rows : channels;
    }

    public static Kernel Make(ConvolutionWeightGradient op)
    {
        Window window = op.Window;
        int channels = op.X.Shape.Last, filters = op.Upstream.Shape.Last;
        string bias = op.HasBias ? ", db[n] = Σ dy[o, n]" : "";
        return Make(
            op, window, op.HasBias, filters,
            $"dw[t, c, n] = Σ x[o + t, c] dy[o, n]{bias} over all samples and {window.Positions} positions, " +
            $"for {filters} filters of {ConvolutionText.Of(window)} over {channels} channels.");
    }

    public static Kernel Make(ContractionWeightGradient op)
    {
        int all = op.X.Shape.Positions, without = op.HasBias ? 0 : op.PositionsWithout, positions = all - without, outputs = op.Columns;
        string bias = op.HasBias ? ", db[n] = Σ dy[n]" : "";
        string which = without == 0 ? $"{positions} positions" : $"the last {positions} of {all} positions";
        return Make(
            op, new Window([new(positions, 1, 1, 1, 0, positions)], 1), op.HasBias, outputs,
            $"dw[k, n] = Σ x[k] dy[n]{bias} over all samples and {which}, " +
            $"for rows of {outputs} outputs from {op.X.Shape.Last} inputs.", without);
    }

    private static Kernel Make(Op op, Window window, bool hasBias, int filters, string summary, int without = 0)
    {
        int channels = op.Inputs[0].Shape.Last, rows = window.Taps * channels;
        bool hasSingles = op is not ConvolutionWeightGradient || op.Output.Shape.Rank < 3;
        return new("gradient", op.Layer, summary, [new("x", op.Inputs[0]), new("rows", op.Inputs[1])], WeightGradientKernel.Rows,
            (writer, name) => Write(writer, name, Joined(window, channels), rows, filters, hasBias, without, hasSingles));
    }

    // Channels of taps side by side are channels of one, where all positions see all of them and the channels alone would not fill a tile.
    private static (Window Window, int Channels, int Own) Joined(Window window, int channels)
    {
        WindowAxis last = window.Axes[window.Axes.Count - 1];
        if (channels >= MostSums / MostVectors || last.IsClipped || last.Dilation > 1) return (window, channels, channels);
        return (
            window with { Axes = [.. window.Axes.Take(window.Axes.Count - 1), last with { Kernel = 1 }] }, channels,
                channels * last.Kernel);
    }

    // Ranges of a convolution's rows are whole tiles, or all channels of a tap: RowStep. Those of dense layers may leave single rows.
    private static void Write(
        CodeWriter writer, Func<Leaf, string> name, (Window Window, int Channels, int Own) image, int rows, int filters, bool hasBias,
        int without, bool hasSingles)
    {
        (Window window, int channels, int own) = image;
        int positions = window.Positions, outer = window.Axes[0].Count, inner = positions / outer, all = without + positions;
        int together = Math.Max(1, PositionsAtOnce / positions), lines = Math.Max(1, PositionsAtOnce / inner);
        bool isCut = lines < outer;
        int tile = RowsOf(own), rest = own % tile, most = Math.Min(MostVectors, MostSums / tile);
        writer.Line($"Clear(ref target, (lastRow - firstRow) * {Int(filters)});");
        writer.Line(hasBias ? $"int end = lastRow < {Int(rows)} ? lastRow : {Int(rows)};" : "int end = lastRow;");
        if (together == 1)
        {
            writer.Open("for (int from = 0; from < blockCount; from++)").Line("const int blocks = 1;");
        }
        else
        {
            writer.Open($"for (int from = 0; from < blockCount; from += {Int(together)})");
            writer.Line($"int blocks = blockCount - from < {Int(together)} ? blockCount - from : {Int(together)};");
        }

        if (isCut)
        {
            writer.Open($"for (int line = 0; line < {Int(outer)}; line += {Int(lines)})");
            writer.Line(outer % lines == 0 ? $"int below = line + {Int(lines)};"
                : $"int below = line + {Int(lines)} < {Int(outer)} ? line + {Int(lines)} : {Int(outer)};");
        }

        writer.Open($"for (int n = 0, vectors; n < {Int(filters)}; n += vectors * T.Count)");
        writer.Line($"vectors = {name(NextVectors)}({Int(filters)} - n, T.Count, {Int(most)});");
        writer.Line($"int panel = (from * stride) + (n * {Int(all)} * T.Count);");
        bool isEven = own == 1 || (rest == 0 && !hasSingles);
        writer.Open(isEven ? $"for (int k = firstRow; k < end; k += {Int(tile)})"
            : "for (int k = firstRow, rowsAtOnce; k < end; k += rowsAtOnce)");
        writer.Line(own == 1 ? "int tap = k;" : rows == own ? "int channel = k;" : $"int tap = k / {Int(own)}, channel = k % {Int(own)};");
        if (!isEven)
        {
            // Tiles have channels of one tap, all of them in the range of rows.
            string fewer = hasSingles && rest > 1 ? $"channel == {Int(own - rest)} ? {Int(rest)} : 1" : rest == 0 ? "1" : Int(rest);
            writer.Line($"rowsAtOnce = channel > {Int(own - tile)} ? {fewer} : {Int(tile)};");
            if (hasSingles) writer.Line("if (rowsAtOnce > end - k) rowsAtOnce = 1;");
        }

        TapRuns runs = new(writer, window, channels, isCut);
        string place = ConvolutionKernel.Terms(runs.Place(), own == 1 ? "0" : "channel"), position = runs.Position();
        if (without > 0) (place, position) = ($"{place} + {Int(without * channels)}", $"{position} + {Int(without)}");
        writer.Line($"int image = (from * stride) + (({place}) * T.Count), row = panel + (({position}) * T.Count * T.Count);");
        IReadOnlyList<(string, string, string)> levels = [("blocks", "stride", "stride"), .. runs.Levels("T.Count * T.Count")];
        string arguments = "(ref Skip(ref x, image), ref Skip(ref rows, row), " +
            $"ref Skip(ref target, ((k - firstRow) * {Int(filters)}) + n), {Int(filters)}, {Int(all)} * T.Count * T.Count, " +
                $"vectors{RunNest.Arguments(levels)});";
        int[] sizes = [.. new[] { tile, rest, hasSingles ? 1 : 0 }.Where(size => size > 0).Distinct()];
        for (int i = 0; i < sizes.Length; i++)
        {
            string when = i == 0 && sizes.Length == 1 ? "" : i == sizes.Length - 1 ? "else "
                : $"{(i > 0 ? "else " : "")}if (rowsAtOnce == {Int(sizes[i])}) ";
            writer.Line($"{when}{name(RowsTile(sizes[i], most, levels.Count, name))}{arguments}");
        }

        writer.Close();
        writer.Close();
        if (hasBias)
        {
            string first = $"(from * stride) + (((n * {Int(positions)}){(isCut ? $" + (line * {Int(inner)} * T.Count)" : "")}) * T.Count)";
            string count = isCut ? inner == 1 ? "below - line" : $"(below - line) * {Int(inner)}" : Int(positions);
            writer.Open($"for (int n = 0; n < {Int(filters)} && lastRow > {Int(rows)}; n += T.Count)");
            writer.Line($"{name(Bias)}(ref Skip(ref rows, {first}), ref Skip(ref target, (({Int(rows)} - firstRow) * {Int(filters)}) + n), " +
                $"stride, blocks, {count});");
            writer.Close();
        }

        if (isCut) writer.Close();
        writer.Close();
    }

    public static readonly Leaf NextVectors = new(
        "NextVectors", "How many vectors of a row come next: three at most, and none is left alone that may have a neighbor.",
        "int left, int count, int most", writer =>
        {
            writer.Line("return most > 2 && (left > 4 * count || (left > 2 * count && left <= 3 * count)) ? 3 : most > 1 && left > " +
                "count ? 2 : 1;");
        })
    {
        Returns = "int",
        IsInlined = true,
    };

    // Rows of a tile: sums for three vectors of each fill the registers, and channels are a multiple of them where that can be.
    private static int RowsOf(int channels) =>
        channels % 4 == 0 ? 4 : channels % 3 == 0 ? 3 : channels <= MostRows ? channels : channels % 5 == 0 ? 5 : 4;

    public static Leaf RowsTile(int rows, int most, int levels, Func<Leaf, string> name) => new(
        $"GradientRows{Int(rows)}", $"Adds Σ x[o + t, c] dy[o, n] over positions, for {Rows(rows)} of the kernel.",
        "ref float x, ref float rows, ref float dw, int filters, int panel, int vectors" + RunNest.Parameters(levels, "x", "rows"),
        writer =>
        {
            for (int vectors = most; vectors > 0; vectors--)
            {
                string when = vectors > 1 ? $"{(vectors < most ? "else " : "")}if (vectors == {Int(vectors)}) " : most > 1 ? "else " : "";
                writer.Line($"{when}{name(SumTile(rows, vectors, levels))}(ref x, ref rows, ref dw, filters, panel" +
                    $"{string.Concat(Enumerable.Range(0, levels).Select(l => $", count{Int(l)}, xBy{Int(l)}, rowsBy{Int(l)}"))});");
            }
        });

    private static Leaf SumTile(int rows, int vectors, int levels) => new(
        $"GradientRun{Int(rows)}x{Int(vectors)}",
        $"Adds Σ x[o + t, c] dy[o, n] over positions, for {Rows(rows)} of the kernel and " +
            $"{(vectors == 1 ? "a vector" : $"{Int(vectors)} vectors")} of filters.",
        "ref float x, ref float rows, ref float dw, int filters, int panel" + RunNest.Parameters(levels, "x", "rows"),
        writer =>
        {
            Each(r => writer.Line($"T {Vectors(v => $"{Sum(r, v)} = T.Load(ref dw, {Place(r, v)})", ", ")};"));
            RunNest.Write(writer, levels, "x", "rows", (x, row) =>
            {
                writer.Line($"ref float sample = ref {x}, row = ref {row};");
                writer.Open("for (int lane = 0; lane < T.Count; lane++)");
                // A panel of the turned gradient holds a vector of filters for each of the block's samples.
                writer.Line($"T {Vectors(v => $"g{Int(v)} = T.Load(ref row, {(v == 0 ? "0" : v == 1 ? "panel" : $"{Int(v)} * panel")})", ", ")};");
                Each(r => writer.Line(
                    $"{(r == 0 ? "T " : "")}x0 = T.Broadcast(ref sample, {(r == 0 ? "0" : r == 1 ? "T.Count" : $"{Int(r)} * T.Count")}); " +
                    Vectors(v => $"{Sum(r, v)} = T.Fma(x0, g{Int(v)}, {Sum(r, v)});", " ")));
                writer.Line("sample = ref Skip(ref sample, 1);").Line("row = ref Skip(ref row, T.Count);");
                writer.Close();
            });
            Each(r => writer.Line(Vectors(v => $"{Sum(r, v)}.Store(ref dw, {Place(r, v)});", " ")));

            void Each(Action<int> write)
            {
                for (int r = 0; r < rows; r++) write(r);
            }

            string Vectors(Func<int, string> text, string between) => string.Join(between, Enumerable.Range(0, vectors).Select(text));
        });

    // Four chains, since nothing but the next sum waits for a sum.
    public static readonly Leaf Bias = new(
        "GradientBias", "Adds Σ dy[o, n] over positions, for a vector of filters.",
        "ref float rows, ref float db, int stride, int blocks, int positions",
        writer =>
        {
            writer.Line("T s0 = T.Load(ref db, 0), s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;");
            writer.Open("for (int b = 0; b < blocks; b++)");
            writer.Line("ref float row = ref Skip(ref rows, b * stride);");
            writer.Open("for (int i = 0; i < positions * T.Count; i += 4)");
            for (int c = 0; c < 4; c++)
                writer.Line($"s{Int(c)} += T.Load(ref row, {(c == 0 ? "0" : c == 1 ? "T.Count" : $"{Int(c)} * T.Count")});");
            writer.Line("row = ref Skip(ref row, 4 * T.Count);");
            writer.Close();
            writer.Close();
            writer.Line("((s0 + s1) + (s2 + s3)).Store(ref db, 0);");
        });

    private static string Rows(int rows) => rows == 1 ? "one row" : $"{Int(rows)} rows";

    private static string Sum(int row, int vector) => $"s{Int(row)}{(char)('a' + vector)}";

    private static string Place(int row, int vector)
    {
        string start = row == 0 ? "" : row == 1 ? "filters" : $"({Int(row)} * filters)";
        string after = vector == 0 ? "" : vector == 1 ? "T.Count" : $"({Int(vector)} * T.Count)";
        return start == "" ? after == "" ? "0" : after.Trim('(', ')') : after == "" ? start.Trim('(', ')') : $"{start} + {after}";
    }
}
