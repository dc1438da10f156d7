using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// A convolution of 3x3 of a single image by <see cref="Winograd"/>: channels lie side by side, and vectors run over them in both
/// transforms, over filters in the sums. Some tiles are worked at a time, whose values stay in the second-level cache; threads share those.
/// </summary>
internal static class WinogradRowKernel
{
    /// <summary>Floats of transformed values and sums that are worked at a time, and the least tiles that share each weight.</summary>
    private const int MostFloats = 1 << 17, LeastTiles = 20;

    /// <summary>How it is worked; null where it is worked directly.</summary>
    public static WinogradRow? Of(Convolution op)
    {
        if (op.Packing is null || op.Output.Shape.Last % (2 * RowKernel.MostFeaturesInVector) > 0
            || op.X.Shape.Last % RowKernel.MostFeaturesInVector > 0 || Winograd.Of(op) is not { } winograd
            || winograd.Tiles < LeastTiles) return null;
        int most = Math.Min(winograd.Tiles, Math.Max(LeastTiles, MostFloats / (Winograd.Products * (winograd.Inputs + winograd.Outputs))));
        // A part of the tiles that makes little to be thrown away where the last register tile of one overlaps that before.
        WinogradRow? best = null;
        int places = Math.Min(winograd.Tiles, ConvolutionRowKernel.PlacesOfTwo), least = int.MaxValue;
        for (int together = most; together >= Math.Max(places, most / 2); together--)
        {
            int rest = winograd.Tiles % together;
            if (rest > 0 && rest < places) continue;
            int worked = (winograd.Tiles / together * Rounded(together, places)) + Rounded(rest, places);
            if (worked < least) (best, least) = (new(winograd, together, places), worked);
        }

        return best;

        static int Rounded(int count, int places) => (count + places - 1) / places * places;
    }

    /// <summary>y[o, n] = bias[n] + Σ w[t, c, n] x[place of t at o, c].</summary>
    public static Kernel Make(Convolution op, WinogradRow plan)
    {
        Winograd winograd = plan.Winograd;
        int inputs = winograd.Inputs, outputs = winograd.Outputs, together = plan.Together;
        return new("row", op.Layer,
            $"y[o, n] = {ConvolutionRowKernel.Sum(op)} for {outputs} filters of {ConvolutionText.Of(op.Window)} over {inputs} channels, " +
            "one sample, by Winograd's F(2x2, 3x3).",
            [new("x", op.X), Operand.Packed("w", op.Packing!), new("room", op.Output, IsPartial: true), new("y", op.Output),
                .. op.Beside is null ? Array.Empty<Operand>() : [new("z", op.Beside)]],
            ConvolutionRowKernel.IsShared(op) ? [new("int part", "part"), new("int parts", "parts")] : [],
            (writer, name) => Write(writer, name, op, plan));
    }

    private static void Write(CodeWriter writer, Func<Leaf, string> name, Convolution op, WinogradRow plan)
    {
        Winograd winograd = plan.Winograd;
        int inputs = winograd.Inputs, outputs = winograd.Outputs, together = plan.Together;
        string across = Int(winograd.TilesAcross), c = Int(inputs), n = Int(outputs), all = Int(winograd.Tiles), some = Int(together);
        bool isShared = ConvolutionRowKernel.IsShared(op);
        writer.Line("// The room has zeros for a place beyond the border, what some tiles read, and their sums, 16 of each; who shares it");
        writer.Line("// has that of the first tiles that he works.");
        string chunks = Int(plan.Chunks);
        if (isShared) writer.Line($"int chunk = {chunks} * part / parts, last = {chunks} * (part + 1) / parts;");
        writer.Line(isShared ? $"ref float zeros = ref Skip(ref room, chunk * {Int(plan.ChunkRoom)});" : "ref float zeros = ref room;");
        writer.Line($"ref float read = ref Skip(ref zeros, {c});");
        writer.Line($"ref float sums = ref Skip(ref read, {Int(Winograd.Products * together * inputs)});");
        writer.Line($"ref float bias = ref Skip(ref w, {Int(Winograd.Products * inputs * outputs)});");
        writer.Line($"for (int i = 0; i < {c}; i += T.Count) T.Zero.Store(ref zeros, i);");
        writer.Open(isShared ? "for (; chunk < last; chunk++)" : $"for (int chunk = 0; chunk < {chunks}; chunk++)");
        writer.Line($"int tile = chunk * {some}, tiles = tile + {some} <= {all} ? {some} : {all} - tile;");
        writer.Open("for (int t = 0; t < tiles; t++)");
        writer.Line($"int above = {WinogradKernel.Before($"(tile + t) / {across}", winograd.Above)}, left = " +
            $"{WinogradKernel.Before($"(tile + t) % {across}", winograd.Left)};");
        writer.Line($"WinogradTiles.Read<T>(ref x, ref zeros, ref Skip(ref read, t * {c}), above, left, " +
            $"{Int(winograd.Rows)}, {Int(winograd.Columns)}, {c}, {c}, {Int(together * inputs)});");
        writer.Close().Line();
        writer.Open($"for (int p = 0; p < {Int(Winograd.Products)}; p++)");
        writer.Open($"for (int n = 0; n < {n}; n += 2 * T.Count)");
        writer.Line($"for (int t = 0; t < tiles; t = {name(TileLoops.NextTile)}(t, {Int(plan.Places)}, tiles))");
        writer.Line($"    {name(ConvolutionRowKernel.Products(plan.Places))}(ref Skip(ref read, ((p * {some}) + t) * {c}), " +
            $"ref Skip(ref w, ((p * {n}) + n) * {c}), ref Skip(ref sums, (((p * {some}) + t) * {n}) + n), {c}, {n}, {c});");
        writer.Close().Close();
        writer.Open("for (int t = 0; t < tiles; t++)");
        writer.Line($"int top = (tile + t) / {across} * 2, side = (tile + t) % {across} * 2;");
        writer.Line($"int to = ((top * {Int(winograd.ResultColumns)}) + side) * {n};");
        string rows = winograd.ResultRows % 2 == 0 ? "2" : $"top + 1 < {Int(winograd.ResultRows)} ? 2 : 1";
        string columns = winograd.ResultColumns % 2 == 0 ? "2" : $"side + 1 < {Int(winograd.ResultColumns)} ? 2 : 1";
        // What is added to the sums is the second operand of the epilogue.
        Scalar? epilogue = op.Beside is null ? op.Epilogue : (op.Epilogue ?? Scalar.Operand(0))
            .Replace(part => part is Scalar.OperandElement ? Scalar.Operand(0) + Scalar.Operand(1) : null);
        writer.Line($"{name(WinogradKernel.Result("bias", op.Beside is null ? null : "y", epilogue, "to", isRow: true))}(" +
            $"ref Skip(ref sums, t * {n}), ref bias, {(op.Beside is null ? "" : "ref Skip(ref z, to), ")}ref Skip(ref y, to), {n}, " +
            $"{Int(together * outputs)}, {Int(winograd.ResultColumns * outputs)}, {n}, {rows}, {columns});");
        writer.Close().Close();
    }
}

/// <summary>How a single image is worked by <see cref="Winograd"/>.</summary>
/// <param name="Winograd">The tiles.</param>
/// <param name="Together">Tiles that are transformed at once.</param>
/// <param name="Places">Those of a register tile.</param>
internal sealed record WinogradRow(Winograd Winograd, int Together, int Places)
{
    /// <summary>How often so many tiles are worked.</summary>
    public int Chunks => (Winograd.Tiles + Together - 1) / Together;

    /// <summary>Floats of room for some tiles: a place beyond the border, what they read and their sums.</summary>
    public int ChunkRoom => Winograd.Inputs + (Winograd.Products * Together * (Winograd.Inputs + Winograd.Outputs));

    /// <summary>Floats of room for all who may share the image.</summary>
    public int Room => checked(Chunks * ChunkRoom);
}
