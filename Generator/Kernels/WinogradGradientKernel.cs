using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The gradient of a kernel of 3x3 by <see cref="Winograd"/>, all nine taps of some channels at once. What tiles read and the gradients of
/// their results are transformed; the products of both are summed over tiles and samples as the gradient of a dense layer is, vectors over
/// filters of the turned gradient; and 16 sums give nine taps. Tiles are worked a few at a time, block by block, so that sums and values
/// stay in the second-level cache.
/// </summary>
internal static class WinogradGradientKernel
{
    /// <summary>Channels and vectors of filters of a register tile: twelve sums fill 16 registers beside their operands.</summary>
    private const int TileRows = 4, TileVectors = 3;

    private const int Products = Winograd.Products;

    /// <summary>Room that the kernel works in: floats, and floats for each lane.</summary>
    public static (int Floats, int Vectors) Room(Winograd winograd)
    {
        int channels = winograd.ChannelsTogether, filters = winograd.FiltersTogether;
        return (
            Products * channels * filters,
            channels + (Products * (Winograd.Apart(winograd.GradientTiles * channels) + Winograd.Apart(winograd.GradientTiles * filters))));
    }

    public static Kernel Make(ConvolutionWeightGradient op, Winograd winograd)
    {
        int filters = winograd.Outputs, positions = op.Window.Positions;
        string bias = op.HasBias ? ", db[n] = Σ dy[o, n]" : "";
        return new("gradient", op.Layer,
            $"dw[t, c, n] = Σ x[o + t, c] dy[o, n]{bias} over all samples and {positions} positions, for {filters} filters of " +
            $"{ConvolutionText.Of(op.Window)} over {winograd.Inputs} channels, by Winograd's F(2x2, 3x3). Rows are channels.",
            [new("x", op.X), new("rows", op.Upstream)], [.. WeightGradientKernel.Rows, new("ref float room", "ref more")],
            (writer, name) =>
            {
                writer.Line($"int end = lastRow < {Int(winograd.Inputs)} ? lastRow : {Int(winograd.Inputs)};");
                writer.Line("int taps = end > firstRow ? end - firstRow : 0;");
                Channels(writer, name, winograd, positions);
                if (!op.HasBias) return;
                writer.Open($"if (lastRow > {Int(winograd.Inputs)})");
                writer.Line($"ref float db = ref Skip(ref target, 9 * taps * {Int(filters)});");
                writer.Line($"Clear(ref db, {Int(filters)});");
                writer.Line($"for (int n = 0; n < {Int(filters)}; n += T.Count) {name(PositionGradientKernel.Bias)}" +
                    $"(ref Skip(ref rows, n * {Int(positions)} * T.Count), ref Skip(ref db, n), stride, blockCount, {Int(positions)});");
                writer.Close();
            });
    }

    private static void Channels(CodeWriter writer, Func<Leaf, string> name, Winograd winograd, int positions)
    {
        int inputs = winograd.Inputs, filters = winograd.Outputs, together = winograd.GradientTiles;
        int channels = winograd.ChannelsTogether, group = winograd.FiltersTogether;
        int readApart = Winograd.Apart(together * channels), upstreamApart = Winograd.Apart(together * group);
        bool isGrouped = group < filters;
        string across = Int(winograd.TilesAcross), first = isGrouped ? "n" : "0";
        writer.Line("// The room has sums, 16 of each channel and filter, zeros for a place beyond the border, and what some tiles read of both.");
        writer.Line($"ref float zeros = ref Skip(ref room, {Int(Products * channels * group)}), read = ref Skip(ref zeros, {Int(channels)} * T.Count);");
        writer.Line($"ref float upstream = ref Skip(ref read, {Int(Products * readApart)} * T.Count);");
        writer.Line($"Clear(ref zeros, {Int(channels)} * T.Count);");
        writer.Open("for (int c = firstRow, channels; c < end; c += channels)");
        writer.Line($"channels = end - c < {Int(channels)} ? end - c : {Int(channels)};");
        if (isGrouped) writer.Open($"for (int n = 0; n < {Int(filters)}; n += {Int(group)})");
        writer.Line($"Clear(ref room, {Int(Products * group)} * channels);");
        writer.Open("for (int b = 0; b < blockCount; b++)");
        writer.Line($"ref float image = ref Skip(ref x, (b * stride) + (c * T.Count)), dy = ref Skip(ref rows, " +
            $"{ConvolutionKernel.Terms("(b * stride)", isGrouped ? $"(n * {Int(positions)} * T.Count)" : "0")});");
        writer.Open($"for (int tile = 0; tile < {Int(winograd.Tiles)}; tile += {Int(together)})");
        writer.Line(winograd.Tiles % together == 0 ? $"const int tiles = {Int(together)};"
            : $"int tiles = tile + {Int(together)} <= {Int(winograd.Tiles)} ? {Int(together)} : {Int(winograd.Tiles)} - tile;");
        writer.Open("for (int t = 0; t < tiles; t++)");
        writer.Line($"int line = (tile + t) / {across}, place = (tile + t) % {across};");
        writer.Line($"{name(WinogradKernel.Read)}(ref image, ref zeros, ref Skip(ref read, t * channels * T.Count), " +
            $"{WinogradKernel.Before("line", winograd.Above)}, {WinogradKernel.Before("place", winograd.Left)}, {Int(winograd.Rows)}, " +
            $"{Int(winograd.Columns)}, {Int(inputs)} * T.Count, channels * T.Count, {Int(readApart)} * T.Count);");
        string right = winograd.ResultColumns % 2 == 0 ? "true" : $"(place * 2) + 1 < {Int(winograd.ResultColumns)}";
        string below = winograd.ResultRows % 2 == 0 ? "true" : $"(line * 2) + 1 < {Int(winograd.ResultRows)}";
        writer.Line($"{name(Gradient)}(ref Skip(ref dy, ((line * {Int(winograd.ResultColumns)}) + place) * 2 * T.Count * T.Count), " +
            $"ref Skip(ref upstream, t * T.Count * T.Count), {right}, {below}, {Int(winograd.ResultColumns)} * T.Count * T.Count, {Int(2 * together)} * T.Count * T.Count, " +
            $"{Int(positions)} * T.Count * T.Count, {Int(together)} * T.Count * T.Count, {Int(group)} / T.Count, " +
            $"{Int(upstreamApart)} * T.Count);");
        writer.Close().Line();
        writer.Open($"for (int p = 0; p < {Int(Products)}; p++)");
        writer.Open($"for (int m = 0, vectors; m < {Int(group)}; m += vectors * T.Count)");
        writer.Line($"vectors = {name(PositionGradientKernel.NextVectors)}({Int(group)} - m, T.Count, {Int(TileVectors)});");
        writer.Line($"for (int k = 0; k < channels; k += {Int(TileRows)})");
        writer.Line($"    {name(PositionGradientKernel.RowsTile(TileRows, TileVectors, 1, name))}(" +
            $"ref Skip(ref read, ((p * {Int(readApart)}) + k) * T.Count), " +
            $"ref Skip(ref upstream, ((p * {Int(upstreamApart)}) + (m * {Int(together)})) * T.Count), " +
            $"ref Skip(ref room, (((p * channels) + k) * {Int(group)}) + m), {Int(group)}, {Int(together)} * T.Count * T.Count, " +
            "vectors, tiles, channels * T.Count, T.Count * T.Count);");
        writer.Close().Close();
        writer.Close().Close().Line();
        writer.Line("for (int k = 0; k < channels; k++)");
        writer.Line($"    {name(Taps)}(ref Skip(ref room, k * {Int(group)}), ref Skip(ref target, " +
            $"{ConvolutionKernel.Terms($"(c - firstRow + k) * {Int(filters)}", first)}), {Int(group)}, channels * {Int(group)}, taps * {Int(filters)});");
        if (isGrouped) writer.Close();
        writer.Close();
    }

    private static readonly Leaf Gradient = new("ReadGradient",
        "What a tile of 2x2 results has of the turned gradient, transformed: A dy Aᵀ, for some vectors of filters. Lines, vectors and " +
        "products are floats apart, those that are read (from) and those that are written (to).",
        "ref float dy, ref float to, bool right, bool below, int line, int next, int from, int vector, int vectors, int apart",
        writer =>
        {
            writer.Open("for (int v = 0; v < vectors; v++)");
            writer.Open("for (int lane = 0; lane < T.Count * T.Count; lane += T.Count)");
            writer.Line("T a = T.Load(ref dy, lane), b = right ? T.Load(ref dy, lane + (T.Count * T.Count)) : T.Zero;");
            writer.Line("T c = below ? T.Load(ref dy, lane + line) : T.Zero;");
            writer.Line("T d = right && below ? T.Load(ref dy, lane + line + (T.Count * T.Count)) : T.Zero;");
            writer.Line("// The tile in this place the next time is asked for: its two places of a line lie side by side.");
            writer.Line("T.Prefetch(ref dy, next + (2 * lane));").Line("T.Prefetch(ref dy, next + line + (2 * lane));");
            writer.Line("// First column by column: a, a + b, a - b, -b; then the same with rows.");
            writer.Line("T ab = a + b, cd = c + d, less = a - b, lessBelow = c - d;");
            Column("a", "c", 0);
            Column("ab", "cd", 1);
            Column("less", "lessBelow", 2);
            Column("b", "d", 3, isNegative: true);
            writer.Close();
            writer.Line("dy = ref Skip(ref dy, from);").Line("to = ref Skip(ref to, vector);");
            writer.Close();

            void Column(string up, string low, int column, bool isNegative = false)
            {
                Store(isNegative ? $"T.Zero - {up}" : up, column);
                Store(isNegative ? $"T.Zero - ({up} + {low})" : $"{up} + {low}", 4 + column);
                Store(isNegative ? $"{low} - {up}" : $"{up} - {low}", 8 + column);
                Store(isNegative ? low : $"T.Zero - {low}", 12 + column);
            }

            void Store(string value, int product)
            {
                string at = product == 0 ? "lane" : product == 1 ? "lane + apart" : $"lane + ({Int(product)} * apart)";
                string receiver = value.Contains(' ') ? $"({value})" : value;
                writer.Line($"{receiver}.Store(ref to, {at});");
            }
        });

    private static readonly Leaf Taps = new("WriteTaps",
        "The nine taps of a channel from its 16 sums: Gᵀ m G, for some filters. Products and taps are floats apart.",
        "ref float sums, ref float dw, int filters, int apart, int tap",
        writer =>
        {
            writer.Line("T half = T.Splat(0.5f);");
            writer.Open("for (int n = 0; n < filters; n += T.Count)");
            writer.Open("for (int u = 0; u < 3; u++)");
            writer.Line("// m0 + (m1 + m2) / 2, (m1 - m2) / 2, (m1 + m2) / 2 + m3.");
            writer.Line("ref float m1 = ref Skip(ref sums, 4 * apart), m2 = ref Skip(ref sums, 8 * apart);");
            writer.Line("ref float m = ref (u == 0 ? ref sums : ref Skip(ref sums, 12 * apart));");
            writer.Line("T sign = T.Splat(u == 1 ? -0.5f : 0.5f);");
            for (int j = 0; j < 4; j++)
                writer.Line($"T r{Int(j)} = T.Fma(sign, T.Load(ref m2, {Sum(j)}), half * T.Load(ref m1, {Sum(j)}));");
            writer.Open("if (u != 1)");
            for (int j = 0; j < 4; j++) writer.Line($"r{Int(j)} += T.Load(ref m, {Sum(j)});");
            writer.Close();
            writer.Line("T sum = half * (r1 + r2);");
            writer.Line("ref float row = ref Skip(ref dw, (3 * u * tap) + n);");
            writer.Line("(r0 + sum).Store(ref row, 0);");
            writer.Line("(half * (r1 - r2)).Store(ref row, tap);");
            writer.Line("(sum + r3).Store(ref row, 2 * tap);");
            writer.Close();
            writer.Close();

            static string Sum(int column) => column == 0 ? "n" : column == 1 ? "n + apart" : $"n + ({Int(column)} * apart)";
        });
}
