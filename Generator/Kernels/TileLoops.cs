using CompiledNets.Generator.Emit;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>The loops of a contraction over tiles of its results and over blocks, around the calls of its leaves.</summary>
/// <param name="Writer">Where they are written.</param>
/// <param name="Row">The variable that counts results.</param>
/// <param name="Rows">The results.</param>
/// <param name="Positions">Positions of a sample, each a contraction of its own.</param>
/// <param name="Source">What is read.</param>
/// <param name="SourceSize">Features of it at a position.</param>
/// <param name="Target">What is written.</param>
/// <param name="Beside">What else is read where the target is written; empty where there is nothing.</param>
/// <param name="Name">Gives the name of a leaf.</param>
/// <param name="Leaf">The leaf of a tile.</param>
internal sealed record TileLoops(
    CodeWriter Writer, string Row, int Rows, int Positions, string Source, int SourceSize, string Target, string Beside, Func<Leaf,
        string> Name, Func<Tile, Leaf> Leaf)
{
    public static readonly Leaf NextTile =
        new("NextTile", "The first row of the next tile; the last tile overlaps the one before.", "int row, int tile, int rows",
        writer => writer.Line("return row + tile >= rows || row + (2 * tile) <= rows ? row + tile : rows - tile;"))
        {
            Returns = "int",
            IsInlined = true,
        };

    /// <summary>Two blocks at a time where there are 32 registers, one where there are 16.</summary>
    /// <param name="tile">The tile of two blocks; that of one has the same rows.</param>
    /// <param name="weights">The first weight of a tile, and how the leaf finds the others.</param>
    public void Write(Tile tile, (string First, string Sizes) weights)
    {
        Writer.Line("int side = T.Registers == 32 ? 2 : 1;");
        Over(tile, "side", () => PairOrOne("side == 2 && b + 1 < last", tile, weights));
    }

    /// <summary>Two blocks at a time everywhere.</summary>
    /// <param name="tile">The tile of two blocks, for 16 registers; that of one has the same rows.</param>
    /// <param name="weights">The first weight of a tile, and how the leaf finds the others.</param>
    /// <param name="together">
    /// Tiles that a pair of blocks is read for at once: its values are fetched from afar once for all of them.
    /// </param>
    public void WritePairs(Tile tile, (string First, string Sizes) weights, int together = 1) =>
        Over(tile, "2", () => PairOrOne("b + 1 < last", tile, weights), together);

    /// <summary>Two blocks at a time, with one leaf; returns behind them.</summary>
    /// <param name="tile">The tile, for 16 registers.</param>
    /// <param name="weights">The first weight of a tile, and how the leaf finds the others.</param>
    public void WriteHalf(Tile tile, (string First, string Sizes) weights)
    {
        // A last block without a partner is its own.
        Over(tile, "2", () => Writer.Line(Call(tile, weights, "b + 1 < last ? stride : 0")));
        Writer.Line("return;");
    }

    private void PairOrOne(string isPair, Tile tile, (string First, string Sizes) weights)
    {
        Writer.Line($"if ({isPair}) {Call(tile, weights, "stride")}");
        Writer.Line($"else {Call(tile with { Vectors = 1 }, weights, "stride")}");
    }

    private void Over(Tile tile, string side, Action calls, int together = 1)
    {
        // The last tile takes some results once more rather than have a size of its own: they come out the same.
        string next = Rows % tile.Rows == 0 ? $"{Row} += {Int(tile.Rows)}"
            : $"{Row} = {Name(NextTile)}({Row}, {Int(tile.Rows)}, {Int(Rows)})";
        if (tile.Rows == Rows)
        {
            Writer.Open($"for (int {Row} = 0, b = first; b < last; b += {side})");
        }
        else if (together > 1)
        {
            int rows = together * tile.Rows;
            Writer.Line($"for (int group = 0; group <= {Int(Rows - tile.Rows)}; group += {Int(rows)})");
            Writer.Line($"for (int b = first; b < last; b += {side})");
            Writer.Open($"for (int {Row} = group; {Row} < {Int(Rows)} && {Row} < group + {Int(rows)}; {next})");
        }
        else
        {
            Writer.Line($"for (int {Row} = 0; {Row} < {Int(Rows)}; {next})");
            Writer.Open($"for (int b = first; b < last; b += {side})");
        }

        if (Positions > 1) Writer.Open($"for (int p = 0; p < {Int(Positions)}; p++)");
        string read = Positions > 1 ? $"(b * stride) + (p * {Int(SourceSize)} * T.Count)" : "b * stride";
        string written = Positions > 1 ? $"(b * stride) + (((p * {Int(Rows)}) + {Row}) * T.Count)" : $"(b * stride) + ({Row} * T.Count)";
        Writer.Line($"int from = {read}, to = {written};");
        calls();
        if (Positions > 1) Writer.Close();
        Writer.Close();
    }

    private string Call(Tile tile, (string First, string Sizes) weights, string stride)
    {
        string beside = Beside.Length == 0 ? "" : $"ref Skip(ref {Beside}, to), ";
        return $"{Name(Leaf(tile))}(ref Skip(ref {Source}, from), {weights.First}, ref Skip(ref {Target}, to), {beside}{stride}, " +
            $"{weights.Sizes});";
    }
}
