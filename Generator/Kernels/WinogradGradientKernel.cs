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

    /// <summary>Loops of the register tile, of which one is needed: a convolution that is worked directly has the same tile.</summary>
    private const int Levels = 3;

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
                writer.Line("int rowsOfTap = end > firstRow ? end - firstRow : 0;");
                Channels(writer, name, winograd, positions);
                if (!op.HasBias) return;
                writer.Line();
                writer.Open($"if (lastRow > {Int(winograd.Inputs)})");
                writer.Line($"ref float db = ref Skip(ref target, 9 * rowsOfTap * {Int(filters)});");
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
        writer.Line("// The room has sums, 16 of each channel and filter, zeros for a place beyond the border, and what some tiles read.");
        writer.Line($"ref float zeros = ref Skip(ref room, {Int(Products * channels * group)});");
        writer.Line($"ref float read = ref Skip(ref zeros, {Int(channels)} * T.Count);");
        writer.Line($"ref float upstream = ref Skip(ref read, {Int(Products * readApart)} * T.Count);");
        writer.Line($"Clear(ref zeros, {Int(channels)} * T.Count);");
        writer.Open("for (int c = firstRow, channels; c < end; c += channels)");
        writer.Line($"channels = end - c < {Int(channels)} ? end - c : {Int(channels)};");
        if (isGrouped) writer.Open($"for (int n = 0; n < {Int(filters)}; n += {Int(group)})");
        writer.Line($"Clear(ref room, {Int(Products * group)} * channels);");
        writer.Open("for (int b = 0; b < blockCount; b++)");
        writer.Line($"ref float image = ref Skip(ref x, (b * stride) + (c * T.Count)), dy = ref Skip(ref rows, " +
            $"{ConvolutionKernel.Terms("b * stride", isGrouped ? $"n * {Int(positions)} * T.Count" : "0")});");
        writer.Open($"for (int tile = 0; tile < {Int(winograd.Tiles)}; tile += {Int(together)})");
        writer.Line(winograd.Tiles % together == 0 ? $"const int tiles = {Int(together)};"
            : $"int tiles = tile + {Int(together)} <= {Int(winograd.Tiles)} ? {Int(together)} : {Int(winograd.Tiles)} - tile;");
        writer.Open("for (int t = 0; t < tiles; t++)");
        writer.Line($"int line = (tile + t) / {across}, place = (tile + t) % {across};");
        writer.Line($"WinogradTiles.Read<T>(ref image, ref zeros, ref Skip(ref read, t * channels * T.Count), " +
            $"{WinogradKernel.Before("line", winograd.Above)}, {WinogradKernel.Before("place", winograd.Left)}, {Int(winograd.Rows)}, " +
            $"{Int(winograd.Columns)}, {Int(inputs)} * T.Count, channels * T.Count, {Int(readApart)} * T.Count);");
        string right = winograd.ResultColumns % 2 == 0 ? "true" : $"(place * 2) + 1 < {Int(winograd.ResultColumns)}";
        string below = winograd.ResultRows % 2 == 0 ? "true" : $"(line * 2) + 1 < {Int(winograd.ResultRows)}";
        string at = $"((line * {Int(winograd.ResultColumns)}) + place) * 2 * T.Count * T.Count";
        writer.Line($"WinogradTiles.ReadGradient<T>(ref Skip(ref dy, {at}), ref Skip(ref upstream, t * T.Count * T.Count), " +
            $"{right}, {below}, {Int(winograd.ResultColumns)} * T.Count * T.Count, {Int(2 * together)} * T.Count * T.Count, " +
            $"{Int(group)} / T.Count, {Int(positions)} * T.Count * T.Count, {Int(together)} * T.Count * T.Count, " +
            $"{Int(upstreamApart)} * T.Count);");
        writer.Close().Line();
        writer.Open($"for (int p = 0; p < {Int(Products)}; p++)");
        writer.Open($"for (int m = 0, vectors; m < {Int(group)}; m += vectors * T.Count)");
        writer.Line($"vectors = {name(PositionGradientKernel.NextVectors)}({Int(group)} - m, T.Count, {Int(TileVectors)});");
        writer.Line($"for (int k = 0; k < channels; k += {Int(TileRows)})");
        writer.Line($"    {name(PositionGradientKernel.RowsTile(TileRows, TileVectors, Levels, name))}(" +
            $"ref Skip(ref read, ((p * {Int(readApart)}) + k) * T.Count), " +
            $"ref Skip(ref upstream, ((p * {Int(upstreamApart)}) + (m * {Int(together)})) * T.Count), " +
            $"ref Skip(ref room, (((p * channels) + k) * {Int(group)}) + m), {Int(group)}, {Int(together)} * T.Count * T.Count, " +
            "vectors, 1, 0, 0, 1, 0, 0, tiles, channels * T.Count, T.Count * T.Count);");
        writer.Close().Close();
        writer.Close().Close().Line();
        writer.Line("for (int k = 0; k < channels; k++)");
        writer.Line($"    WinogradTiles.WriteTaps<T>(ref Skip(ref room, k * {Int(group)}), ref Skip(ref target, " +
            $"{ConvolutionKernel.Terms($"(c - firstRow + k) * {Int(filters)}", first)}), {Int(group)}, " +
            $"channels * {Int(group)}, rowsOfTap * {Int(filters)});");
        if (isGrouped) writer.Close();
        writer.Close();
    }
}
