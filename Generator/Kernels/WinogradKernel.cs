using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Convolutions of 3x3 by <see cref="Winograd"/>: some tiles of an image at a time, whose transformed values, and the sums that are made of
/// them, stay in the second-level cache. A lane has its own image, so that both transforms are additions of vectors, and the sums are tiles
/// as those of a convolution of 1x1.
/// </summary>
/// <remarks>The runtime transforms the weights and keeps them up to date: <c>Training/WeightPanels.cs</c>.</remarks>
internal static class WinogradKernel
{
    private static readonly Tile Sums = new(Winograd.TileOutputs, Winograd.TilePlaces);

    /// <summary>y[o, n] = bias[n] + Σ w[t, c, n] x[place of t at o, c].</summary>
    public static Kernel Forward(Convolution op, Winograd winograd)
    {
        string sum = (op.Bias is null ? "" : "b[n] + ")
            + "Σ w[t, c, n] x[o + t, c]", formula = $"y[o, n] = {op.Epilogue?.Format([sum]) ?? sum}";
        Operand[] bias = op.Bias is { } value ? [new("bias", value)] : [];
        return new("forward", op.Layer,
            $"{formula} for {op.Output.Shape.Last} filters of {ConvolutionText.Of(op.Window)} over {op.X.Shape.Last} channels, at " +
            $"{op.Window.Positions} positions, by Winograd's F(2x2, 3x3).",
            [new("x", op.X), Operand.Transformed(op.Weights, isTurned: false), .. bias, new("room", op.Output, IsPartial: true),
                new("y", op.Output)],
            Kernel.Blocks, (writer, name) =>
                Write(writer, name, winograd, "x", "n", "y", op.Bias is null ? null : "bias", null, op.Epilogue));
    }

    /// <summary>dx[i, c] = Σ w[t, c, n] dy[the position that t reaches i from, n], with what is fused into it.</summary>
    public static Kernel InputGradient(ConvolutionInputGradient op, Winograd winograd)
    {
        const string sum = "Σ w[t, c, n] dy[i - t, n]";
        Operand[] beside = op.Beside is { } value ? [new("y", value)] : [];
        return new("backward", op.Layer,
            $"dx[i, c] = {op.Epilogue?.Format([sum, "y[i, c]"]) ?? sum} for {op.Output.Shape.Last} channels from " +
            $"{op.Upstream.Shape.Last} filters of {ConvolutionText.Of(op.Window)}, by Winograd's F(2x2, 3x3).",
            [new("dy", op.Upstream), Operand.Transformed(op.Weights, isTurned: true), .. beside, new("room", op.Output, IsPartial: true),
                new("dx", op.Output)],
            Kernel.Blocks, (writer, name) =>
                Write(writer, name, winograd, "dy", "c", "dx", null, op.Beside is null ? null : "y", op.Epilogue));
    }

    private static void Write(
        CodeWriter writer, Func<Leaf, string> name, Winograd winograd, string source, string row, string target, string? bias,
            string? beside,
        Scalar? epilogue)
    {
        int inputs = winograd.Inputs, outputs = winograd.Outputs, together = winograd.TilesTogether, group = winograd.OutputsTogether;
        bool isGrouped = group < outputs;
        string across = Int(winograd.TilesAcross), first = isGrouped ? row : "0";
        int readApart = Winograd.Apart(together * inputs), sumsApart = Winograd.Apart(together * group);
        writer.Line("// The room has zeros for a place beyond the border, what some tiles read, and their sums, 16 of each.");
        writer.Open("for (int b = first; b < last; b++)");
        writer.Line($"ref float image = ref Skip(ref {source}, b * stride), zeros = ref Skip(ref room, b * stride);");
        writer.Line($"ref float read = ref Skip(ref zeros, {Int(inputs)} * T.Count);");
        writer.Line($"ref float sums = ref Skip(ref read, {Int(Winograd.Products * readApart)} * T.Count);");
        writer.Line($"for (int i = 0; i < {Int(inputs)}; i++) T.Zero.Store(ref zeros, i * T.Count);");
        writer.Open($"for (int tile = 0; tile < {Int(winograd.Tiles)}; tile += {Int(together)})");
        writer.Line(winograd.Tiles % together == 0 ? $"const int tiles = {Int(together)};"
            : $"int tiles = tile + {Int(together)} <= {Int(winograd.Tiles)} ? {Int(together)} : {Int(winograd.Tiles)} - tile;");
        writer.Open("for (int t = 0; t < tiles; t++)");
        writer.Line($"int above = {Before($"(tile + t) / {across}", winograd.Above)}, left = " +
            $"{Before($"(tile + t) % {across}", winograd.Left)};");
        writer.Line($"WinogradTiles.Read<T>(ref image, ref zeros, ref Skip(ref read, t * {Int(inputs)} * T.Count), above, left, " +
            $"{Int(winograd.Rows)}, {Int(winograd.Columns)}, {Int(inputs)} * T.Count, {Int(inputs)} * T.Count, " +
            $"{Int(readApart)} * T.Count);");
        writer.Close().Line();
        if (isGrouped) writer.Open($"for (int {row} = 0; {row} < {Int(outputs)}; {row} += {Int(group)})");
        writer.Line($"for (int p = 0; p < {Int(Winograd.Products)}; p++)");
        writer.Line($"    for (int m = 0; m < {Int(group)}; m += {Int(Sums.Rows)})");
        writer.Line($"        for (int t = 0; t < tiles; t += {Int(Sums.Vectors)})");
        writer.Line($"            {name(ConvolutionKernel.ForwardTile(Sums, 0, hasBias: false, null, "y[n] = Σ w[k, n] x[k]"))}(" +
            $"ref Skip(ref read, ((p * {Int(readApart)}) + (t * {Int(inputs)})) * T.Count), " +
            $"ref Skip(ref transformed, ((p * {Int(outputs)}) + {ConvolutionKernel.Terms(first, "m")}) * {Int(inputs)}), " +
            $"ref Skip(ref sums, ((p * {Int(sumsApart)}) + (t * {Int(group)}) + m) * T.Count), {Int(inputs)} * T.Count, " +
            $"{Int(group)} * T.Count, {Int(inputs)}, {Int(Sums.Rows)});");
        writer.Open("for (int t = 0; t < tiles; t++)");
        writer.Line($"int top = (tile + t) / {across} * 2, side = (tile + t) % {across} * 2;");
        writer.Line($"int to = (b * stride) + (((((top * {Int(winograd.ResultColumns)}) + side) * {Int(outputs)}) + {first}) * T.Count);");
        string rows = winograd.ResultRows % 2 == 0 ? "2" : $"top + 1 < {Int(winograd.ResultRows)} ? 2 : 1";
        string columns = winograd.ResultColumns % 2 == 0 ? "2" : $"side + 1 < {Int(winograd.ResultColumns)} ? 2 : 1";
        writer.Line($"{name(Result(bias, beside, epilogue, target))}(ref Skip(ref sums, t * {Int(group)} * T.Count), " +
            (bias is null ? "" : $"ref Skip(ref {bias}, {first}), ") + (beside is null ? "" : $"ref Skip(ref {beside}, to), ") +
            $"ref Skip(ref {target}, to), {Int(group)}, {Int(sumsApart)} * T.Count, " +
            $"{Int(winograd.ResultColumns * outputs)} * T.Count, {Int(outputs)} * T.Count, {rows}, {columns});");
        writer.Close();
        if (isGrouped) writer.Close();
        writer.Close().Close();
    }

    /// <summary>Where the tile of an index begins in what is read.</summary>
    public static string Before(string index, int before) => before == 0 ? $"{index} * 2" : $"({index} * 2) - {Int(before)}";

    internal static Leaf Result(string? bias, string? beside, Scalar? epilogue, string target, bool isRow = false)
    {
        string sum = bias is null ? "Aᵀ m A" : "b[n] + Aᵀ m A";
        return new("WriteTile",
            $"The results of a tile from its 16 sums: {epilogue?.Format([sum, "y"]) ?? sum}, one or two rows of one or two columns. " +
            "Products, rows and columns are floats apart.",
            "ref float sums, " + (bias is null ? "" : "ref float bias, ") + (beside is null ? "" : "ref float y, ") +
            $"ref float {target}, int count, int apart, int rowApart, int columnApart, int rows, int columns",
            writer =>
            {
                writer.Open("for (int i = 0; i < rows; i++)");
                writer.Line("// m0 + m1 + m2, then m1 - m2 - m3.");
                writer.Line("T sign = T.Splat(i == 0 ? 1f : -1f);");
                writer.Line("ref float m1 = ref Skip(ref sums, 4 * apart), m2 = ref Skip(ref sums, 8 * apart);");
                writer.Line("ref float m = ref (i == 0 ? ref sums : ref Skip(ref sums, 12 * apart));");
                if (isRow) writer.Open("for (int at = 0; at < count; at += T.Count)");
                else writer.Open("for (int k = 0; k < count; k++)").Line("int at = k * T.Count;");
                for (int j = 0; j < 4; j++)
                {
                    string offset = j == 0 ? "at" : j == 1 ? "at + apart" : $"at + ({Int(j)} * apart)";
                    writer.Line($"T r{Int(j)} = T.Fma(sign, T.Load(ref m, {offset}), T.Fma(sign, T.Load(ref m2, {offset}), " +
                        $"T.Load(ref m1, {offset})));");
                }

                if (bias is not null) writer.Line(isRow ? "T b = T.Load(ref bias, at);" : "T b = T.Broadcast(ref bias, k);");
                string add = bias is null ? "" : " + b";
                Store("(r0 + r1) + r2", "at");
                writer.Line("if (columns == 1) continue;");
                Store("(r1 - r2) - r3", "at + columnApart");
                writer.Close();
                writer.Line($"{target} = ref Skip(ref {target}, rowApart);");
                if (beside is not null) writer.Line("y = ref Skip(ref y, rowApart);");
                writer.Close();

                void Store(string value, string place)
                {
                    string local = place == "at" ? "left" : "right";
                    writer.Line($"T {local} = {(bias is null ? value : $"({value}){add}")};");
                    string result = epilogue is null ? local
                        : new Expression(writer, i => i == 0 ? local : $"T.Load(ref y, {place})", local).Write(epilogue);
                    writer.Line($"{Expression.Receiver(result)}.Store(ref {target}, {place});");
                }
            });
    }
}
