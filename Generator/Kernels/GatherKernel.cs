using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Rows of a table, looked up by indices. The loops are the runtime's: nothing of them is a literal's to decide.</summary>
internal static class GatherKernel
{
    private const string Rows = "global::CompiledNets.Numerics.TableRows";

    /// <summary>Over blocks: each lane has an index of its own.</summary>
    public static Kernel Blocks(Gather op) => new("forward", op.Layer, $"y[p] = table[x[p]] for {Sizes(op.Indices, op.Table)}.",
        [new("x", op.Indices), new("w", op.Table), new("y", op.Output)], Kernel.Blocks,
        writer => writer.Line(
            $"{Rows}.Gather<T>(ref x, ref w, ref y, stride, {Int(op.Indices.Shape.Size)}, {Int(op.Table.Shape.Last)}, first, last);"));

    /// <summary>Of a single sample.</summary>
    public static Kernel Single(Gather op) => new("row", op.Layer, $"y[p] = table[x[p]] for {Sizes(op.Indices, op.Table)}, one sample.",
        [new("x", op.Indices), new("w", op.Table), new("y", op.Output)], [],
        writer => writer.Line($"{Rows}.Copy(ref x, ref w, ref y, {Int(op.Indices.Shape.Size)}, {Int(op.Table.Shape.Last)});"));

    /// <summary>Finds the places of each row, once all blocks are there.</summary>
    public static Kernel Places(RowPlaces op) => new("places", op.Layer,
        $"firstPlaces[row], nextPlaces[p]: where {Int(op.Indices.Shape.Size)} places look up each of {Int(op.First.Shape.Size)} rows.",
        [new("x", op.Indices), new("firstPlaces", op.First), new("nextPlaces", op.Next)], Kernel.After,
        writer => writer.Line($"{Rows}.FindPlaces<T>(ref x, ref firstPlaces, ref nextPlaces, stride, blockCount, " +
            $"{Int(op.Indices.Shape.Size)}, {Int(op.First.Shape.Size)});"));

    /// <summary>The gradient of some rows of the table.</summary>
    public static Kernel Gradient(GatherGradient op)
    {
        int columns = op.Output.Shape.Last;
        return new("gradient", op.Layer, $"dw[r] = Σ dy[p] over the places p of r in all samples, for {Sizes(op.Indices, op.Output)}.",
            [new("firstPlaces", op.First), new("nextPlaces", op.Next), new("rows", op.Upstream)],
            op.SumsSquares ? [.. WeightGradientKernel.Rows, new("ref float squares", "ref more")] : WeightGradientKernel.Rows,
            writer => writer.Line($"{Rows}.Gradient<T>(ref firstPlaces, ref nextPlaces, ref rows, stride, {Int(columns)}, "
                + $"{Int(Turn.RowLength(op.Upstream.Shape))}, firstRow, lastRow, ref target"
                + $"{(op.SumsSquares ? ", ref squares" : "")});"));
    }

    private static string Sizes(Value indices, Value table) =>
        $"{Int(indices.Shape.Size)} places and a table of {Int(table.Shape.Positions)} rows of {Int(table.Shape.Last)}";
}
