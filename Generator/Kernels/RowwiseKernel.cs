using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Functions of the last axis as a whole, over blocks: the scalar algorithm with each number a vector of samples.</summary>
internal static class RowwiseKernel
{
    public static Kernel Forward(Rowwise op)
    {
        int classes = op.Layout.Count, results = op.Output.Shape.Size / op.Layout.Positions;
        string step = Step(op.Layout);
        return new("activate", op.Layer, $"y[c] = {Name(op.Kind)}(x)[c] of {classes} values{At(op.Layout.Positions)}.",
            [new("x", op.Inputs[0]), new("y", op.Output)], Kernel.Blocks,
            writer =>
            {
                Begin(writer, op.Layout, [("x", classes), ("y", results)]);
                switch (op.Kind)
                {
                    case RowwiseKind.Softmax:
                        MaxAndSum(writer, classes, step, store: true);
                        writer.Line($"{Each(classes)} (T.Load(ref y, y0 + (c * {step})) / sum).Store(ref y, y0 + (c * {step}));");
                        break;
                    case RowwiseKind.LogSoftmax:
                        MaxAndSum(writer, classes, step, store: false);
                        writer.Line("T log = LaneMath.Log(sum);");
                        writer.Line($"{Each(classes)} (T.Load(ref x, x0 + (c * {step})) - max - log).Store(ref y, y0 + (c * {step}));");
                        break;
                    case RowwiseKind.Sparsemax:
                        Threshold(writer, classes, step);
                        writer.Line($"{Each(classes)} T.Max(T.Zero, T.Load(ref x, x0 + (c * {step})) - threshold).Store(ref y, y0 + (c " +
                            $"* {step}));");
                        break;
                    default:
                        writer.Open(Each(results));
                        writer.Line($"T gate = LaneMath.Sigmoid(T.Load(ref x, x0 + ((c + {Int(results)}) * {step})));");
                        writer.Line($"(T.Load(ref x, x0 + (c * {step})) * gate).Store(ref y, y0 + (c * {step}));");
                        writer.Close();
                        break;
                }

                End(writer, op.Layout);
            });
    }

    public static Kernel Backward(RowwiseGradient op)
    {
        int classes = op.Layout.Count, upstream = op.Inputs[1].Shape.Size / op.Layout.Positions;
        string step = Step(op.Layout);
        string kept = op.Kind is RowwiseKind.Softmax or RowwiseKind.LogSoftmax ? "y" : "x";
        return new("backward", op.Layer, $"dx[c] = Σ dy[j] d{Name(op.Kind)}[j] / dx[c] of {classes} values{At(op.Layout.Positions)}.",
            [new(kept, op.Inputs[0]), new("dy", op.Inputs[1]), new("dx", op.Output)], Kernel.Blocks,
            writer =>
            {
                Begin(writer, op.Layout, [(kept, classes), ("dy", upstream), ("dx", classes)]);
                switch (op.Kind)
                {
                    case RowwiseKind.Softmax:
                        writer.Line("T sum = T.Zero;");
                        writer.Line($"{Each(classes)} sum = T.Fma(T.Load(ref dy, dy0 + (c * {step})), T.Load(ref y, y0 + (c * {step})), " +
                            $"sum);");
                        writer.Line($"{Each(classes)} (T.Load(ref y, y0 + (c * {step})) * (T.Load(ref dy, dy0 + (c * {step})) - " +
                            $"sum)).Store(ref dx, dx0 + (c * {step}));");
                        break;
                    case RowwiseKind.LogSoftmax:
                        writer.Line("T sum = T.Zero;");
                        writer.Line($"{Each(classes)} sum += T.Load(ref dy, dy0 + (c * {step}));");
                        writer.Line($"{Each(classes)} (T.Load(ref dy, dy0 + (c * {step})) - (LaneMath.Exp(T.Load(ref y, y0 + (c * " +
                            $"{step}))) * sum)).Store(ref dx, dx0 + (c * {step}));");
                        break;
                    case RowwiseKind.Sparsemax:
                        SparsemaxBackward(writer, classes, step);
                        break;
                    default:
                        writer.Open(Each(upstream));
                        writer.Line($"T gate = LaneMath.Sigmoid(T.Load(ref x, x0 + ((c + {Int(upstream)}) * {step}))), g = T.Load(ref " +
                            $"dy, dy0 + (c * {step})) * gate;");
                        writer.Line($"g.Store(ref dx, dx0 + (c * {step}));");
                        writer.Line($"(g * T.Load(ref x, x0 + (c * {step})) * (T.Splat(1f) - gate)).Store(ref dx, dx0 + ((c + " +
                            $"{Int(upstream)}) * {step}));");
                        writer.Close();
                        break;
                }

                End(writer, op.Layout);
            });
    }

    private static void Begin(CodeWriter writer, RowwiseLayout layout, (string Name, int Size)[] rows)
    {
        writer.Open("for (int b = first; b < last; b++)");
        if (layout.Outer > 1) writer.Open($"for (int p = 0; p < {Int(layout.Outer)}; p++)");
        if (layout.Inner > 1) writer.Open($"for (int i = 0; i < {Int(layout.Inner)}; i++)");
        writer.Line($"int {string.Join(", ", rows.Select(row => $"{row.Name}0 = {Start(row.Size)}"))};");

        string Start(int size) => layout switch
        {
            { Outer: > 1, Inner: > 1 } => $"(b * stride) + (((p * {Int(size * layout.Inner)}) + i) * T.Count)",
            { Inner: > 1 } => "(b * stride) + (i * T.Count)",
            { Outer: > 1 } => $"(b * stride) + (p * {Int(size)} * T.Count)",
            _ => "b * stride",
        };
    }

    private static void End(CodeWriter writer, RowwiseLayout layout)
    {
        if (layout.Outer > 1) writer.Close();
        if (layout.Inner > 1) writer.Close();
        writer.Close();
    }

    // From one element of a row to the next.
    private static string Step(RowwiseLayout layout) => layout.Inner > 1 ? $"{Int(layout.Inner)} * T.Count" : "T.Count";

    private static void MaxAndSum(CodeWriter writer, int classes, string step, bool store)
    {
        writer.Line("T max = T.Load(ref x, x0), sum = T.Zero;");
        writer.Line($"for (int c = 1; c < {Int(classes)}; c++) max = T.Max(max, T.Load(ref x, x0 + (c * {step})));");
        writer.Open(Each(classes));
        writer.Line($"T e = LaneMath.Exp(T.Load(ref x, x0 + (c * {step})) - max);");
        if (store) writer.Line($"e.Store(ref y, y0 + (c * {step}));");
        writer.Line("sum += e;");
        writer.Close();
    }

    // Rank and cumulative sum of each value as a sort would give them; equal values in their order.
    private static void RankAndSum(CodeWriter writer, int classes, string step)
    {
        writer.Line($"T value = T.Load(ref x, x0 + (c * {step})), rank = T.Zero, cumulative = T.Zero;");
        writer.Open(Each(classes, "j"));
        writer.Line($"T other = T.Load(ref x, x0 + (j * {step}));");
        writer.Line("rank += j <= c ? T.SelectGreaterOrEqual(other, value, one, T.Zero) : T.SelectGreater(other, value, one, T.Zero);");
        writer.Line("cumulative += j <= c ? T.SelectGreaterOrEqual(other, value, other, T.Zero) : T.SelectGreater(other, value, other, " +
            "T.Zero);");
        writer.Close();
    }

    private static void Threshold(CodeWriter writer, int classes, string step)
    {
        writer.Line("T one = T.Splat(1f), total = T.Zero, support = T.Zero;");
        writer.Open(Each(classes));
        RankAndSum(writer, classes, step);
        writer.Line("T reach = T.Fma(rank, value, one);");
        writer.Line("support += T.SelectGreater(reach, cumulative, one, T.Zero);");
        writer.Line("total += T.SelectGreater(reach, cumulative, cumulative, T.Zero);");
        writer.Close();
        writer.Line("T threshold = (total - one) / support;");
    }

    private static void SparsemaxBackward(CodeWriter writer, int classes, string step)
    {
        Threshold(writer, classes, step);
        writer.Line("T sum = T.Zero;");
        writer.Line($"{Each(classes)} sum += T.SelectGreater(T.Load(ref x, x0 + (c * {step})), threshold, T.Load(ref dy, dy0 + (c * " +
            $"{step})), T.Zero);");
        writer.Open(Each(classes));
        RankAndSum(writer, classes, step);
        writer.Line($"T through = T.SelectGreater(value, threshold, T.Load(ref dy, dy0 + (c * {step})), T.Zero);");
        writer.Line("T share = T.SelectGreaterOrEqual(support, rank, sum * (support - rank + one) / support, T.Zero);");
        writer.Line($"(through - share).Store(ref dx, dx0 + (c * {step}));");
        writer.Close();
    }

    private static string Each(int count, string name = "c") => $"for (int {name} = 0; {name} < {Int(count)}; {name}++)";

    private static string Name(RowwiseKind kind) => kind switch
    {
        RowwiseKind.Softmax => "softmax",
        RowwiseKind.LogSoftmax => "log_softmax",
        RowwiseKind.Sparsemax => "sparsemax",
        _ => "glu",
    };

    private static string At(int positions) => positions > 1 ? $", at each of {Int(positions)} positions" : "";
}
