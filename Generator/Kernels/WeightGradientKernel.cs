using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The gradient of a kernel, row by row: sums over all samples in order. Vectors run over outputs of the turned gradient, the activation
/// of a sample is broadcast; a few outputs that would not fill a vector are summed lane by lane.
/// </summary>
/// <remarks>
/// Rows are unpadded, so the last vector of a row may reach into the next one. Columns are worked from the last vectors to the first and
/// rows upwards, so that what is overwritten by a neighbour's tail is written again afterwards.
/// </remarks>
internal static class WeightGradientKernel
{
    /// <summary>Parameters of kernels that work on rows of weights.</summary>
    internal static readonly IReadOnlyList<Argument> Rows =
        [.. Kernel.After, new("int firstRow", "firstRow"), new("int lastRow", "lastRow"), new("ref float target", Target)];

    /// <summary>What stands for the place that sums are written to.</summary>
    public const string Target = "ref target";

    /// <summary>
    /// Leftover outputs up to which lane sums are quicker than a vector that they do not fill: a lane sum takes about 14 cycles a weight
    /// at 128 samples, a vector 64 a row.
    /// </summary>
    private const int MostByLanes = 4;

    /// <summary>
    /// Samples whose sums are worked before those of the next: a panel of their gradients and a chunk's rows of their activations stay in
    /// the second-level cache beside the sums. The order of each sum is the same.
    /// </summary>
    private const int SamplesAtOnce = 128;

    /// <summary>Outputs from which on the gradients of so many samples leave that cache before the next rows need them.</summary>
    private const int ManyOutputs = 1024;

    /// <summary>Sums of a tile of lane sums.</summary>
    private const int LaneSums = 16;

    /// <summary>How many outputs, the last ones, are summed lane by lane: all of them where there are but a few.</summary>
    public static int ByLanes(int outputs) => outputs % 16 <= MostByLanes && outputs != 16 ? outputs % 16 : 0;

    /// <summary>Whether there are outputs that vectors run over, for which the gradient must be turned.</summary>
    public static bool NeedsTurn(int outputs) => ByLanes(outputs) < outputs;

    public static Kernel Make(ContractionWeightGradient op)
    {
        int inputs = op.X.Shape.Last, outputs = op.Columns, positions = op.X.Shape.Positions, byLanes = ByLanes(outputs);
        string bias = op.HasBias ? ", db[n] = Σ dy[n]" : "";
        List<Operand> operands = [new("x", op.X)];
        if (byLanes < outputs) operands.Add(new("rows", op.Turned!));
        if (byLanes > 0) operands.Add(new("dy", op.Upstream));
        return new("gradient", op.Layer,
            $"dw[k, n] = Σ x[k] dy[n]{bias} over all samples{(positions > 1 ? $" and {Int(positions)} positions" : "")}, for rows of " +
                $"{outputs} outputs from {inputs} inputs.",
            operands, Rows,
            (writer, name) =>
            {
                if (op.HasBias) writer.Line($"int end = lastRow < {Int(inputs)} ? lastRow : {Int(inputs)};");
                else writer.Line("int end = lastRow;");
                if (byLanes < outputs) ByOutputs(writer, name, inputs, outputs - byLanes, outputs, op.HasBias);
                if (byLanes > 0) LaneColumns(writer, name, inputs, outputs, byLanes, positions, op.HasBias);
            });
    }

    /// <summary>Rows whose multiples a range of rows must begin and end at, the end of the kernel aside, so that tiles cover it.</summary>
    public static int RowStep(int inputs, int outputs)
    {
        if (!NeedsTurn(outputs)) return 1;
        (Tile? several, Tile single) = Tiles(inputs, outputs);
        return Math.Max(several?.Rows ?? 1, single.Rows);
    }

    private static (Tile? Several, Tile Single) Tiles(int inputs, int outputs) => Tile.Gradient((outputs - ByLanes(outputs)) / 16, inputs);

    private static void ByOutputs(CodeWriter writer, Func<Leaf, string> name, int inputs, int columns, int outputs, bool hasBias)
    {
        (Tile? several, Tile single) = Tiles(inputs, outputs);
        int whole = columns / 16 * 16, padded = (columns + 15) / 16 * 16;
        if (whole < padded)
        {
            // Sums of a vector that reaches into the next row cannot be taken up again.
            writer.Open($"for (int n = {Int(padded)} - T.Count; n >= {Int(whole)}; n -= T.Count)");
            RowsOf(single, "0, blockCount");
            writer.Close();
        }

        if (whole > 0)
        {
            const string range = "from, to";
            writer.Line($"const int samples = {Int(SamplesAtOnce)};");
            writer.Open("for (int from = 0, to; from < blockCount; from = to)");
            writer.Line("to = from + (samples / T.Count) < blockCount ? from + (samples / T.Count) : blockCount;");
            if (several is null)
            {
                writer.Open($"for (int n = {Int(whole)} - T.Count; n >= 0; n -= T.Count)");
                RowsOf(single, range);
                writer.Close();
            }
            else
            {
                string width = $"{Int(several.Vectors)} * T.Count";
                Tile? half = Tile.HalfGradient(single, inputs, outputs);
                if (half is not null && whole % (several.Vectors * 16) == 0)
                {
                    writer.Line($"int n = {Int(whole)};");
                }
                else
                {
                    writer.Line($"int n = {Int(whole)}, several = T.Registers == 32 ? n / ({width}) * ({width}) : " +
                        $"{(half is null ? "0" : "n")};");
                    writer.Open("while (n > several)").Line("n -= T.Count;");
                    RowsOf(single, range);
                    writer.Close();
                }

                writer.Open($"while ({(half is null ? "" : "T.Registers == 32 && ")}n > 0)").Line($"n -= {width};");
                RowsOf(several, range);
                writer.Close();
                if (half is not null)
                {
                    writer.Open("while (n > 0)").Line("n -= 2 * T.Count;");
                    RowsOf(half, range, asks: outputs >= ManyOutputs);
                    writer.Close();
                }
            }

            writer.Close();
        }

        if (hasBias)
        {
            writer.Line($"for (int n = {Int(padded)} - T.Count; n >= 0 && lastRow > {Int(inputs)}; n -= T.Count) {name(BiasTile)}" +
                $"(ref Skip(ref rows, n * T.Count), ref Skip(ref target, (({Int(inputs)} - firstRow) * {Int(outputs)}) + n), stride, " +
                    $"blockCount);");
        }

        void RowsOf(Tile tile, string blocks, bool asks = false)
        {
            writer.Line("int k = firstRow;");
            RowsBy(tile, blocks, asks);
            if (inputs % tile.Rows is > 0 and int rest) RowsBy(tile with { Rows = rest }, blocks, asks: false);
        }

        void RowsBy(Tile tile, string blocks, bool asks)
        {
            string loop = $"for (; k <= end - {Int(tile.Rows)}; k += {Int(tile.Rows)})";
            string call = $"{name(SumTile(tile))}(ref Skip(ref x, k * T.Count), ref Skip(ref rows, n * T.Count), " +
                $"ref Skip(ref target, ((k - firstRow) * {Int(outputs)}) + n), stride, {blocks}, {Int(outputs)});";
            if (!asks)
            {
                writer.Line($"{loop} {call}");
                return;
            }

            writer.Open(loop);
            writer.Line($"if (n > 0) {name(Ask)}(ref rows, (n - (2 * T.Count)) * T.Count, stride, from + ((k - firstRow) / 2), to);");
            writer.Line(call);
            writer.Close();
        }
    }

    // A tile of four rows asks for two blocks: a chunk has as many tiles as the samples at once need.
    private static readonly Leaf Ask = new(
        "AskForRows", "Asks for two vectors of outputs of the next columns, those of two blocks, which lie far apart.",
        "ref float rows, int place, int stride, int block, int last",
        writer =>
        {
            writer.Open("for (int b = block; b < block + 2 && b < last; b++)");
            writer.Line("for (int i = 0; i < 2 * T.Count * T.Count; i += 16) T.Prefetch(ref rows, (b * stride) + place + i);");
            writer.Close();
        });

    private static Leaf SumTile(Tile tile) => new(
        $"Gradient{tile}",
            $"dw[k, n] = Σ x[k] dy[n] over blocks up to a last one, taking up the sums of those before the first, for " +
            $"{(tile.Rows == 1 ? "one input" : $"{tile.Rows} inputs")} and " +
            $"{(tile.Vectors == 1 ? "a vector" : $"{tile.Vectors} vectors")} of outputs.",
        "ref float x, ref float rows, ref float dw, int stride, int from, int to, int outputs",
        writer =>
        {
            for (int r = 0; r < tile.Rows; r++)
                writer.Line($"T {string.Join(", ", Vectors(tile).Select(v => $"{Sum(r, v)} = T.Zero"))};");
            writer.Open("if (from > 0)");
            for (int r = 0; r < tile.Rows; r++)
                writer.Line(string.Join(" ", Vectors(tile).Select(v => $"{Sum(r, v)} = T.Load(ref dw, {Row(r)}{Vector(v)});")));
            writer.Close();
            Samples(writer, true, "from", "to", () =>
            {
                // Vectors of a turned block lie in panels: one panel holds a vector of outputs for each of its samples.
                writer.Line($"T {string.Join(", ", Vectors(tile).Select(v => $"g{v} = T.Load(ref row, {(v == 0 ? "0" : $"{(v == 1 ? "" : Int(v) + " * ")}T.Count * T.Count")})"))};");
                for (int r = 0; r < tile.Rows; r++)
                {
                    string place = r == 0 ? "0" : r == 1 ? "T.Count" : $"{Int(r)} * T.Count";
                    if (tile.Vectors == 1)
                    {
                        writer.Line($"{Sum(r, 0)} = T.FmaOf(ref sample, {place}, g0, {Sum(r, 0)});");
                        continue;
                    }

                    string sums = string.Join(" ", Vectors(tile).Select(v => $"{Sum(r, v)} = T.Fma(x0, g{v}, {Sum(r, v)});"));
                    writer.Line($"{(r == 0 ? "T " : "")}x0 = T.Broadcast(ref sample, {place}); {sums}");
                }

                writer.Line("sample = ref Skip(ref sample, 1);");
                writer.Line("row = ref Skip(ref row, T.Count);");
            });
            for (int r = 0; r < tile.Rows; r++)
                foreach (int v in Vectors(tile))
                    writer.Line($"{Sum(r, v)}.Store(ref dw, {Row(r)}{Vector(v)});");
        });

    // Four chains, since nothing but the next sum waits for a sum.
    private static readonly Leaf BiasTile = new(
        "Bias", "db[n] = Σ dy[n] over all samples, for a vector of outputs.", "ref float rows, ref float db, int stride, int blockCount",
        writer =>
        {
            writer.Line("T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;");
            Samples(writer, false, "0", "blockCount", () =>
            {
                for (int c = 0; c < 4; c++)
                    writer.Line($"s{Int(c)} += T.Load(ref row, {(c == 0 ? "0" : Vector(c).Substring(3).Trim('(', ')'))});");
                writer.Line("row = ref Skip(ref row, 4 * T.Count);");
            }, step: 4);
            writer.Line("((s0 + s1) + (s2 + s3)).Store(ref db, 0);");
        });

    // The loops over blocks and their samples.
    private static void Samples(CodeWriter writer, bool readsInputs, string first, string last, Action body, int step = 1)
    {
        writer.Open($"for (int b = {first}; b < {last}; b++)");
        writer.Line($"ref float {(readsInputs ? "sample = ref Skip(ref x, b * stride), " : "")}row = ref Skip(ref rows, b * stride);");
        writer.Open($"for (int lane = 0; lane < T.Count; lane{(step == 1 ? "++" : " += " + Int(step))})");
        body();
        writer.Close();
        writer.Close();
    }

    private static void LaneColumns(CodeWriter writer, Func<Leaf, string> name, int inputs, int outputs, int columns, int positions,
        bool hasBias)
    {
        int rows = Math.Max(1, Math.Min(inputs, LaneSums / columns)), from = outputs - columns;
        string arguments(string k) =>
            $"ref Skip(ref x, {k} * T.Count), ref Skip(ref dy, {Int(from)} * T.Count), ref Skip(ref target, (({k} - firstRow) * " +
            $"{Int(outputs)}) + {Int(from)}), stride, blockCount, {Int(outputs)}";
        writer.Open("").Line("int k = firstRow;");
        writer.Line($"for (; k <= end - {Int(rows)}; k += {Int(rows)}) " +
            $"{name(LaneTile(rows, columns, inputs, outputs, positions))}({arguments("k")});");
        if (rows > 1) writer.Line($"for (; k < end; k++) {name(LaneTile(1, columns, inputs, outputs, positions))}({arguments("k")});");
        if (hasBias) writer.Line($"if (lastRow > {Int(inputs)}) {name(LaneTile(0, columns, inputs, outputs, positions))}({arguments(Int(inputs))});");
        writer.Close();
    }

    // With no rows it is the bias: sums of the gradient alone.
    private static Leaf LaneTile(int rows, int columns, int inputs, int outputs, int positions) => new(
        rows == 0 ? $"LaneBias{columns}" : $"LaneGradient{rows}x{columns}",
        rows == 0 ? $"db[n] = Σ dy[n] over all samples, lane by lane, for {columns} outputs."
        : $"dw[k, n] = Σ x[k] dy[n] over all samples, lane by lane, for {rows} inputs and {columns} outputs.",
        "ref float x, ref float dy, ref float dw, int stride, int blockCount, int outputs",
        writer =>
        {
            int sums = Math.Max(1, rows);
            for (int r = 0; r < sums; r++)
                writer.Line($"T {string.Join(", ", Enumerable.Range(0, columns).Select(c => $"{Sum(r, c)} = T.Zero"))};");
            writer.Open("for (int b = 0; b < blockCount; b++)");
            if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
            string x = positions > 1 ? $"(b * stride) + (p * {Int(inputs)} * T.Count)" : "b * stride", dy = positions > 1
                ? $"(b * stride) + (p * {Int(outputs)} * T.Count)" : "b * stride";
            writer.Line($"T {string.Join(", ", Enumerable.Range(0, columns).Select(c => $"g{c} = T.Load(ref dy, {dy}{Vector(c, parenthesize: true)})"))};");
            for (int r = 0; r < sums; r++)
            {
                if (rows > 0) writer.Line($"{(r == 0 ? "T " : "")}x0 = T.Load(ref x, {x}{Vector(r, parenthesize: true)});");
                writer.Line(string.Join(" ", Enumerable.Range(0, columns)
                    .Select(c => rows == 0 ? $"{Sum(r, c)} += g{c};" : $"{Sum(r, c)} = T.Fma(x0, g{c}, {Sum(r, c)});")));
            }

            if (positions > 1) writer.Close();
            writer.Close();
            for (int r = 0; r < sums; r++)
                for (int c = 0; c < columns; c++)
                    writer.Line($"Unsafe.Add(ref dw, {(r == 0 ? Int(c) : (r == 1 ? "outputs" : $"({Int(r)} * outputs)") + (c == 0 ? "" : " + " + Int(c)))}) = T.Sum({Sum(r, c)});");
        });

    private static IEnumerable<int> Vectors(Tile tile) => Enumerable.Range(0, tile.Vectors);

    private static string Sum(int row, int vector) => $"s{Int(row)}{(char)('a' + vector)}";

    private static string Row(int row) => row == 0 ? "0" : row == 1 ? "outputs" : $"({Int(row)} * outputs)";

    private static string Vector(int vector, bool parenthesize = false) =>
        vector == 0 ? "" : vector == 1 && !parenthesize ? " + T.Count" : $" + ({Int(vector)} * T.Count)";
}
