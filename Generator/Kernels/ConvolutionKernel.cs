using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Convolutions over blocks, without a copy of the image: the tiles of <see cref="ContractionKernel"/> over channels of the result, at each
/// position, whose sums run over the runs of the window. A row of the kernel meets as many channels side by side as it has places; what lies
/// beyond the border is no part of a run.
/// </summary>
internal static class ConvolutionKernel
{
    private const string Side = "int side = T.Registers == 32 ? 2 : 1;";

    /// <summary>y[o, n] = bias[n] + Σ w[t, c, n] x[place of t at o, c].</summary>
    public static Kernel Forward(Convolution op)
    {
        Window window = op.Window;
        int channels = op.X.Shape.Last, filters = op.Output.Shape.Last, ownChannels = channels / window.Groups, own = filters / window.Groups;
        bool hasBias = op.Bias is not null;
        string sum = (hasBias ? "b[n] + " : "") + "Σ w[t, c, n] x[o + t, c]", formula = $"y[o, n] = {op.Epilogue?.Format([sum]) ?? sum}";
        return new("forward", op.Layer, $"{formula} for {filters} filters of {ConvolutionText.Of(window)} over {channels} channels, at {window.Positions} positions.",
            [new("x", op.X), new("w", op.Weights), new("y", op.Output)], Kernel.Blocks,
            (writer, name) =>
            {
                Tile tile = Tile.Cover(own);
                writer.Line(Side);
                writer.Open("for (int b = first; b < last; b += side)");
                WindowRuns runs = new(writer, window, channels, filters);
                int inner = window.Axes.Count - 1;
                for (int axis = 0; axis < inner; axis++) runs.OpenPosition(axis);
                if (window.Groups > 1) writer.Open($"for (int g = 0; g < {Int(window.Groups)}; g++)");
                if (tile.Rows < own) writer.Open($"for (int n = 0; n < {Int(own)}; {Next(name, "n", tile, own)})");
                runs.OpenPosition(inner);
                string column = Terms(window.Groups > 1 ? $"g * {Int(own)}" : "0", tile.Rows < own ? "n" : "0");
                string channel = window.Groups > 1 ? $"g * {Int(ownChannels)}" : "0";
                writer.Line($"int from = (b * stride) + ({Terms(runs.Place(), channel)}) * T.Count, weight = {Terms(runs.Weight(), column)};");
                writer.Line($"int to = (b * stride) + ({Terms(runs.Position(), column)}) * T.Count;");
                string bias = hasBias ? $"ref Skip(ref w, {Terms(Int(window.Taps * ownChannels * filters), column)}), " : "";
                string arguments = $"(ref Skip(ref x, from), ref Skip(ref w, weight), {bias}ref Skip(ref y, to), stride, {runs.Length}, {Int(filters)}{RunNest.Arguments(runs.Levels())});";
                Leaf Leaf(Tile size) => ForwardTile(size, runs.Levels().Count, hasBias, op.Epilogue, formula);
                writer.Line($"if (side == 2 && b + 1 < last) {name(Leaf(tile))}{arguments}");
                writer.Line($"else {name(Leaf(tile with { Vectors = 1 }))}{arguments}");
                for (int open = window.Axes.Count + (window.Groups > 1 ? 1 : 0) + (tile.Rows < own ? 1 : 0); open >= 0; open--) writer.Close();
            });
    }

    /// <summary>dx[i, c] = Σ w[t, c, n] dy[the position that t reaches i from, n], with what is fused into it.</summary>
    public static Kernel InputGradient(ConvolutionInputGradient op)
    {
        Window window = op.Window;
        int channels = op.Output.Shape.Last, filters = op.Upstream.Shape.Last, own = channels / window.Groups, ownFilters = filters / window.Groups;
        Operand[] operands = [new("dy", op.Upstream), new("w", op.Weights), new("dx", op.Output)];
        if (op.Beside is not null) operands = [.. operands, new("y", op.Beside)];
        const string sum = "Σ w[t, c, n] dy[i - t, n]";
        string formula = $"dx[i, c] = {op.Epilogue?.Format([sum, "y[i, c]"]) ?? sum}";
        return new("backward", op.Layer, $"{formula} for {channels} channels from {filters} filters of {ConvolutionText.Of(window)}.", operands, Kernel.Blocks,
            (writer, name) =>
            {
                Tile tile = Tile.Cover(own);
                writer.Line(Side);
                writer.Open("for (int b = first; b < last; b += side)");
                GradientRuns runs = new(writer, window, own, filters);
                int inner = window.Axes.Count - 1;
                for (int axis = 0; axis < inner; axis++) runs.OpenPlace(axis);
                if (window.Groups > 1) writer.Open($"for (int g = 0; g < {Int(window.Groups)}; g++)");
                if (tile.Rows < own) writer.Open($"for (int c = 0; c < {Int(own)}; {Next(name, "c", tile, own)})");
                runs.OpenPlace(inner);
                string first = window.Groups > 1 ? $"g * {Int(ownFilters)}" : "0", row = tile.Rows < own ? $"c * {Int(filters)}" : "0";
                string channel = Terms(window.Groups > 1 ? $"g * {Int(own)}" : "0", tile.Rows < own ? "c" : "0");
                writer.Line($"int from = (b * stride) + ({Terms(runs.Position(), first)}) * T.Count, weight = {Terms(runs.Weight(), first, row)};");
                writer.Line($"int to = (b * stride) + ({Terms(runs.Place(channels), channel)}) * T.Count;");
                string beside = op.Beside is null ? "" : "ref Skip(ref y, to), ";
                string arguments = $"(ref Skip(ref dy, from), ref Skip(ref w, weight), ref Skip(ref dx, to), {beside}stride, {Int(ownFilters)}, {Int(filters)}{RunNest.Arguments(runs.Levels())});";
                Leaf Leaf(Tile size) => InputGradientTile(size, runs.Levels().Count, op.Epilogue, op.Beside is not null, formula);
                writer.Line($"if (side == 2 && b + 1 < last) {name(Leaf(tile))}{arguments}");
                writer.Line($"else {name(Leaf(tile with { Vectors = 1 }))}{arguments}");
                for (int open = window.Axes.Count + (window.Groups > 1 ? 1 : 0) + (tile.Rows < own ? 1 : 0); open >= 0; open--) writer.Close();
            });
    }

    private static string Next(Func<Leaf, string> name, string row, Tile tile, int rows) => rows % tile.Rows == 0
        ? $"{row} += {Int(tile.Rows)}" : $"{row} = {name(TileLoops.NextTile)}({row}, {Int(tile.Rows)}, {Int(rows)})";

    private static Leaf ForwardTile(Tile tile, int levels, bool hasBias, Scalar? epilogue, string formula) => new(
        $"Convolve{tile}", $"{formula} at one position, for {ContractionKernel.Results(tile, "filters")}.",
        $"ref float x, ref float w, {(hasBias ? "ref float bias, " : "")}ref float y, int stride, int length, int filters{RunNest.Parameters(levels, "x", "w")}",
        writer =>
        {
            for (int r = 0; r < tile.Rows; r++)
                writer.Line($"T {ContractionKernel.Sums(tile, r, v => v > 0 ? ContractionKernel.Sum(r, 0) : hasBias ? $"T.Broadcast(ref bias, {Int(r)})" : "T.Zero")};");
            RunNest.Write(writer, levels, "x", "w", (x, w) =>
            {
                writer.Line($"ref float from = ref {x}, weights = ref {w};");
                writer.Open("for (int k = 0; k < length; k++)");
                ContractionKernel.Step(writer, tile, "from", r => $"ref weights, {Int(r)}");
                writer.Line("from = ref Skip(ref from, T.Count);").Line("weights = ref Skip(ref weights, filters);");
                writer.Close();
            });
            ContractionKernel.Store(writer, tile, "y", (value, _) => epilogue is null ? value : new Expression(writer, _ => value).Write(epilogue));
        });

    // Weights of the channels lie a distance apart: four of them after each reference, so that addresses cost nothing.
    private static Leaf InputGradientTile(Tile tile, int levels, Scalar? epilogue, bool hasBeside, string formula) => new(
        $"ConvolveBack{tile}", $"{formula} at one place, for {ContractionKernel.Results(tile, "channels")}.",
        $"ref float dy, ref float w, ref float dx, {(hasBeside ? "ref float y, " : "")}int stride, int length, int filters{RunNest.Parameters(levels, "dy", "w")}",
        writer =>
        {
            string[] apart = ["0", "filters", "two", "three"];
            string[] references = [.. Enumerable.Range(0, (tile.Rows + apart.Length - 1) / apart.Length).Select(i => "row" + Int(i * apart.Length))];
            if (tile.Rows > 2) writer.Line($"int two = 2 * filters{(tile.Rows > 3 ? ", three = 3 * filters" : "")};");
            for (int r = 0; r < tile.Rows; r++) writer.Line($"T {ContractionKernel.Sums(tile, r, _ => "T.Zero")};");
            RunNest.Write(writer, levels, "dy", "w", (dy, w) =>
            {
                writer.Line($"ref float from = ref {dy}, {references[0]} = ref {w};");
                for (int i = 1; i < references.Length; i++)
                    writer.Line($"ref float {references[i]} = ref Skip(ref {references[0]}, {Int(i * apart.Length)} * filters);");
                writer.Open("for (int n = 0; n < length; n++)");
                ContractionKernel.Step(writer, tile, "from", r => $"ref {references[r / apart.Length]}, {apart[r % apart.Length]}");
                writer.Line("from = ref Skip(ref from, T.Count);");
                foreach (string reference in references) writer.Line($"{reference} = ref Skip(ref {reference}, 1);");
                writer.Close();
            }, turns: true);
            ContractionKernel.Store(writer, tile, "dx", (value, at) => epilogue is null ? value
                : new Expression(writer, i => i == 0 ? value : $"T.Load(ref y, {at})").Write(epilogue));
        });

    /// <summary>A sum of terms, those that are 0 left out.</summary>
    internal static string Terms(params string[] terms)
    {
        string[] there = [.. terms.Where(term => term != "0").Select(term => term.Contains(' ') ? $"({term})" : term)];
        return there.Length == 0 ? "0" : string.Join(" + ", there);
    }
}
