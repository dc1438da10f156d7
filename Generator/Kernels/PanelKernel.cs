using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The way of narrow lanes through a large kernel: they have few products for each weight, so they read a copy in panels of outputs, in
/// which the weights of a tile follow each other input by input. Rows of weights lie kilobytes apart: each input would take a line of the
/// cache for the few weights of a tile, and rows a power of two apart push each other out.
/// </summary>
/// <remarks>The runtime makes the copy and keeps it up to date: <c>Training/WeightPanels.cs</c>.</remarks>
internal static class PanelKernel
{
    /// <summary>
    /// Outputs of a panel: a multiple of the rows of both tiles. The last one has up to half as many more, so that a tile fits into each.
    /// </summary>
    public const int Width = 24, MostWidth = Width + (Width / 2) - 1;

    /// <summary>The width in generated code: only narrow lanes read panels.</summary>
    public static readonly string WidthOf = $"T.Count < 16 ? {Int(Width)} : 0";

    /// <summary>Rows of a tile of two blocks and of one: as many sums as 16 registers hold.</summary>
    private const int PairRows = 6, SingleRows = 12;

    /// <summary>Whether narrow lanes read the kernel of a contraction in panels.</summary>
    public static bool Suits(Contraction op) =>
        op.Weights.Space == Space.Weight && op.Output.Shape.Last >= SingleRows
        && Tile.PaysHalf(op.X.Shape.Last, op.Output.Shape.Last);

    /// <summary>Writes the loops; they return.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="op">The contraction.</param>
    /// <param name="leaf">Gives the name of the leaf of a tile.</param>
    /// <param name="next">Name of what gives the first row of the next tile.</param>
    public static void Write(CodeWriter writer, Contraction op, Func<Tile, string> leaf, string next)
    {
        int inputs = op.X.Shape.Last, outputs = op.Output.Shape.Last, positions = op.X.Shape.Positions;
        int rows = inputs + (op.Bias is null ? 0 : 1);
        writer.Open("if (T.Count < 16)");
        writer.Line($"// Narrow lanes read the weights in panels of {Int(Width)} outputs, where those of a tile follow each other.");
        if (outputs <= MostWidth) writer.Line($"const int n = 0, width = {Int(outputs)};").Line("ref float panel = ref panels;");
        else
        {
            writer.Open($"for (int n = 0, width; n < {Int(outputs)}; n += width)");
            writer.Line($"width = {Int(outputs)} - n <= {Int(MostWidth)} ? {Int(outputs)} - n : {Int(Width)};");
            writer.Line($"ref float panel = ref Skip(ref panels, n * {Int(rows)});");
        }

        writer.Open("for (int b = first; b < last; b += 2)");
        if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
        string read = positions > 1 ? $" + (p * {Int(inputs)} * T.Count)" : "";
        string written = positions > 1 ? $"((p * {Int(outputs)}) + n)" : "n";
        writer.Line($"int from = (b * stride){read}, to = (b * stride) + ({written} * T.Count);");
        writer.Line("if (b + 1 < last)").Line($"    {Tiles(new(PairRows, 2))}");
        writer.Line("else").Line($"    {Tiles(new(SingleRows, 1))}");
        if (positions > 1) writer.Close();
        writer.Close();
        if (outputs > MostWidth) writer.Close();
        writer.Line().Line("return;");
        writer.Close().Line();

        string Tiles(Tile tile) =>
            $"for (int r = 0; r < width; r = {next}(r, {Int(tile.Rows)}, width)) " +
            $"{leaf(tile)}(ref Skip(ref x, from), ref Skip(ref panel, r), " +
            $"ref Skip(ref y, to + (r * T.Count)), {(op.Beside is null ? "" : "ref Skip(ref z, to + (r * T.Count)), ")}stride, " +
                $"{Int(inputs)}, width);";
    }
}
