using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Means and largest numbers of windows, and their gradients, which each element gathers from the windows that have it.</summary>
internal static class PoolKernel
{
    /// <summary>Elements of a window, or windows of an element, up to which they are written one by one.</summary>
    private const int FewCells = 16;

    private static readonly string[] Outer = ["p", "q", "r"];
    private static readonly string[] Inner = ["i", "j", "k"];

    /// <summary>Over blocks.</summary>
    public static Kernel Blocks(Pool op) => new("pool", op.Layer, Summary(op, ""), Operands(op), Kernel.Blocks, writer =>
    {
        writer.Open("for (int b = first; b < last; b++)");
        Forward(writer, op, "c++", element => $"(b * stride) + ({element} * T.Count)");
        writer.Close();
    });

    /// <summary>Over a single sample: vectors over channels. The last one reaches into the next results, which are made after it.</summary>
    public static Kernel Single(Pool op) => new("pool", op.Layer, Summary(op, ", one sample"), Operands(op), [],
        writer => Forward(writer, op, "c += T.Count", element => element));

    /// <summary>The gradient, over blocks.</summary>
    public static Kernel Backward(PoolGradient op)
    {
        bool isMax = op.Kind == PoolKind.Max;
        int channels = op.Output.Shape.Last;
        string sums = isMax ? "Σ dy[o] of the windows that i won" : "Σ dy[o] / size[o] of the windows with i";
        string formula = $"dx[i] = {op.Epilogue?.Format([$"({sums})", "x[i]"]) ?? sums}";
        Operand[] operands = [new("dy", op.Inputs[0]), .. isMax ? [new("winner", op.Inputs[1])] : Array.Empty<Operand>(),
            .. op.Beside is null ? Array.Empty<Operand>() : [new("x", op.Beside)], new("dx", op.Output)];
        int? size = SizeOf(op.Axes);
        string summary = $"{formula}: {Axes(op.Axes, axis => axis.Size)} by {Int(channels)} channels.";
        return new("backward", op.Layer, summary, operands, Kernel.Blocks, writer =>
        {
            writer.Open("for (int b = first; b < last; b++)");
            string place = Loops(writer, op.Axes, axis => axis.Size, axis => axis.Readers);
            if (isMax) writer.Line($"T place = T.Splat({place});");
            writer.Open($"for (int c = 0; c < {Int(channels)}; c++)");
            writer.Line("T sum = T.Zero;");
            Cells(writer, op.Axes, axis => axis.Readers, axis => axis.Count, (cell, indices) =>
            {
                string at = $"(b * stride) + ({Channel(cell, channels)} * T.Count)";
                if (isMax)
                {
                    string won = $"T.SelectEqual(T.Load(ref winner, {at}), place, T.Load(ref dy, {at}), T.Zero)";
                    writer.Line($"sum += {won};");
                }
                else if (size is null)
                {
                    IEnumerable<string> lengths = op.Axes.Select((axis, a) => Length(axis.Windows, indices[a]));
                    writer.Line($"sum += T.Load(ref dy, {at}) / T.Splat({string.Join(" * ", lengths)});");
                }
                else
                {
                    writer.Line($"sum += T.Load(ref dy, {at});");
                }
            });
            string all = isMax || size is null or 1 ? "sum" : $"(sum / T.Splat({Float(size.Value)}))";
            string to = $"(b * stride) + ({Channel(place, channels)} * T.Count)";
            string result = op.Epilogue is null ? all
                : new Expression(writer, i => i == 0 ? all : $"T.Load(ref x, {to})").Write(op.Epilogue);
            writer.Line($"{Expression.Receiver(result)}.Store(ref dx, {to});");
            for (int i = 0; i < op.Axes.Count + 2; i++) writer.Close();
        });
    }

    private static void Forward(CodeWriter writer, Pool op, string next, Func<string, string> address)
    {
        int channels = op.Inputs[0].Shape.Last;
        bool isMax = op.Kind != PoolKind.Average, hasWinner = op.Outputs.Count > 1;
        string result = Loops(writer, op.Axes, axis => axis.Count, axis => axis.Windows);
        int? size = SizeOf(op.Axes);
        writer.Open($"for (int c = 0; c < {Int(channels)}; {next})");
        string first = Row(op.Axes, axis => axis.Size, [.. Outer.Take(op.Axes.Count).Select(name => name + "0")]);
        string winners = hasWinner ? $", winners = T.Splat({first})" : "";
        writer.Line(isMax ? $"T max = T.Splat(float.NegativeInfinity){winners};" : "T sum = T.Zero;");
        Cells(writer, op.Axes, axis => axis.Windows, axis => axis.Size, (cell, _) =>
        {
            string load = $"T.Load(ref x, {address(Channel(cell, channels))})";
            if (!isMax)
            {
                writer.Line($"sum += {load};");
            }
            else if (!hasWinner)
            {
                // The second operand stays where the first is not a number.
                writer.Line($"max = T.Max({load}, max);");
            }
            else
            {
                writer.Open("").Line($"T value = {load};");
                writer.Line($"winners = T.SelectGreater(value, max, T.Splat({cell}), winners);");
                writer.Line("max = T.SelectGreater(value, max, value, max);").Close();
            }
        });
        string count = size is { } known ? Float(known)
            : string.Join(" * ", Outer.Take(op.Axes.Count).Select(name => $"({name}1 - {name}0)"));
        string value = isMax ? "max" : size == 1 ? "sum" : $"(sum / T.Splat({count}))";
        writer.Line($"{value}.Store(ref y, {address(Channel(result, channels))});");
        if (hasWinner) writer.Line($"winners.Store(ref winner, {address(Channel(result, channels))});");
        for (int i = 0; i < op.Axes.Count + 1; i++) writer.Close();
    }

    // Loops over all numbers of the axes, with the bounds of what each meets: p, from p0 up to p1. Gives the number of all.
    private static string Loops(CodeWriter writer, IReadOnlyList<PooledAxis> axes, Func<PooledAxis, int> count, Func<PooledAxis,
        Windows> windows)
    {
        for (int a = 0; a < axes.Count; a++)
        {
            string name = Outer[a];
            writer.Open($"for (int {name} = 0; {name} < {Int(count(axes[a]))}; {name}++)");
            Windows met = windows(axes[a]);
            string first = $"{name}0 = {met.FirstOf(name)}";
            writer.Line(IsFew(axes, windows) ? $"int {first};" : $"int {first}, {name}1 = {met.EndOf(name)};");
        }

        return Row(axes, count, [.. Outer.Take(axes.Count)]);
    }

    private static bool IsFew(IReadOnlyList<PooledAxis> axes, Func<PooledAxis, Windows> windows) =>
        axes.Aggregate((int?)1, (product, axis) => product * windows(axis).Length) <= FewCells;

    // What is met, one by one where all meet as many, and few; else in loops.
    private static void Cells(
        CodeWriter writer, IReadOnlyList<PooledAxis> axes, Func<PooledAxis, Windows> windows, Func<PooledAxis, int> count,
        Action<string, string[]> take)
    {
        if (IsFew(axes, windows))
        {
            Each([]);
            return;
        }

        for (int a = 0; a < axes.Count; a++)
            writer.Open($"for (int {Inner[a]} = {Outer[a]}0; {Inner[a]} < {Outer[a]}1; {Inner[a]}++)");
        string[] names = [.. Inner.Take(axes.Count)];
        take(Row(axes, count, names), names);
        for (int a = 0; a < axes.Count; a++) writer.Close();

        void Each(string[] indices)
        {
            if (indices.Length == axes.Count)
            {
                take(Row(axes, count, indices), indices);
                return;
            }

            string first = Outer[indices.Length] + "0";
            for (int i = 0; i < windows(axes[indices.Length]).Length; i++) Each([.. indices, i == 0 ? first : $"({first} + {Int(i)})"]);
        }
    }

    // The number of a place over all axes.
    private static string Row(IReadOnlyList<PooledAxis> axes, Func<PooledAxis, int> count, string[] indices)
    {
        string row = indices[0];
        for (int a = 1; a < axes.Count; a++) row = $"(({row} * {Int(count(axes[a]))}) + {indices[a]})";
        return row;
    }

    private static string Channel(string place, int channels) => channels == 1 ? $"({place} + c)" : $"(({place} * {Int(channels)}) + c)";

    private static Operand[] Operands(Pool op) =>
        [new("x", op.Inputs[0]), new("y", op.Output), .. op.Outputs.Skip(1).Select(winner => new Operand("winner", winner))];

    // Elements of every window where all have as many; else null.
    private static int? SizeOf(IReadOnlyList<PooledAxis> axes) => axes.Aggregate((int?)1, (size, axis) => size * axis.Windows.Length);

    private static string Length(Windows windows, string index) => $"({windows.EndOf(index)} - {windows.FirstOf(index)})";

    private static string Axes(IReadOnlyList<PooledAxis> axes, Func<PooledAxis, int> size) =>
        string.Join(" x ", axes.Select(axis => Int(size(axis))));

    private static string Summary(Pool op, string end)
    {
        string kind = op.Kind == PoolKind.Average ? "mean" : "max", windows = Axes(op.Axes, axis => axis.Count);
        string places = Axes(op.Axes, axis => axis.Size), channels = Int(op.Output.Shape.Last);
        return $"y[o] = {kind} of x in window o: {windows} windows over {places} places by {channels} channels{end}.";
    }
}
