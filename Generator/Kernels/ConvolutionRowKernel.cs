using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// A convolution of a single sample: vectors run over filters, numbers of the image are broadcast. Where filters fill vectors of every
/// width, places side by side share each weight that is read; else each place is worked by itself, and what a vector writes after the last
/// filter is written again by the next group or position.
/// </summary>
internal static class ConvolutionRowKernel
{
    private const int MostVectors = 4;

    /// <summary>Sums that are in flight at once: a fused multiply-add takes 4 cycles and two start in each.</summary>
    private const int Chains = 8;

    /// <summary>
    /// Places that share weights: twelve sums, two weights and a number of the image are 15 of 16 registers; with one vector of filters
    /// there are enough sums in flight.
    /// </summary>
    internal const int PlacesOfTwo = 6, PlacesOfOne = 9;

    /// <summary>Products from which on threads share a layer: they take some microseconds, handing over one.</summary>
    private const long SharedProducts = 1 << 18;

    /// <summary>
    /// Positions from which on a packed kernel pays: rows of many filters lie a power of two apart and push each other out of the cache.
    /// </summary>
    private const int LeastPositionsOfPacked = 32;

    /// <summary>
    /// Weights of a kernel that stays in the second-level cache beside a row of the image, half of which it takes, and rows from which on
    /// two workers' shares of them differ little.
    /// </summary>
    private const int SmallKernel = 1 << 16, ManyRows = 8;

    /// <summary>Numbers of the image that are worked for all filters: half the first-level cache.</summary>
    private const int PlacesFloats = 1 << 12;

    /// <summary>Filters that fill the narrower lanes.</summary>
    public const int NarrowVector = 8;

    /// <summary>
    /// A contraction over several positions as a convolution with a kernel of one place, whose tiles share weights among positions; null
    /// where outputs do not fill vectors, or something stands beside it.
    /// </summary>
    /// <param name="op">The contraction.</param>
    /// <param name="vector">Outputs that are to fill vectors.</param>
    public static Convolution? OverPositions(Contraction op, int vector = RowKernel.MostFeaturesInVector)
    {
        int positions = op.X.Shape.Positions;
        if (positions == 1 || op.Beside is not null || op.Output.Shape.Last % vector > 0) return null;
        Window window = new([new(positions, Kernel: 1, Stride: 1, Dilation: 1, Before: 0, positions)], Groups: 1);
        return new(op.Layer, window, op.Inputs, op.Output, op.Epilogue);
    }

    /// <summary>Whether the kernel is read packed where it is a weight, in panels of the filters that are worked at once.</summary>
    public static bool ReadsPacked(Convolution op) => op.Window.Groups == 1 && op.Output.Shape.Last % NarrowVector == 0
        && op.Window.Positions >= LeastPositionsOfPacked;

    /// <summary>How many filters a panel has, as an expression over lanes.</summary>
    public static string PanelWidth(Convolution op, string lanes) => (Vectors(op) > 1 ? "2 * " : "") + lanes + ".Count";

    /// <summary>
    /// Whether all of one row of the image is worked before the next one, which then comes from afar once, and not for each vector of
    /// filters; and whoever shares the layer has rows that lie together, most of them those that he wrote in the layer before.
    /// </summary>
    public static bool GoesByRows(Convolution op) => op.Window.Axes.Count > 1 && op.Window.Axes[0].Count >= ManyRows
        && op.Weights.Shape.Size <= SmallKernel;

    // The same for an image of one row, whose places all meet the same taps.
    private static bool GoesByPlaces(Convolution op, PlaceLoops places, int atOnce) => op.Window.Axes.Count == 1 && !places.HasBorder
        && atOnce > 1 && places.Size >= ManyRows * atOnce && op.Weights.Shape.Size <= SmallKernel;

    /// <summary>Whether threads share a layer: its rows, its places or its filters.</summary>
    public static bool IsShared(Convolution op) => op.Window.Groups == 1 && Vectors(op) > 0
        && (long)op.Weights.Shape.Size * op.Window.Positions >= SharedProducts;

    /// <summary>Whether filters fill the narrower lanes alone.</summary>
    public static bool IsNarrow(Convolution op) =>
        op.Packing is not null && op.Window.Groups == 1 && op.Output.Shape.Last % RowKernel.MostFeaturesInVector > 0;

    // Vectors of filters that are worked at once; 0 where filters do not fill those of every width.
    private static int Vectors(Convolution op)
    {
        int own = op.Output.Shape.Last / op.Window.Groups;
        return own % (2 * RowKernel.MostFeaturesInVector) == 0 ? 2 : own % RowKernel.MostFeaturesInVector == 0 || IsNarrow(op) ? 1 : 0;
    }

    public static Kernel Make(Convolution op)
    {
        Window window = op.Window;
        int channels = op.X.Shape.Last, filters = op.Output.Shape.Last, vectors = Vectors(op);
        if (WinogradRowKernel.Of(op) is { } winograd) return WinogradRowKernel.Make(op, winograd);
        string formula = $"y[o, n] = {Sum(op)}";
        Operand w = op.Packing is null ? new("w", op.Weights) : Operand.Packed("w", op.Packing);
        return new("row", op.Layer,
            $"{formula} for {filters} filters of {ConvolutionText.Of(window)} over {channels} channels, one sample.",
            [new("x", op.X), w, new("y", op.Output), .. op.Beside is null ? Array.Empty<Operand>() : [new("z", op.Beside)]],
            IsShared(op) ? [new("int part", "part"), new("int parts", "parts")] : [],
            (writer, name) =>
            {
                if (vectors > 0) Tiles(writer, name, op, vectors, formula);
                else Places(writer, name, op, formula);
            });
    }

    // For each group and some of its filters all places: the weights stay in the cache; or all filters for each row of the image, or for
    // some places of one that is a single row.
    private static void Tiles(CodeWriter writer, Func<Leaf, string> name, Convolution op, int vectors, string formula)
    {
        Window window = op.Window;
        int channels = op.X.Shape.Last, filters = op.Output.Shape.Last, own = filters / window.Groups, inner = window.Axes.Count - 1;
        WindowRuns runs = new(writer, window, channels, filters, size: "");
        PlaceLoops places = PlaceLoops.OfPositions(window.Axes[inner], $"o{Int(inner)}");
        int atOnce = Math.Min(places.Inside, vectors == 2 ? PlacesOfTwo : PlacesOfOne);
        bool isByRows = window.Groups == 1 && GoesByRows(op), isByPlaces = window.Groups == 1 && GoesByPlaces(op, places, atOnce);
        if (window.Groups > 1) writer.Open($"for (int g = 0; g < {Int(window.Groups)}; g++)");
        string width = vectors > 1 ? "(2 * T.Count)" : "T.Count", bounds = $"int n = 0; n < {Int(own)}";
        if (isByRows)
        {
            if (IsShared(op)) runs.OpenShareOfRows();
            else runs.OpenPosition(0);
        }
        else if (isByPlaces)
        {
            OpenSomePlaces(writer, places.Size, atOnce, Math.Max(1, PlacesFloats / channels / atOnce) * atOnce, IsShared(op));
        }
        else if (IsShared(op))
        {
            writer.Line($"int tiles = {Int(own)} / {width}, end = tiles * (part + 1) / parts * {width};");
            bounds = $"int n = tiles * part / parts * {width}; n < end";
        }

        writer.Open($"for ({bounds}; n += {width.Trim('(', ')')})");
        for (int axis = isByRows ? 1 : 0; axis < inner; axis++) runs.OpenPosition(axis);
        if (atOnce > 1)
        {
            int opened = isByPlaces ? 1 : places.OpenInside(writer, name, atOnce);
            if (isByPlaces)
            {
                string first = $"some > {Int(places.Size - atOnce)} ? {Int(places.Size - atOnce)} : some";
                writer.Open($"for (int o0 = {first}; o0 < last; o0 = {name(TileLoops.NextTile)}(o0, {Int(atOnce)}, last))");
            }

            Call(writer, name, op, runs, isClipped: false, levels => Tile(vectors, atOnce, levels, Ends.Of(op), formula),
                $"{Int(window.Axes[inner].Stride * channels)}, {Int(filters)}, ", width);
            for (; opened > 0; opened--) writer.Close();
        }

        if (atOnce < 2 || places.HasBorder)
        {
            if (atOnce > 1) places.OpenBorder(writer);
            else writer.Open($"for (int o{Int(inner)} = 0; o{Int(inner)} < {Int(window.Axes[inner].Count)}; o{Int(inner)}++)");
            Call(writer, name, op, runs, window.Axes[inner].IsClipped, levels => Place(vectors, levels, Ends.Of(op), formula), "", width);
            writer.Close();
        }

        for (int open = inner + 1 + (window.Groups > 1 || isByPlaces ? 1 : 0); open > 0; open--) writer.Close();
    }

    // Some places before the next ones, of a share of all where the layer is shared. Shares are whole tiles: the last tile of all, which
    // may overlap another, writes the same numbers again.
    private static void OpenSomePlaces(CodeWriter writer, int places, int atOnce, int together, bool isShared)
    {
        string all = Int(places), tile = Int(atOnce), tiles = Int((places + atOnce - 1) / atOnce), end = all;
        if (isShared)
        {
            writer.Line($"int end = part + 1 == parts ? {all} : {tiles} * (part + 1) / parts * {tile};");
            end = "end";
        }

        writer.Open($"for (int some = {(isShared ? $"{tiles} * part / parts * {tile}" : "0")}; some < {end}; some += {Int(together)})");
        writer.Line($"int last = some + {Int(together)} < {end} ? some + {Int(together)} : {end};");
    }

    private static void Places(CodeWriter writer, Func<Leaf, string> name, Convolution op, string formula)
    {
        Window window = op.Window;
        int filters = op.Output.Shape.Last, own = filters / window.Groups, inner = window.Axes.Count - 1;
        int vectors = Math.Min(MostVectors, (own + RowKernel.MostFeaturesInVector - 1) / RowKernel.MostFeaturesInVector);
        WindowRuns runs = new(writer, window, op.X.Shape.Last, filters, size: "");
        for (int axis = 0; axis < inner; axis++) runs.OpenPosition(axis);
        writer.Open($"for (int o{Int(inner)} = 0; o{Int(inner)} < {Int(window.Axes[inner].Count)}; o{Int(inner)}++)");
        if (window.Groups > 1) writer.Open($"for (int g = 0; g < {Int(window.Groups)}; g++)");
        writer.Open($"for (int n = 0; n < {Int(own)}; n += {(vectors > 1 ? Int(vectors) + " * " : "")}T.Count)");
        Call(writer, name, op, runs, window.Axes[inner].IsClipped, levels => Place(vectors, levels, Ends.Of(op), formula), "", width: "");
        for (int open = inner + 2 + (window.Groups > 1 ? 1 : 0); open > 0; open--) writer.Close();
    }

    private static void Call(
        CodeWriter writer, Func<Leaf, string> name, Convolution op, WindowRuns runs, bool isClipped, Func<int, Leaf> leaf, string apart,
        string width)
    {
        Window window = op.Window;
        int filters = op.Output.Shape.Last, own = filters / window.Groups, ownChannels = op.X.Shape.Last / window.Groups;
        runs.At(window.Axes.Count - 1, isClipped);
        string column = window.Groups > 1 ? $"(g * {Int(own)}) + n" : "n", channel = window.Groups > 1 ? $"g * {Int(ownChannels)}" : "0";
        int rows = window.Taps * ownChannels;
        string? panel = op.Packing is null ? null : $"n * {Int(rows + 1)}";
        string weight = panel is null ? ConvolutionKernel.Terms(runs.Weight(filters), column)
            : ConvolutionKernel.Terms(panel, runs.Weight(1) is var row && row == "0" ? row : $"({row}) * {width}");
        string place = ConvolutionKernel.Terms(runs.Position(), column);
        writer.Line($"int from = {ConvolutionKernel.Terms(runs.Place(), channel)}, weight = {weight}, to = {place};");
        string bias = panel is not null ? $"ref Skip(ref w, ({panel}) + ({Int(rows)} * {width})), " : op.Bias is null ? ""
            : $"ref Skip(ref w, {ConvolutionKernel.Terms(Int(rows * filters), column)}), ";
        (string Count, string X, string W)[] levels = panel is null ? [.. runs.Levels(filters)]
            : [.. runs.Levels(1).Select(level => (level.Count, level.First, $"{level.Second} * {width}"))];
        writer.Line($"{name(leaf(levels.Length))}(ref Skip(ref x, from), ref Skip(ref w, weight), " +
            $"{bias}ref Skip(ref y, to), {(op.Beside is null ? "" : "ref Skip(ref z, to), ")}{apart}{runs.Length}" +
            $"{(panel is null ? ", " + Int(filters) : "")}{RunNest.Arguments(levels)});");
        runs.Leave();
    }

    /// <summary>What a leaf has beside its sums, and whether rows of a panel follow each other.</summary>
    private sealed record Ends(bool IsPacked, bool HasBias, bool HasBeside, Scalar? Epilogue)
    {
        public static Ends Of(Convolution op) =>
            new(op.Packing is not null, ConvolutionRowKernel.HasBias(op), op.Beside is not null, op.Epilogue);

        // What a leaf takes, and the step from a row of the weights to the next.
        public string Parameters(string apart, int levels) => "ref float x, ref float w, " +
            $"{(HasBias ? "ref float bias, " : "")}ref float y, {(HasBeside ? "ref float z, " : "")}{apart}int length" +
            $"{(IsPacked ? "" : ", int filters")}{RunNest.Parameters(levels, "x", "w")}";

        public string Row(int vectors) => !IsPacked ? "filters" : vectors == 1 ? "T.Count" : $"{vectors} * T.Count";

        // Sums begin with what is added to them, so that nothing but a short operation is left after the loop.
        public string Start(int vector, string place) => !HasBias ? "T.Zero"
            : $"T.Load(ref bias, {Vector(vector)})" + (HasBeside ? $" + T.Load(ref z, {place})" : "");

        public void Store(CodeWriter writer, string total, string place)
        {
            string value = Epilogue is null ? total : new Expression(writer, _ => total).Write(Epilogue);
            writer.Line($"{Expression.Receiver(value)}.Store(ref y, {place});");
        }
    }

    /// <summary>Sums of products at places side by side, for two vectors of filters of a panel, and nothing else.</summary>
    internal static Leaf Products(int places) => Tile(2, places, 0, new(true, false, false, null), "y[o, n] = Σ w[c, n] x[o, c]");

    // A packed kernel has a row of biases, whatever the layer has.
    internal static bool HasBias(Convolution op) => op.Packing is not null || op.Bias is not null;

    internal static string Sum(Convolution op)
    {
        string sum = (HasBias(op) ? "b[n] + " : "") + "Σ w[t, c, n] x[o + t, c]" + (op.Beside is null ? "" : " + z[o, n]");
        return op.Epilogue?.Format([sum]) ?? sum;
    }

    // Each place has a reference of its own, and all share an index: nothing is counted for each number.
    private static Leaf Tile(int vectors, int places, int levels, Ends ends, string formula) => new(
        $"RowConvolve{vectors}x{places}",
        $"{formula} at {Int(places)} positions, for {(vectors == 1 ? "a vector" : $"{vectors} vectors")} of filters.",
        ends.Parameters("int xApart, int yApart, ", levels),
        writer =>
        {
            for (int place = 0; place < places; place++)
                writer.Line($"T {Each(vectors, v => $"{Sum(place, v)} = {ends.Start(v, YPlace(place, v))}", ", ")};");
            RunNest.Write(writer, levels, "x", "w", (x, w) =>
            {
                writer.Line($"ref float weights = ref {w}, from0 = ref {x};");
                for (int place = 1; place < places; place++)
                    writer.Line($"ref float from{Int(place)} = ref Skip(ref from{Int(place - 1)}, xApart);");
                writer.Open("for (int k = 0; k < length; k++)");
                writer.Line($"T {Each(vectors, v => $"w{Int(v)} = T.Load(ref weights, {Vector(v)})", ", ")};");
                for (int place = 0; place < places; place++)
                {
                    string number = $"ref from{Int(place)}, k";
                    if (vectors == 1) writer.Line($"{Sum(place, 0)} = T.FmaOf({number}, w0, {Sum(place, 0)});");
                    else
                        writer.Line($"{(place == 0 ? "T " : "")}x0 = T.Broadcast({number}); " +
                            Each(vectors, v => $"{Sum(place, v)} = T.Fma(x0, w{Int(v)}, {Sum(place, v)});", " "));
                }

                writer.Line($"weights = ref Skip(ref weights, {ends.Row(vectors)});");
                writer.Close();
            });
            for (int place = 0; place < places; place++)
                for (int v = 0; v < vectors; v++)
                    ends.Store(writer, Sum(place, v), YPlace(place, v));
        });

    private static Leaf Place(int vectors, int levels, Ends ends, string formula) => new(
        $"RowConvolve{vectors}", $"{formula} at one position, for {(vectors == 1 ? "a vector" : $"{vectors} vectors")} of filters.",
        ends.Parameters("", levels),
        writer =>
        {
            int chains = Chains / Math.Max(2, vectors);
            for (int c = 0; c < chains; c++)
                writer.Line($"T {Each(vectors, v => $"{Sum(c, v)} = {(c == 0 ? ends.Start(v, Vector(v)) : "T.Zero")}", ", ")};");
            RunNest.Write(writer, levels, "x", "w", (x, w) =>
            {
                writer.Line("int k = 0;");
                writer.Line($"ref float weights = ref {w};");
                writer.Open($"for (; k <= length - {Int(chains)}; k += {Int(chains)})");
                for (int c = 0; c < chains; c++) Step(writer, ends, c, vectors, x, c == 0 ? "k" : "k + " + Int(c));
                writer.Close();
                writer.Open("for (; k < length; k++)");
                Step(writer, ends, 0, vectors, x, "k");
                writer.Close();
            });
            for (int v = 0; v < vectors; v++)
            {
                string total =
                    string.Join(" + ", Enumerable.Range(0, chains / 2).Select(c => $"({Sum(2 * c, v)} + {Sum((2 * c) + 1, v)})"));
                ends.Store(writer, chains > 2 ? $"({total})" : total, Vector(v));
            }
        });

    private static void Step(CodeWriter writer, Ends ends, int chain, int vectors, string x, string element)
    {
        writer.Line($"T x{Int(chain)} = T.Broadcast(ref {x}, {element});");
        writer.Line(Each(vectors, v => $"{Sum(chain, v)} = T.Fma(x{Int(chain)}, T.Load(ref weights, {Vector(v)}), {Sum(chain, v)});", " "));
        writer.Line($"weights = ref Skip(ref weights, {ends.Row(vectors)});");
    }

    private static string YPlace(int place, int vector) => ConvolutionKernel.Terms(
        place == 0 ? "0" : place == 1 ? "yApart" : $"{Int(place)} * yApart", Vector(vector));

    private static string Each(int vectors, Func<int, string> text, string between) =>
        string.Join(between, Enumerable.Range(0, vectors).Select(text));

    private static string Sum(int chain, int vector) => $"{(char)('a' + vector)}{Int(chain)}";

    private static string Vector(int vector) => vector == 0 ? "0" : vector == 1 ? "T.Count" : $"{Int(vector)} * T.Count";
}
