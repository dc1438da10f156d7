using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Products of two values of a single sample: vectors run over columns that lie side by side in one factor and in the result, numbers of
/// the other factor are broadcast. Results are written in the order in which they lie: what a vector writes after the last column is
/// written again.
/// </summary>
internal static class ProductRowKernel
{
    private const int MostVectors = 4;

    /// <summary>Sums that are in flight at once: a fused multiply-add takes 4 cycles and two start in each.</summary>
    private const int Chains = 8;

    private static readonly string[] Letters = ["i", "j", "h", "l", "m"];

    /// <summary>The kernel of a sum; null where it is no such product.</summary>
    public static Kernel? Make(Reduce op) => Axes(op) is { } axes ? Make(op, axes) : null;

    /// <summary>How many columns the vectors run over; null where it is no such product.</summary>
    public static int? Columns(Reduce op) => Axes(op)?.Columns.Size;

    // The axes, turned so that the columns of the second factor lie side by side.
    private static ProductAxes? Axes(Reduce op)
    {
        if (ProductAxes.Of(op) is not { } axes || axes.Outer.Count >= Letters.Length) return null;
        return IsVector(axes.Columns) ? axes : IsVector(axes.Turned().Columns) ? axes.Turned() : null;
    }

    private static bool IsVector(ProductAxis columns) => columns is { Size: > 1, SecondStep: 1, ToStep: 1 };

    private static Kernel Make(Reduce op, ProductAxes axes)
    {
        Operand[] operands = Operand.Of(op.Inputs, op.Output);
        string a = Name(axes.First), b = Name(axes.Second), y = operands[operands.Length - 1].Name;
        string factor = axes.Factor == 1 ? "" : $"{Float(axes.Factor)} * ";
        int columns = axes.Columns.Size,
            vectors = Math.Min(MostVectors, (columns + RowKernel.MostFeaturesInVector - 1) / RowKernel.MostFeaturesInVector);
        ProductAxis[] outer = [.. axes.Outer.Append(axes.Rows).Where(axis => axis.Size > 1).OrderByDescending(axis => axis.ToStep)];
        ProductAxis inner = axes.Sums[axes.Sums.Count - 1];
        int chains = Math.Min(inner.Size, Chains / vectors);
        return new("row", op.Layer, $"{y}[m, n] = {factor}Σ {a}[m, k] {b}[n, k] for {Int(op.Output.Shape.Size)} results, one sample.",
            operands, [], writer =>
        {
            for (int o = 0; o < outer.Length; o++)
                writer.Open($"for (int {Letters[o]} = 0; {Letters[o]} < {Int(outer[o].Size)}; {Letters[o]}++)");
            writer.Line($"int from = {Place(op.Accesses[axes.First].Start, axis => axis.FirstStep)}, beside = " +
                $"{Place(op.Accesses[axes.Second].Start, axis => axis.SecondStep)}, to = {Place(op.Target.Start, axis => axis.ToStep)};");
            writer.Open($"for (int n = 0; n < {Int(columns)}; n += {(vectors > 1 ? Int(vectors) + " * " : "")}T.Count)");
            for (int c = 0; c < chains; c++)
                writer.Line($"T {string.Join(", ", Enumerable.Range(0, vectors).Select(v => $"{Sum(c, v)} = T.Zero"))};");
            writer.Line($"ref float x0 = ref Skip(ref {a}, from), w0 = ref Skip(ref {b}, beside + n);");
            int levels = axes.Sums.Count - 1;
            for (int level = 0; level < levels; level++)
            {
                writer.Open($"for (int k{Int(level)} = 0; k{Int(level)} < {Int(axes.Sums[level].Size)}; k{Int(level)}++)");
                writer.Line($"ref float x{Int(level + 1)} = ref x{Int(level)}, w{Int(level + 1)} = ref w{Int(level)};");
            }

            string x = "x" + Int(levels), w = "w" + Int(levels);
            int rounds = inner.Size / chains, rest = inner.Size % chains;
            if (rounds > 1) writer.Open($"for (int round = 0; round < {Int(rounds)}; round++)");
            Steps(chains);
            if (rounds > 1 || rest > 0)
                writer.Line($"{x} = ref Skip(ref {x}, {Int(chains * inner.FirstStep)});")
                    .Line($"{w} = ref Skip(ref {w}, {Int(chains * inner.SecondStep)});");
            if (rounds > 1) writer.Close();
            Steps(rest);
            for (int level = levels - 1; level >= 0; level--)
            {
                string number = Int(level);
                writer.Line($"x{number} = ref Skip(ref x{number}, {Int(axes.Sums[level].FirstStep)});")
                    .Line($"w{number} = ref Skip(ref w{number}, {Int(axes.Sums[level].SecondStep)});");
                writer.Close();
            }

            for (int v = 0; v < vectors; v++)
            {
                string sum = string.Join(" + ", Enumerable.Range(0, chains).Select(c => Sum(c, v)));
                string value = axes.Factor == 1 ? (chains > 1 ? $"({sum})" : sum) : $"(({sum}) * T.Splat({Float(axes.Factor)}))";
                writer.Line($"{value}.Store(ref {y}, to + n{Vector(v)});");
            }

            for (int open = outer.Length; open >= 0; open--) writer.Close();

            void Steps(int count)
            {
                for (int c = 0; c < count; c++)
                    writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v =>
                        $"{Sum(c, v)} = T.FmaFrom(ref {x}, {Int(c * inner.FirstStep)}, ref {w}, {Offset(c * inner.SecondStep, v)}, " +
                            $"{Sum(c, v)});")));
            }

            string Place(int start, Func<ProductAxis, int> step) =>
                ConvolutionKernel.Terms([.. outer.Select((axis, o) => ConvolutionText.Times(Letters[o], step(axis))), Int(start)]);
        });

        string Name(int operand) => operands.First(known => known.Value == op.Inputs[operand]).Name;
    }

    private static string Sum(int chain, int vector) => $"{(char)('a' + vector)}{Int(chain)}";

    private static string Offset(int start, int vector) =>
        vector == 0 ? Int(start) : start == 0 ? Vector(vector).Substring(3) : Int(start) + Vector(vector);

    private static string Vector(int vector) => vector == 0 ? "" : vector == 1 ? " + T.Count" : $" + ({Int(vector)} * T.Count)";
}
