using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// A transposed convolution of a single sample: vectors run over the channels that are read, which lie side by side in the weights too.
/// What a vector writes after a result is written again by the next.
/// </summary>
internal static class TransposedRowKernel
{
    /// <summary>Results of a tile: so many sums are in flight, and one load of the sample serves them.</summary>
    private const int MostRows = 4;

    public static Kernel Make(ConvolutionTranspose op)
    {
        Window window = op.Window;
        int channels = op.X.Shape.Last, filters = op.Output.Shape.Last, rows = Math.Min(MostRows, filters);
        const string formula = "y[i, c] = Σ w[t, c, n] x[i - t, n]";
        string summary = $"{formula} for {filters} filters of {ConvolutionText.Of(window)} from {channels} channels, one sample.";
        Operand[] operands = [new("x", op.X), new("w", op.Weights), new("y", op.Output)];
        return new("row", op.Layer, summary, operands, [], (writer, name) =>
        {
            GradientRuns runs = new(writer, window, filters, channels, size: "");
            for (int axis = 0; axis < window.Axes.Count; axis++) runs.OpenPlace(axis);
            writer.Line($"int from = {runs.Position()}, weight = {runs.Weight()}, to = {runs.Place(filters)};");
            string next = filters % rows == 0 ? $"c += {Int(rows)}" : $"c = {name(TileLoops.NextTile)}(c, {Int(rows)}, {Int(filters)})";
            writer.Line($"for (int c = 0; c < {Int(filters)}; {next})");
            Leaf tile = Tile(rows, runs.Levels().Count, formula);
            writer.Line($"    {name(tile)}(ref Skip(ref x, from), ref Skip(ref w, weight + ({ConvolutionText.Times("c", channels)})), "
                + $"ref Skip(ref y, to + c), {Int(channels)}{RunNest.Arguments(runs.Levels())});");
            for (int axis = 0; axis < window.Axes.Count; axis++) writer.Close();
        });
    }

    private static Leaf Tile(int rows, int levels, string formula) => new(
        $"RowTranspose{Int(rows)}", $"{formula} at one place, for {(rows == 1 ? "one of the filters" : $"{Int(rows)} filters")}.",
        $"ref float x, ref float w, ref float y, int length{RunNest.Parameters(levels, "x", "w")}",
        writer =>
        {
            string[] sums = [.. Enumerable.Range(0, rows).Select(row => "s" + Int(row))];
            writer.Line($"T {string.Join(", ", sums.Select(sum => $"{sum} = T.Zero"))};");
            RunNest.Write(writer, levels, "x", "w", (x, w) =>
            {
                string[] weights = [.. sums.Select((_, row) => $"T.Load(ref {w}, {ConvolutionKernel.Terms("k", Row(row))})")];
                writer.Line("int k = 0;");
                writer.Open("for (; k <= length - T.Count; k += T.Count)");
                writer.Line($"T vector = T.Load(ref {x}, k);");
                for (int row = 0; row < rows; row++) writer.Line($"{sums[row]} = T.Fma(vector, {weights[row]}, {sums[row]});");
                writer.Close();
                writer.Open("if (k < length)");
                writer.Line($"T left = T.Splat(length - k), vector = T.Load(ref {x}, k);");
                for (int row = 0; row < rows; row++)
                    writer.Line($"{sums[row]} += T.SelectGreater(left, T.Indices, vector * {weights[row]}, T.Zero);");
                writer.Close();
            }, turns: true);
            for (int row = 0; row < rows; row++) writer.Line($"T.Splat(T.Sum({sums[row]})).Store(ref y, {Int(row)});");
        });

    private static string Row(int row) => row == 0 ? "0" : row == 1 ? "length" : $"{Int(row)} * length";
}
