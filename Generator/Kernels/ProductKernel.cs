using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Products of two values of a sample over blocks: lanes are samples, so that both factors are vectors. A tile keeps its sums in registers
/// while it runs over what is summed.
/// </summary>
internal static class ProductKernel
{
    /// <summary>Floats of columns that rows pass by at a time, in the widest lanes: 16 KB of them stay in the first-level cache.</summary>
    private const int PanelFloats = 4096;

    private const int WidestLanes = 16;

    private static readonly string[] Letters = ["i", "j", "h", "l"];

    /// <summary>The kernel of a sum; null where it is no product of two operands, or has more axes than there are names for.</summary>
    public static Kernel? Blocks(Reduce op) =>
        ProductAxes.Of(op) is { } axes && axes.Outer.Count <= Letters.Length ? Make(op, axes) : null;

    private static Kernel Make(Reduce op, ProductAxes axes)
    {
        Operand[] operands = Operand.Of(op.Inputs, op.Output);
        string a = Name(axes.First), b = Name(axes.Second), y = operands[operands.Length - 1].Name;
        bool isSample = op.Inputs[axes.First].IsSample, isSampleToo = op.Inputs[axes.Second].IsSample;
        string factor = axes.Factor == 1 ? "" : $"{Float(axes.Factor)} * ";
        int summed = axes.Sums.Aggregate(1, (size, axis) => size * axis.Size);
        string summary = $"{y}[m, n] = {factor}Σ {a}[m, k] {b}[n, k] for {Int(axes.Rows.Size)} by {Int(axes.Columns.Size)} results, " +
            $"each of {Int(summed)} products{At(axes)}.";
        return new(op.Output.Role == Value.GradientRole ? "backward" : "forward", op.Layer, summary, operands, Kernel.Blocks,
            (writer, name) =>
        {
            ProductTile many = ProductTile.Cover(axes.Rows.Size, axes.Columns.Size, 32),
                few = ProductTile.Cover(axes.Rows.Size, axes.Columns.Size, 16);
            if (many != few) writer.Open("if (T.Registers == 32)");
            Loops(many);
            if (many != few)
            {
                writer.Close().Open("else");
                Loops(few);
                writer.Close();
            }

            void Loops(ProductTile tile)
            {
                writer.Open("for (int b = first; b < last; b++)");
                for (int o = 0; o < axes.Outer.Count; o++)
                    writer.Open($"for (int {Letters[o]} = 0; {Letters[o]} < {Int(axes.Outer[o].Size)}; {Letters[o]}++)");
                int open = 1 + axes.Outer.Count, panel = Math.Max(1, PanelFloats / WidestLanes / summed / tile.Columns) * tile.Columns;
                string column = axes.Columns.Size == tile.Columns ? "0" : "n", row = axes.Rows.Size == tile.Rows ? "0"
                    : "m", end = Int(axes.Columns.Size);
                bool hasPanels = panel < axes.Columns.Size && row != "0";
                if (hasPanels) writer.Line($"for (int group = 0; group <= {Int(axes.Columns.Size - tile.Columns)}; group += {Int(panel)})");
                if (row != "0") writer.Line($"for (int m = 0; m < {Int(axes.Rows.Size)}; {Next("m", tile.Rows, axes.Rows.Size)})");
                if (column != "0")
                {
                    string bounds = hasPanels ? $"int n = group; n < {end} && n < group + {Int(panel)}" : $"int n = 0; n < {end}";
                    writer.Line($"for ({bounds}; {Next("n", tile.Columns, axes.Columns.Size)})");
                }

                writer.Open("");
                string from = Place(op.Accesses[axes.First].Start, axis => axis.FirstStep, isSample),
                    with = Place(op.Accesses[axes.Second].Start, axis => axis.SecondStep, isSampleToo);
                string to = Place(op.Target.Start, axis => axis.ToStep, isSample: true);
                IEnumerable<(string, string, string)> levels =
                    axes.Sums.Select(axis => (Int(axis.Size), Step(axis.FirstStep, isSample), Step(axis.SecondStep, isSampleToo)));
                writer.Line($"{name(Leaf(tile, axes, isSample, isSampleToo))}(ref Skip(ref {a}, {from}), ref Skip(ref {b}, {with}), ref " +
                    $"Skip(ref {y}, {to}), " +
                    $"{Step(axes.Rows.FirstStep, isSample)}, {Step(axes.Columns.SecondStep, isSampleToo)}, " +
                        $"{Step(axes.Rows.ToStep, true)}, {Step(axes.Columns.ToStep, true)}{RunNest.Arguments(levels)});");
                for (int i = 0; i <= open; i++) writer.Close();

                string Place(int start, Func<ProductAxis, int> step, bool isSample)
                {
                    string[] terms =
                    [
                        .. axes.Outer.Select((axis, o) => ConvolutionText.Times(Letters[o], step(axis))),
                        ConvolutionText.Times(row, step(axes.Rows)), ConvolutionText.Times(column, step(axes.Columns)), Int(start),
                    ];
                    string element = ConvolutionKernel.Terms(terms);
                    return !isSample ? element : element == "0" ? "b * stride" : $"(b * stride) + ({element}) * T.Count";
                }
            }

            string Next(string variable, int tile, int size) => size % tile == 0
                ? $"{variable} += {Int(tile)}" : $"{variable} = {name(TileLoops.NextTile)}({variable}, {Int(tile)}, {Int(size)})";
        });

        string Name(int operand) => operands.First(known => known.Value == op.Inputs[operand]).Name;
    }

    private static Leaf Leaf(ProductTile tile, ProductAxes axes, bool isSample, bool isSampleToo) => new(
        $"Product{tile}",
            $"{(axes.Factor == 1 ? "" : Float(axes.Factor) + " * ")}Σ a[m, k] b[n, k] for {Int(tile.Rows)} by {Int(tile.Columns)} " +
            $"results of one block.",
        $"ref float a, ref float b, ref float y, int aRow, int bColumn, int yRow, int " +
            $"yColumn{RunNest.Parameters(axes.Sums.Count, "a", "b")}",
        writer =>
        {
            Multiples(writer, tile.Rows, "aRow");
            Multiples(writer, tile.Columns, "bColumn");
            for (int r = 0; r < tile.Rows; r++)
                writer.Line($"T {string.Join(", ", Enumerable.Range(0, tile.Columns).Select(c => $"{Sum(r, c)} = T.Zero"))};");
            RunNest.Write(writer, axes.Sums.Count, "a", "b", (a, b) =>
            {
                bool holdsRows = tile.Rows < tile.Columns;
                Func<int, string> row = r => Read(a, r, "aRow", isSample), column = c => Read(b, c, "bColumn", isSampleToo);
                (int held, int passing) = holdsRows ? (tile.Rows, tile.Columns) : (tile.Columns, tile.Rows);
                writer.Line($"T {string.Join(", ", Enumerable.Range(0, held).Select(i => $"h{Int(i)} = {(holdsRows ? row : column)(i)}"))};");
                for (int p = 0; p < passing; p++)
                {
                    writer.Line($"T p{Int(p)} = {(holdsRows ? column : row)(p)};");
                    writer.Line(string.Join(" ", Enumerable.Range(0, held).Select(i =>
                    {
                        string sum = holdsRows ? Sum(i, p) : Sum(p, i);
                        return $"{sum} = T.Fma(p{Int(p)}, h{Int(i)}, {sum});";
                    })));
                }
            });
            if (axes.Factor != 1) writer.Line($"T factor = T.Splat({Float(axes.Factor)});");
            for (int r = 0; r < tile.Rows; r++)
                for (int c = 0; c < tile.Columns; c++)
                    writer.Line($"{(axes.Factor == 1 ? Sum(r, c) : $"({Sum(r, c)} * factor)")}.Store(ref y, " +
                        $"{ConvolutionKernel.Terms(Times(r, "yRow"), Times(c, "yColumn"))});");
        });

    // Offsets of rows and columns are worked out before the loop.
    private static void Multiples(CodeWriter writer, int count, string step)
    {
        if (count > 2)
            writer.Line($"int {string.Join(", ", Enumerable.Range(2, count - 2).Select(i => $"{step}{Int(i)} = {Int(i)} * {step}"))};");
    }

    private static string Read(string reference, int number, string step, bool isSample) =>
        $"T.{(isSample ? "Load" : "Broadcast")}(ref {reference}, {(number == 0 ? "0" : number == 1 ? step : step + Int(number))})";

    private static string Times(int number, string step) => number == 0 ? "0" : number == 1 ? step : $"{Int(number)} * {step}";

    private static string Step(int step, bool isSample) =>
        step == 0 ? "0" : !isSample ? Int(step) : step == 1 ? "T.Count" : $"{Int(step)} * T.Count";

    private static string Sum(int row, int column) => $"s{Int(row)}{(char)('a' + column)}";

    private static string At(ProductAxes axes) =>
        axes.Outer.Count == 0 ? "" : $", for each of {Int(axes.Outer.Aggregate(1, (size, axis) => size * axis.Size))}";
}
