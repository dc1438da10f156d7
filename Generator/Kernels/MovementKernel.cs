using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Moves elements as they are: turns features and samples of a block, copies runs of features.</summary>
internal static class MovementKernel
{
    /// <summary>
    /// Features and samples of each block exchanged, by register transposes. With panels first, what is read of some positions for a vector
    /// of features is one run; with rows, what is read of a sample is.
    /// </summary>
    public static Kernel Turn(Turn op)
    {
        Shape shape = op.Inputs[0].Shape;
        int positions = shape.Positions;
        string where = positions > 1 ? $" at {Int(positions)} positions" : "";
        string how = op.Layout == TurnLayout.Rows ? "row after row" : "in panels of one vector a sample";
        return new("turn", op.Layer, $"rows[sample, n] = dy[n, sample] for {shape.Last} outputs{where}, {how}.",
            [new("dy", op.Inputs[0]), new("rows", op.Output)], Kernel.Blocks,
            writer =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
                string from = positions > 1 ? $"(((p * {Int(shape.Last)}) + n) * T.Count)" : "(n * T.Count)";
                string length = Int(Ops.Turn.RowLength(shape));
                (string to, string step) = op.Layout switch
                {
                    TurnLayout.Rows => (positions == 1 ? "n" : $"(p * {length} * T.Count) + n", length),
                    _ when positions == 1 => ("(n * T.Count)", "T.Count"),
                    TurnLayout.PanelsFirst => ($"(((n * {Int(positions)}) + (p * T.Count)) * T.Count)", "T.Count"),
                    _ => ($"(((p * {length}) + n) * T.Count)", "T.Count"),
                };
                writer.Open($"for (int n = 0; n < {Int(shape.Last)}; n += T.Count)");
                writer.Line($"T.Transpose(ref dy, (b * stride) + {from}, T.Count, ref rows, (b * stride) + {to}, {step});");
                writer.Close();
                if (op.Layout == TurnLayout.PanelsFirst && shape.Last % 16 > 0) ClearAfter(writer, shape.Last, positions);
                if (positions > 1) writer.Close();
                writer.Close();
            });
    }

    // The last vector of a row of the kernel is read beyond the row's end, and added to what stands there.
    private static void ClearAfter(CodeWriter writer, int outputs, int positions)
    {
        writer.Line($"const int outputs = {Int(outputs)};");
        writer.Open("for (int lane = 0; lane < T.Count && outputs % T.Count > 0; lane++)");
        string panel = positions > 1 ? $"(outputs / T.Count * T.Count * {Int(positions)}) + (p * T.Count)"
            : "(outputs / T.Count * T.Count)";
        writer.Line($"int end = (b * stride) + (({panel} + lane) * T.Count);");
        writer.Line("T.SelectGreater(T.Splat(outputs % T.Count), T.Indices, T.Load(ref rows, end), T.Zero).Store(ref rows, end);");
        writer.Close();
    }

    /// <summary>A run of each row.</summary>
    public static Kernel Slice(Slice op) =>
        Blocks("slice", op, $"y[o, i] = x[o, {op.Start} + i] for {op.Outer} runs of {op.Run} features.",
        [new(op.Inputs[0], op.From, op.Start, op.Run, 0, op.Run)]);

    /// <summary>Runs side by side; null where all were made there.</summary>
    /// <param name="op">The op.</param>
    /// <param name="isThere">Whether an input was made where it lies in the output.</param>
    public static Kernel? Concatenate(Concatenate op, Func<int, bool> isThere)
    {
        Run[] runs = Runs(op, isThere);
        return runs.Length == 0 ? null
            : Blocks("concatenate", op,
            $"y[o] = {Names(op)} side by side, for {op.Outer} rows of {op.Output.Shape.Size / op.Outer} features.", runs);
    }

    /// <summary>A run of each row of a single sample.</summary>
    public static Kernel SingleSlice(Slice op) =>
        Single("slice", op, $"y[o, i] = x[o, {op.Start} + i] for {op.Outer} runs of {op.Run} features, one sample.",
        [new(op.Inputs[0], op.From, op.Start, op.Run, 0, op.Run)]);

    /// <summary>Runs of a single sample side by side.</summary>
    public static Kernel SingleConcatenate(Concatenate op) =>
        Single("concatenate", op,
            $"y[o] = {Names(op)} side by side, for {op.Outer} rows of {op.Output.Shape.Size / op.Outer} features, one sample.",
            Runs(op, _ => false));

    private static string Names(Concatenate op) =>
        string.Join(", ", Enumerable.Range(0, op.Inputs.Count).Select(i => "x" + (i == 0 ? "" : Int(i)) + "[o]"));

    private static Run[] Runs(Concatenate op, Func<int, bool> isThere) =>
        [.. Enumerable.Range(0, op.Inputs.Count).Where(i => !isThere(i))
            .Select(i => new Run(op.Inputs[i], op.Run(i), 0, op.Output.Shape.Size / op.Outer, op.Start(i), op.Run(i)))];

    private static Kernel Blocks(string role, Op op, string summary, Run[] runs)
    {
        Operand[] operands = Operand.Of([.. runs.Select(run => run.From)], op.Output);
        string y = operands[operands.Length - 1].Name;
        int outer = op.Output.Shape.Size / runs[0].ToRow;
        return new(role, op.Layer, summary, operands, Kernel.Blocks, writer =>
        {
            writer.Open("for (int b = first; b < last; b++)");
            if (outer > 1) writer.Open($"for (int o = 0; o < {Int(outer)}; o++)");
            foreach (Run run in runs)
            {
                string x = operands.First(operand => operand.Value == run.From).Name;
                writer.Line($"for (int i = 0; i < {Int(run.Length)}; i++) T.Load(ref {x}, (b * stride) + " +
                    $"({Place(run.FromRow, run.FromStart)} * T.Count)).Store(ref {y}, (b * stride) + ({Place(run.ToRow, run.ToStart)} * " +
                    $"T.Count));");
            }

            if (outer > 1) writer.Close();
            writer.Close();
        });

        string Place(int row, int start) => Sum(outer > 1 ? $"(o * {Int(row)})" : "", start);
    }

    // The last vector of a run may reach into the next one, which is written after it.
    private static Kernel Single(string role, Op op, string summary, Run[] runs)
    {
        Operand[] operands = Operand.Of([.. runs.Select(run => run.From)], op.Output);
        string y = operands[operands.Length - 1].Name;
        int outer = op.Output.Shape.Size / runs[0].ToRow;
        return new(role, op.Layer, summary, operands, [], writer =>
        {
            if (outer > 1) writer.Open($"for (int o = 0; o < {Int(outer)}; o++)");
            foreach (Run run in runs)
            {
                string x = operands.First(operand => operand.Value == run.From).Name;
                writer.Line($"for (int i = 0; i < {Int(run.Length)}; i += T.Count) T.Load(ref {x}, " +
                    $"{Place(run.FromRow, run.FromStart)}).Store(ref {y}, {Place(run.ToRow, run.ToStart)});");
            }

            if (outer > 1) writer.Close();
        });

        string Place(int row, int start) => Sum(outer > 1 ? $"(o * {Int(row)})" : "", start);
    }

    private static string Sum(string row, int start)
    {
        string[] terms = [.. new[] { row, start == 0 ? "" : Int(start), "i" }.Where(term => term.Length > 0)];
        return terms.Length == 1 ? terms[0] : "(" + string.Join(" + ", terms) + ")";
    }

    /// <summary>Elements to copy of each row: the length of a row on both sides, and where the run begins in it.</summary>
    private sealed record Run(Value From, int FromRow, int FromStart, int ToRow, int ToStart, int Length);
}
