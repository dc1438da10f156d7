using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Convolutions over blocks, without a copy of the image: tiles of channels of the result at neighboring places, whose sums run over the
/// runs of the window. A row of the kernel meets as many channels side by side as it has places; what lies beyond the border is no part of
/// a run.
/// </summary>
internal static class ConvolutionKernel
{
    /// <summary>Weights, 32 KB, from which on tiles read them in panels of their own rows.</summary>
    private const int LeastPanelWeights = 8192;

    /// <summary>
    /// Filters of a panel of the weights, the rows of the tiles that read them; 0 where they are read as they are. Rows of weights lie a
    /// power of two apart in most networks, and push each other out of the cache.
    /// </summary>
    public static int PanelWidth(Convolution op)
    {
        int filters = op.Output.Shape.Last;
        if (op.Window.Groups > 1 || op.Weights.Space != Space.Weight || op.Weights.Shape.Size < LeastPanelWeights) return 0;
        return filters % 4 == 0 ? 4 : filters % 3 == 0 ? 3 : 0;
    }

    /// <summary>y[o, n] = bias[n] + Σ w[t, c, n] x[place of t at o, c].</summary>
    public static Kernel Forward(Convolution op)
    {
        Window window = op.Window;
        int channels = op.X.Shape.Last, filters = op.Output.Shape.Last;
        int ownChannels = channels / window.Groups, own = filters / window.Groups, inner = window.Axes.Count - 1;
        int width = PanelWidth(op), weightRows = window.Taps * ownChannels;
        bool hasBias = op.Bias is not null, hasPanels = width > 0;
        string sum = (hasBias ? "b[n] + " : "") + "Σ w[t, c, n] x[o + t, c]", formula = $"y[o, n] = {op.Epilogue?.Format([sum]) ?? sum}";
        return new("forward", op.Layer,
            $"{formula} for {filters} filters of {ConvolutionText.Of(window)} over {channels} channels, at {window.Positions} positions.",
            [new("x", op.X), new("w", op.Weights), .. hasPanels ? [Operand.Panels(op.Weights)] : Array.Empty<Operand>(),
                new("y", op.Output)],
            Kernel.Blocks,
            (writer, name) =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                WindowRuns runs = new(writer, window, channels, filters);
                for (int axis = 0; axis < inner; axis++) runs.OpenPosition(axis);
                if (window.Groups > 1) writer.Open($"for (int g = 0; g < {Int(window.Groups)}; g++)");
                PlaceLoops places = PlaceLoops.OfPositions(window.Axes[inner], $"o{Int(inner)}");
                Tile inside = hasPanels ? new(width, Math.Min(3, places.Inside)) : Tile.Places(own, places.Inside);
                Tiles(writer, name, places, "n", own, inside, (isInside, tile, n) =>
                {
                    runs.At(inner, !isInside && window.Axes[inner].IsClipped);
                    string column = Terms(window.Groups > 1 ? $"g * {Int(own)}" : "0", n);
                    string channel = window.Groups > 1 ? $"g * {Int(ownChannels)}" : "0";
                    // Panels of filters follow each other, that of the bias being a row more.
                    bool inPanels = isInside && hasPanels;
                    int apartRows = inPanels ? width : filters;
                    string panel = inPanels ? ConvolutionText.Times(n, weightRows + (hasBias ? 1 : 0)) : column, w = inPanels ? "panels"
                        : "w";
                    writer.Line($"int from = (b * stride) + (({Terms(runs.Place(), channel)}) * T.Count), weight = " +
                        $"{Terms(runs.Weight(apartRows), panel)};");
                    writer.Line($"int to = (b * stride) + (({Terms(runs.Position(), column)}) * T.Count);");
                    string bias = hasBias ? $"ref Skip(ref {w}, {Terms(Int(weightRows * apartRows), panel)}), " : "";
                    string apart = tile.Vectors == 1 ? ""
                        : $"{Int(window.Axes[inner].Stride * channels)} * T.Count, {Int(filters)} * T.Count, ";
                    IReadOnlyList<(string, string, string)> levels = runs.Levels(apartRows);
                    Leaf leaf = ForwardTile(tile, levels.Count, hasBias, op.Epilogue, formula);
                    writer.Line($"{name(leaf)}(ref Skip(ref x, from), ref Skip(ref {w}, weight), {bias}ref Skip(ref y, to), " +
                        $"{apart}{runs.Length}, {Int(apartRows)}{RunNest.Arguments(levels)});");
                    runs.Leave();
                });
                for (int open = inner + (window.Groups > 1 ? 1 : 0); open >= 0; open--) writer.Close();
            });
    }

    /// <summary>dx[i, c] = Σ w[t, c, n] dy[the position that t reaches i from, n], with what is fused into it.</summary>
    public static Kernel InputGradient(ConvolutionInputGradient op)
    {
        Window window = op.Window;
        int channels = op.Output.Shape.Last, filters = op.Upstream.Shape.Last;
        int own = channels / window.Groups, ownFilters = filters / window.Groups, inner = window.Axes.Count - 1;
        Operand[] operands = [new("dy", op.Upstream), new("w", op.Weights), new("dx", op.Output)];
        if (op.Beside is not null) operands = [.. operands, new("y", op.Beside)];
        const string sum = "Σ w[t, c, n] dy[i - t, n]";
        string formula = $"dx[i, c] = {op.Epilogue?.Format([sum, "y[i, c]"]) ?? sum}";
        return new("backward", op.Layer,
            $"{formula} for {channels} channels from {filters} filters of {ConvolutionText.Of(window)}.", operands, Kernel.Blocks,
            (writer, name) =>
            {
                writer.Open("for (int b = first; b < last; b++)");
                GradientRuns runs = new(writer, window, own, filters);
                for (int axis = 0; axis < inner; axis++) runs.OpenPlace(axis);
                if (window.Groups > 1) writer.Open($"for (int g = 0; g < {Int(window.Groups)}; g++)");
                PlaceLoops places = PlaceLoops.OfImage(window.Axes[inner], $"i{Int(inner)}");
                Tiles(writer, name, places, "c", own, Tile.Places(own, places.Inside), (isInside, tile, c) =>
                {
                    runs.At(inner, !isInside);
                    string first = window.Groups > 1 ? $"g * {Int(ownFilters)}" : "0";
                    string channel = Terms(window.Groups > 1 ? $"g * {Int(own)}" : "0", c);
                    writer.Line($"int from = (b * stride) + (({Terms(runs.Position(), first)}) * T.Count), " +
                        $"weight = {Terms(runs.Weight(), first, ConvolutionText.Times(c, filters))};");
                    writer.Line($"int to = (b * stride) + (({Terms(runs.Place(channels), channel)}) * T.Count);");
                    string beside = op.Beside is null ? "" : "ref Skip(ref y, to), ";
                    string apart = tile.Vectors == 1 ? ""
                        : $"{Int(filters)} * T.Count, {Int(window.Axes[inner].Stride * channels)} * T.Count, ";
                    Leaf leaf = InputGradientTile(tile, runs.Levels().Count, op.Epilogue, op.Beside is not null, formula);
                    writer.Line($"{name(leaf)}(ref Skip(ref dy, from), ref Skip(ref w, weight), ref Skip(ref dx, to), {beside}" +
                        $"{apart}{Int(ownFilters)}, {Int(filters)}{RunNest.Arguments(runs.Levels())});");
                    runs.Leave();
                });
                for (int open = inner + (window.Groups > 1 ? 1 : 0); open >= 0; open--) writer.Close();
            });
    }

    /// <summary>y[i, c] = Σ w[t, c, n] x[the position that t reaches i from, n].</summary>
    public static Kernel Transposed(ConvolutionTranspose op) => InputGradient(op.AsGradient) with { Role = "forward" };

    // Loops over channels of the result, and in them over places of the last axis: tiles of several places inside, of one at the border.
    private static void Tiles(
        CodeWriter writer, Func<Leaf, string> name, PlaceLoops places, string row, int rows, Tile inside, Action<bool, Tile, string> call)
    {
        Tile border = Tile.Cover(rows) with { Vectors = 1 };
        if (places.Inside > 0)
        {
            OpenRows(inside);
            int opened = places.OpenInside(writer, name, inside.Vectors);
            call(true, inside, inside.Rows < rows ? row : "0");
            for (; opened > 0; opened--) writer.Close();
            if (inside.Rows < rows) writer.Close();
        }

        if (!places.HasBorder) return;
        OpenRows(border);
        places.OpenBorder(writer);
        call(false, border, border.Rows < rows ? row : "0");
        writer.Close();
        if (border.Rows < rows) writer.Close();

        void OpenRows(Tile tile)
        {
            if (tile.Rows == rows) return;
            string next = rows % tile.Rows == 0
                ? $"{row} += {Int(tile.Rows)}" : $"{row} = {name(TileLoops.NextTile)}({row}, {Int(tile.Rows)}, {Int(rows)})";
            writer.Open($"for (int {row} = 0; {row} < {Int(rows)}; {next})");
        }
    }

    /// <summary>The register tile of a forward pass, with loops over so many levels of runs.</summary>
    internal static Leaf ForwardTile(Tile tile, int levels, bool hasBias, Scalar? epilogue, string formula) => new(
        $"Convolve{tile}", $"{formula}, for {Results(tile, "filters", "positions")}.",
        $"ref float x, ref float w, {(hasBias ? "ref float bias, " : "")}ref float y, {Apart(tile, "x", "y")}int length, int filters" +
        RunNest.Parameters(levels, "x", "w"),
        writer =>
        {
            Start(writer, tile, r => hasBias ? $"T.Broadcast(ref bias, {Int(r)})" : "T.Zero");
            RunNest.Write(writer, levels, "x", "w", (x, w) =>
            {
                writer.Line($"ref float from = ref {x}, weights = ref {w};");
                writer.Open("for (int k = 0; k < length; k++)");
                Step(writer, tile, "xApart", r => $"ref weights, {Int(r)}");
                writer.Line("from = ref Skip(ref from, T.Count);").Line("weights = ref Skip(ref weights, filters);");
                writer.Close();
            });
            Store(writer, tile, "y", (value, _) => epilogue is null ? value : new Expression(writer, _ => value).Write(epilogue));
        });

    // Weights of the channels lie a distance apart: four of them after each reference, so that addresses cost nothing.
    private static Leaf InputGradientTile(Tile tile, int levels, Scalar? epilogue, bool hasBeside, string formula) => new(
        $"ConvolveBack{tile}", $"{formula}, for {Results(tile, "channels", "places")}.",
        $"ref float dy, ref float w, ref float dx, {(hasBeside ? "ref float y, " : "")}{Apart(tile, "dy", "dx")}int length, int filters" +
        RunNest.Parameters(levels, "dy", "w"),
        writer =>
        {
            string[] apart = ["0", "filters", "two", "three"];
            string[] references =
                [.. Enumerable.Range(0, (tile.Rows + apart.Length - 1) / apart.Length).Select(i => "row" + Int(i * apart.Length))];
            if (tile.Rows > 2) writer.Line($"int two = 2 * filters{(tile.Rows > 3 ? ", three = 3 * filters" : "")};");
            Start(writer, tile, _ => "T.Zero");
            RunNest.Write(writer, levels, "dy", "w", (dy, w) =>
            {
                writer.Line($"ref float from = ref {dy}, {references[0]} = ref {w};");
                for (int i = 1; i < references.Length; i++)
                    writer.Line($"ref float {references[i]} = ref Skip(ref {references[0]}, {Int(i * apart.Length)} * filters);");
                writer.Open("for (int n = 0; n < length; n++)");
                Step(writer, tile, "dyApart", r => $"ref {references[r / apart.Length]}, {apart[r % apart.Length]}");
                writer.Line("from = ref Skip(ref from, T.Count);");
                foreach (string reference in references) writer.Line($"{reference} = ref Skip(ref {reference}, 1);");
                writer.Close();
            }, turns: true);
            Store(writer, tile, "dx", (value, at) => epilogue is null ? value
                : new Expression(writer, i => i == 0 ? value : $"T.Load(ref y, {at})").Write(epilogue));
        });

    private static void Start(CodeWriter writer, Tile tile, Func<int, string> start)
    {
        for (int r = 0; r < tile.Rows; r++)
            writer.Line($"T {ContractionKernel.Sums(tile, r, v => v > 0 ? ContractionKernel.Sum(r, 0) : start(r))};");
    }

    private static void Step(CodeWriter writer, Tile tile, string apart, Func<int, string> weight)
    {
        IEnumerable<string> loads = Enumerable.Range(0, tile.Vectors)
            .Select(v => $"x{Int(v)} = T.Load(ref from, {(v == 0 ? "0" : v == 1 ? apart : $"{Int(v)} * {apart}")})");
        writer.Line($"T {string.Join(", ", loads)};");
        for (int r = 0; r < tile.Rows; r++)
        {
            if (tile.Vectors == 1)
            {
                writer.Line($"{ContractionKernel.Sum(r, 0)} = T.FmaOf({weight(r)}, x0, {ContractionKernel.Sum(r, 0)});");
                continue;
            }

            IEnumerable<string> sums = Enumerable.Range(0, tile.Vectors)
                .Select(v => $"{ContractionKernel.Sum(r, v)} = T.Fma(w0, x{Int(v)}, {ContractionKernel.Sum(r, v)});");
            writer.Line($"{(r == 0 ? "T " : "")}w0 = T.Broadcast({weight(r)}); {string.Join(" ", sums)}");
        }
    }

    private static void Store(CodeWriter writer, Tile tile, string target, Func<string, string, string> value)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            for (int v = 0; v < tile.Vectors; v++)
            {
                string row = r == 0 ? "0" : r == 1 ? "T.Count" : $"{Int(r)} * T.Count";
                string place = v == 0 ? row : Terms(row, v == 1 ? $"{target}Apart" : $"{Int(v)} * {target}Apart");
                writer.Line($"{Expression.Receiver(value(ContractionKernel.Sum(r, v), place))}.Store(ref {target}, {place});");
            }
        }
    }

    private static string Apart(Tile tile, string read, string written) =>
        tile.Vectors == 1 ? "" : $"int {read}Apart, int {written}Apart, ";

    private static string Results(Tile tile, string rows, string places) =>
        $"{(tile.Rows == 1 ? "one of the " : Int(tile.Rows) + " ")}{rows} at " +
            $"{(tile.Vectors == 1 ? "one of the " : Int(tile.Vectors) + " ")}{places}";

    /// <summary>A sum of terms, those that are 0 left out.</summary>
    internal static string Terms(params string[] terms)
    {
        string[] there = [.. terms.Where(term => term != "0").Select(term => term.Contains(' ') ? $"({term})" : term)];
        return there.Length == 0 ? "0" : string.Join(" + ", there);
    }
}
